package corpus

import (
	"iter"
	"slices"
	"strings"
)

// names finds partners and topics by whatever they are called.
type names struct {
	partner map[string]PartnerID
	topic   map[string]TopicID
	others  map[string]bool // hold a partner's name and mean somebody else
}

// index builds what lookups and tagging need.
func (t *Taxonomy) index(pf *partnersFile, tf *topicsFile) {
	t.names = names{map[string]PartnerID{}, map[string]TopicID{}, map[string]bool{}}
	for _, other := range pf.Others {
		t.names.others[foldName(other)] = true
	}
	for _, p := range t.Partners {
		for _, n := range slices.Concat([]string{string(p.ID), p.Name, p.Official}, p.Aliases, p.Codes, p.Demonyms) {
			if key := foldName(n); key != "" {
				if _, taken := t.names.partner[key]; !taken {
					t.names.partner[key] = p.ID
				}
			}
		}
	}
	for _, p := range t.Partners { // an ID means itself, whatever else has it as a name
		t.names.partner[foldName(string(p.ID))] = p.ID
	}
	add := func(name string, id TopicID) {
		if key := foldName(name); key != "" && t.names.topic[key] == "" {
			t.names.topic[key] = id
		}
	}
	for _, g := range t.Groups {
		add(string(g.ID), g.ID)
	}
	for _, topic := range t.Topics {
		add(string(topic.ID), topic.ID)
	}
	for _, g := range t.Groups {
		add(g.Label, g.ID)
	}
	for _, topic := range t.Topics {
		add(topic.Label, topic.ID)
		for _, a := range topic.Aliases {
			add(a, topic.ID)
		}
	}
	for _, topic := range t.Topics { // "demining" for human.demining
		add(lastPart(topic.ID), topic.ID)
	}
	t.partners.build(t, pf)
	t.topics.build(tf)
	t.indexSynonyms()
}

// lastPart returns the ID of a topic without its group.
func lastPart(id TopicID) string { return string(id[strings.LastIndexByte(string(id), '.')+1:]) }

// LookupPartner returns the partner of that ID, name, alias, code or demonym.
// Case, accents, hyphens and spaces do not matter.
func (t *Taxonomy) LookupPartner(name string) (PartnerID, bool) {
	id, ok := t.names.partner[foldName(name)]
	return id, ok
}

// LookupTopic returns the topic or topic group of that ID, label or alias.
func (t *Taxonomy) LookupTopic(name string) (TopicID, bool) {
	id, ok := t.names.topic[foldName(name)]
	return id, ok
}

// NearestPartners returns the names that may be meant by one that is no
// partner's, one for each partner: those that are mistyped, or that the text
// begins, else those of which a word is or does. What is the name of somebody else
// means no partner: one of the taxonomy's others, or a country.
func (t *Taxonomy) NearestPartners(name string) []string {
	folded := foldName(name)
	if t.names.others[folded] || isCountry(folded) {
		return nil
	}
	return mostLike(folded, func(yield func(called) bool) {
		for _, p := range t.Partners {
			names := append([]string{p.Name, p.Official}, p.Aliases...)
			if !yield(called{names, slices.Concat(p.Demonyms, p.Codes, []string{string(p.ID)})}) {
				return
			}
		}
	})
}

// NearestTopics returns the labels, aliases or identifiers that may be meant by
// what is none of a topic or group, one for each, as NearestPartners does it.
func (t *Taxonomy) NearestTopics(name string) []string {
	return mostLike(foldName(name), func(yield func(called) bool) {
		for _, topic := range t.Topics {
			names := append([]string{topic.Label}, topic.Aliases...)
			if !yield(called{names, []string{lastPart(topic.ID), string(topic.ID)}}) {
				return
			}
		}
		for _, g := range t.Groups {
			if !yield(called{[]string{g.Label}, []string{string(g.ID)}}) {
				return
			}
		}
	})
}

// called is what a partner or a topic is called.
type called struct {
	names []string // the first one is what it is called by itself
	also  []string // codes and other forms that stand for the first name
}

// mostLike returns of the things whose names a folded text is least unlike the
// name in question, the first of several.
func mostLike(folded string, things iter.Seq[called]) []string {
	best := Unlike
	var near []string
	for thing := range things {
		least, name := Unlike, ""
		for i, n := range slices.Concat(thing.names, thing.also) {
			if d := Unlikeness(folded, foldName(n)); d < least {
				least, name = d, n
				if i >= len(thing.names) {
					name = thing.names[0]
				}
			}
		}
		if least < best {
			best, near = least, near[:0]
		}
		if least == best && least < Unlike {
			near = append(near, name)
		}
	}
	return near
}

// Unknown returns the declared partners and topics that the taxonomy does not
// know, as they were declared.
func (t *Taxonomy) Unknown(d Declared) (partners, topics []string) {
	for _, p := range d.Partners {
		if _, ok := t.LookupPartner(p); !ok {
			partners = append(partners, p)
		}
	}
	for _, name := range d.Topics {
		if _, ok := t.LookupTopic(name); !ok {
			topics = append(topics, name)
		}
	}
	return partners, topics
}

// indexSynonyms collects what else a phrase is called: other names of the
// same partner or organisation, and the sets of the synonyms file.
func (t *Taxonomy) indexSynonyms() {
	t.synonyms = map[string][]string{}
	for _, p := range t.Partners {
		t.addSynonyms(slices.Concat([]string{p.Name, p.Official}, p.Aliases))
	}
	for _, o := range t.Organisations {
		t.addSynonyms(append([]string{o.Name}, o.Aliases...))
	}
	for _, s := range t.SynonymSets {
		t.addSynonyms(s.Terms)
	}
}

func (t *Taxonomy) addSynonyms(terms []string) {
	for _, term := range terms {
		words := splitWords(term)
		key := foldName(term)
		if key == "" {
			continue
		}
		t.longest = max(t.longest, len(words))
		for _, other := range terms {
			if foldName(other) != key && other != "" && !slices.ContainsFunc(t.synonyms[key], func(s string) bool { return foldName(s) == foldName(other) }) {
				t.synonyms[key] = append(t.synonyms[key], other)
			}
		}
	}
}

// Synonyms returns what else a word or phrase is called, nil when it has no
// other name. Case and accents do not matter.
func (t *Taxonomy) Synonyms(phrase string) []string { return t.synonyms[foldName(phrase)] }

// MaxSynonymWords returns the number of words of the longest phrase that has
// synonyms.
func (t *Taxonomy) MaxSynonymWords() int { return t.longest }
