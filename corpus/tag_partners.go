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
	*partnerTagger
	found map[int]*found
	// open are the places of partners with cues that have none near.
	open    map[int]*found
	ordered []*found // in the order of tags
	size    int      // words of the body
}

func (p *partnerTagger) search() *partnersFound {
	return &partnersFound{partnerTagger: p, found: map[int]*found{}, open: map[int]*found{}}
}

// read finds the partners that a piece of text names.
func (r *partnersFound) read(l *wordList, offset int, title bool) {
	cues := (*cueFinder)(nil)
	for i := 0; i < len(l.words); {
		senses, n := r.names.match(l, i)
		if n == 0 {
			i++
			continue
		}
		for _, s := range senses {
			if s.role != roleStrong || !s.accepts(l.span(i, i+n-1)) || r.personal[s.index] && r.person(l, i, i+n) {
				continue
			}
			places := r.found
			if r.cued[s.index] {
				if cues == nil {
					cues = r.findCues(l)
				}
				switch against, confirming := cues.near(s.index, i); {
				case against && !confirming:
					continue
				case !confirming:
					places = r.open
				}
			}
			if places[s.index] == nil {
				places[s.index] = &found{}
			}
			places[s.index].add(l, i, i+n-1, offset, title)
		}
		i += n
	}
}

// settle decides over the places without a cue near: a text seldom means two
// things by one name, so that the cues of the whole text count for them. With
// as many for as against, or none, the partner is meant.
func (r *partnersFound) settle(doc *Document) {
	if len(r.open) == 0 {
		return
	}
	sum := map[int]int{}
	var l wordList
	eachText(doc, func(piece string, _ int, _ bool) {
		l.read(piece)
		cues := r.findCues(&l)
		for i := range r.open {
			sum[i] += len(cues.confirming[i]) - len(cues.against[i])
		}
	})
	for i, places := range r.open {
		switch {
		case sum[i] < 0:
		case r.found[i] == nil:
			r.found[i] = places
		default:
			r.found[i].join(places)
		}
	}
}

// person reports whether the name at words i to j is part of a person's: a
// given name stands before it, or a capitalised word follows that is no word
// of institutions and no partner, while what comes next is not capitalised.
func (p *partnerTagger) person(l *wordList, i, j int) bool {
	if i > 0 && !l.words[i].apart && p.given[string(l.fold(i-1))] && l.spaced(i) {
		return true
	}
	if j >= len(l.words) || l.words[j].apart || !l.spaced(j) {
		return false
	}
	next := l.text[l.words[j].start:l.words[j].end]
	if !startsUpper(next) || allCaps(next) || p.followers[string(l.fold(j))] {
		return false
	}
	if _, partner := p.names.match(l, j); partner > 0 {
		return false
	}
	return j+1 >= len(l.words) || l.words[j+1].apart || !startsUpper(l.text[l.words[j+1].start:])
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
