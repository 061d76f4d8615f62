package corpus

import (
	"slices"
	"strings"
)

// partnerTagger finds partners in texts.
type partnerTagger struct {
	names     phrases
	cues      phrases
	cued      map[int]bool // partners with cues
	personal  map[int]bool // partners that are called like people
	given     map[string]bool
	followers map[string]bool
}

// cueDistance is how near a cue must be to count, in bytes.
const cueDistance = 200

func (p *partnerTagger) build(t *Taxonomy, f *partnersFile) {
	*p = partnerTagger{cued: map[int]bool{}, personal: map[int]bool{}, given: map[string]bool{}, followers: map[string]bool{}}
	for i, partner := range t.Partners {
		for _, n := range slices.Concat([]string{partner.Name, partner.Official}, partner.Aliases, partner.Demonyms) {
			p.names.add(n, roleStrong, i, true)
		}
		p.personal[i] = f.Partners[i].PersonalName
		p.addCues(f, f.Partners[i].Unless, roleUnless, i)
		p.addCues(f, f.Partners[i].Confirm, roleConfirm, i)
	}
	for _, n := range f.Others {
		p.names.add(n, roleNone, 0, true)
	}
	for _, n := range f.GivenNames {
		p.given[foldName(n)] = true
	}
	for _, n := range f.NameFollowers {
		p.followers[foldName(n)] = true
	}
}

func (p *partnerTagger) addCues(f *partnersFile, cues []string, r role, partner int) {
	for _, cue := range cues {
		words := []string{cue}
		if name, isList := strings.CutPrefix(cue, "@"); isList {
			words = f.Cues[name]
		}
		for _, w := range words {
			p.cued[partner] = true
			p.cues.add(w, r, partner, true)
		}
	}
}

// partnersFound is what a document has of each partner, by index.
type partnersFound struct {
	found    map[int]*found
	rejected map[int]bool // some place was of somebody else
	sure     map[int]bool // some place had a cue for the partner
	ordered  []*found     // in the order of tags
	size     int          // bytes of the body
}

// scan finds all partners that title and body name.
func (p *partnerTagger) scan(doc *Document) *partnersFound {
	r := &partnersFound{found: map[int]*found{}, rejected: map[int]bool{}, sure: map[int]bool{}, size: len(doc.Body)}
	var l wordList
	eachText(doc, func(piece string, offset int, title bool) {
		l.read(piece)
		cues := (*cueFinder)(nil)
		for i := 0; i < len(l.words); {
			senses, n := p.names.match(&l, i)
			if n == 0 {
				i++
				continue
			}
			for _, s := range senses {
				if s.role != roleStrong || !s.accepts(l.span(i, i+n-1)) {
					continue
				}
				if p.personal[s.index] && p.person(&l, i, i+n) {
					continue
				}
				if p.cued[s.index] {
					if cues == nil {
						cues = p.findCues(&l)
					}
					against, confirmed := cues.near(s.index, l.words[i].start)
					if against && !confirmed {
						r.rejected[s.index] = true
						continue
					}
					if confirmed {
						r.sure[s.index] = true
					}
				}
				if r.found[s.index] == nil {
					r.found[s.index] = &found{}
				}
				r.found[s.index].add(l.span(i, i+n-1), offset+l.words[i].start, title)
			}
			i += n
		}
	})
	for i := range r.rejected {
		// A text seldom means two things by one name: what was somebody else
		// in one place is so in all, unless a cue says otherwise.
		if !r.sure[i] {
			delete(r.found, i)
		}
	}
	return r
}

// person reports whether the name at words i to j is part of a person's: a
// given name stands before it, or a capitalised word follows that is no word
// of institutions, while the rest of the line is not capitalised throughout.
func (p *partnerTagger) person(l *wordList, i, j int) bool {
	if i > 0 && !l.words[i].apart && p.given[string(l.fold(i-1))] && l.text[l.words[i-1].end:l.words[i].start] == " " {
		return true
	}
	if j >= len(l.words) || l.words[j].apart || l.text[l.words[j-1].end:l.words[j].start] != " " {
		return false
	}
	next := l.text[l.words[j].start:l.words[j].end]
	if !startsUpper(next) || allCaps(next) || p.followers[string(l.fold(j))] {
		return false
	}
	return j+1 >= len(l.words) || l.words[j+1].apart || !startsUpper(l.text[l.words[j+1].start:])
}

// cueFinder holds where a piece of text has cues, by partner.
type cueFinder struct{ against, confirming map[int][]int }

func (p *partnerTagger) findCues(l *wordList) *cueFinder {
	c := &cueFinder{map[int][]int{}, map[int][]int{}}
	for i := 0; i < len(l.words); {
		senses, n := p.cues.match(l, i)
		for _, s := range senses {
			switch at := l.words[i].start; {
			case !s.accepts(l.span(i, i+n-1)):
			case s.role == roleUnless:
				c.against[s.index] = append(c.against[s.index], at)
			default:
				c.confirming[s.index] = append(c.confirming[s.index], at)
			}
		}
		i += max(n, 1)
	}
	return c
}

// near reports which cues for a partner stand near an offset.
func (c *cueFinder) near(partner, offset int) (against, confirming bool) {
	return within(c.against[partner], offset), within(c.confirming[partner], offset)
}

// within reports whether one of the sorted offsets is near.
func within(offsets []int, offset int) bool {
	i, _ := slices.BinarySearch(offsets, offset-cueDistance)
	return i < len(offsets) && offsets[i] <= offset+cueDistance
}

// tags returns a tag for each partner named, in the order of the taxonomy.
func (r *partnersFound) tags(t *Taxonomy) []Tag {
	var tags []Tag
	for i := range t.Partners {
		if f := r.found[i]; f != nil {
			tags = append(tags, f.tag(string(t.Partners[i].ID)))
			r.ordered = append(r.ordered, f)
		}
	}
	return tags
}
