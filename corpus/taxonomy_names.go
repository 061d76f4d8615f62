package corpus

import (
	"slices"
	"strings"
)

// names finds partners and topics by whatever they are called.
type names struct {
	partner map[string]PartnerID
	topic   map[string]TopicID
}

// index builds what lookups and tagging need.
func (t *Taxonomy) index(pf *partnersFile, tf *topicsFile) {
	t.names = names{map[string]PartnerID{}, map[string]TopicID{}}
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

// NearestPartner returns the name of the partner that is written most like
// name, and "" when none is near.
func (t *Taxonomy) NearestPartner(name string) string {
	var legal []string
	for _, p := range t.Partners {
		legal = slices.Concat(legal, []string{p.Name, string(p.ID), p.Official}, p.Aliases, p.Codes, p.Demonyms)
	}
	return nearest(name, legal)
}

// NearestTopic returns the ID, label or alias that is written most like name,
// and "" when none is near.
func (t *Taxonomy) NearestTopic(name string) string {
	var legal []string
	for _, g := range t.Groups {
		legal = append(legal, string(g.ID), g.Label)
	}
	for _, topic := range t.Topics {
		legal = append(append(legal, string(topic.ID), topic.Label, lastPart(topic.ID)), topic.Aliases...)
	}
	return nearest(name, legal)
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
