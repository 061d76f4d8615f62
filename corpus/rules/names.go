package rules

import (
	"slices"
	"strings"
	"unicode/utf8"

	"rapport/corpus"
)

// nameKind tells what a name from the taxonomy stands for.
type nameKind int

const (
	partnerName nameKind = iota + 1
	demonymName
	organisationName
	officeName
)

// name is a name from the taxonomy.
type name struct {
	kind      nameKind
	canonical string
	partner   corpus.PartnerID
}

// gazetteer finds names by their words.
type gazetteer struct {
	next  map[string]*gazetteer // by the next word in lower case
	names []spelling            // of names that end here
}

// spelling is a way to write a name.
type spelling struct {
	name
	text string
}

// shortName is the length in letters up to which a name counts as written
// alone: "ACT" is no act, "SHAPE" no shape.
const shortName = 5

// accepts reports whether a text that differs in case at most may be the name.
func (s spelling) accepts(written string) bool {
	return utf8.RuneCountInString(s.text) > shortName || written == s.text || written == strings.ToUpper(s.text)
}

// mention is a name in a text.
type mention struct {
	name
	from, to int // tokens
}

func newGazetteer(t *corpus.Taxonomy) *gazetteer {
	g := &gazetteer{next: map[string]*gazetteer{}}
	if t == nil {
		return g
	}
	for _, p := range t.Partners {
		n := name{partnerName, p.Name, p.ID}
		for _, alias := range append([]string{p.Name, p.Official}, p.Aliases...) {
			if len(alias) > 2 || strings.ContainsAny(alias, ".") || alias != string(p.ID) { // "NO" is no name
				g.add(alias, n)
			}
		}
		for _, d := range p.Demonyms {
			g.add(d, name{demonymName, p.Name, p.ID})
		}
	}
	for _, o := range t.Organisations {
		for _, alias := range append([]string{o.Name}, o.Aliases...) {
			g.add(alias, name{kind: organisationName, canonical: o.Name})
		}
	}
	for _, o := range t.Offices {
		g.add(o, name{kind: officeName, canonical: o})
	}
	return g
}

func (g *gazetteer) add(text string, n name) {
	p := read(text)
	at := g
	for i := range p.tokens {
		w := p.lower(i)
		if at.next[w] == nil {
			at.next[w] = &gazetteer{next: map[string]*gazetteer{}}
		}
		at = at.next[w]
	}
	if at != g {
		at.names = append(at.names, spelling{n, text})
	}
}

// longest is the number of words of a name that are looked at.
const longest = 12

// mentions finds the names in a text from left to right, the longest at each
// place. Names begin with a capital letter; a short one must be written as in
// the taxonomy, or in capitals.
func (g *gazetteer) mentions(p *prose) []mention {
	var found []mention
	for i := 0; i < len(p.tokens); {
		m, ok := g.at(p, i)
		if ok && i > 0 && p.tokens[i-1].upper && elsewhere[p.lower(i-1)] || i > 2 && p.lower(i-1) == "s" && p.lower(i-3) == "people" {
			ok = false // the people’s republic of a name is not its republic
		}
		if !ok {
			i++
			continue
		}
		found = append(found, m)
		i = m.to
	}
	return found
}

// elsewhere are the words that make the name after them another one: "North
// Ruritania", "New Ruritania".
var elsewhere = map[string]bool{
	"north": true, "south": true, "east": true, "west": true, "northern": true, "southern": true, "eastern": true, "western": true, "new": true,
}

func (g *gazetteer) at(p *prose, i int) (mention, bool) {
	if !p.tokens[i].upper {
		return mention{}, false
	}
	best := mention{}
	node := g
	for j := i; j < len(p.tokens) && j < i+longest; j++ {
		if j > i && p.tokens[j].paragraph {
			break
		}
		node = node.next[p.lower(j)]
		if node == nil {
			break
		}
		written := p.text[p.tokens[i].start:p.tokens[j].end]
		if k := slices.IndexFunc(node.names, func(s spelling) bool { return s.accepts(written) }); k >= 0 {
			best = mention{node.names[k].name, i, j + 1}
		}
	}
	return best, best.to > 0
}

// particles stand inside names of people in small letters.
var particles = map[string]bool{
	"de": true, "van": true, "von": true, "der": true, "den": true, "bin": true, "bint": true, "al": true, "el": true, "da": true,
	"dos": true, "del": true, "di": true, "la": true, "le": true, "ten": true, "ter": true, "ibn": true, "abu": true, "y": true,
}

// personAt returns the end of a person's name that begins at token i: one to
// five words with capital letters, initials and particles. It returns i when
// there is none.
func personAt(p *prose, i, last int, g *gazetteer) int {
	end := i
	for words := 0; end < last && words < 5; words++ {
		t := p.tokens[end]
		w := p.lower(end)
		switch {
		case t.word && t.upper && month(w) == 0 && !weekdays[w] && !(words > 0 && stopWords[w]):
			if m, ok := g.at(p, end); ok && words == 0 && (m.kind != partnerName || m.to-m.from > 1 || end+1 >= last || !p.tokens[end+1].upper) {
				return end // an organisation, an office, a country
			}
			end++
			if end+1 < last && p.word(end) == "." && utf8.RuneCountInString(w) <= 2 { // "R. R. Jones"
				end++
			}
			continue
		case words > 0 && end+3 < last && (w == "“" || w == `"`) && p.tokens[end+1].upper && !p.tokens[end+2].word && p.tokens[end+3].upper:
			end += 3 // Rudolf “Rudi” Rassendyll
			continue
		case words > 0 && particles[w] && end+1 < last && p.tokens[end+1].upper:
			end++
			continue
		}
		break
	}
	if end > i && !p.tokens[end-1].word && p.word(end-1) != "." {
		end--
	}
	return end
}

var weekdays = map[string]bool{
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
}

// honorifics come before the name of a person who needs no other title.
var honorifics = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "dr": true, "lord": true, "lady": true, "sir": true, "dame": true,
	"king": true, "queen": true, "prince": true, "princess": true, "pope": true, "sheikh": true,
	"professor": true,
}
