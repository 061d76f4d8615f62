package corpus

// Taxonomy is what a service knows beforehand: partners, topics, synonyms and
// the names of organisations and offices, read from a folder of data files.
// It is immutable once parsed and safe for concurrent use.
type Taxonomy struct {
	Title       string
	Partners    []Partner
	Groups      []Group
	Topics      []Topic
	SynonymSets []Synonym
	// Organisations and Offices are the names that rules look for in texts:
	// bodies, and titles such as "Prime Minister".
	Organisations []Organisation
	Offices       []string
	// Numbered are words whose four digits are the number of a text and no year.
	Numbered []string

	digest   string
	names    names
	partners partnerTagger
	topics   topicTagger
	synonyms map[string][]string
	longest  int // words of the longest synonym
	numbered map[string]bool
}

// Partner is a country or organisation that documents and facts are about.
type Partner struct {
	ID       PartnerID
	Name     string
	Official string
	Aliases  []string // other names and abbreviations, looked for in texts
	Codes    []string // codes that are values of filters, not looked for
	Demonyms []string // adjectives and names of the people
	// Frameworks are the forms of partnership that the partner has had.
	Frameworks []Membership
}

// Membership is the time that a partner belongs to a framework.
type Membership struct {
	Framework    string
	Since, Until Date // zero when not known or not ended
}

// Group is a topic group, the upper level of the topics.
type Group struct {
	ID    TopicID
	Label string
}

// Topic is a leaf topic in its group.
type Topic struct {
	ID      TopicID
	Label   string
	Group   TopicID
	Aliases []string
}

// Synonym is a set of terms and phrases of the same meaning.
type Synonym struct {
	Terms []string
}

// Organisation is a body that texts name.
type Organisation struct {
	Name    string
	Aliases []string
}

// Digest returns the SHA-256 of the taxonomy's files in hexadecimal. It is
// the same on every machine.
func (t *Taxonomy) Digest() string { return t.digest }

// Partner returns the partner with the ID, and whether there is one.
func (t *Taxonomy) Partner(id PartnerID) (Partner, bool) {
	for i := range t.Partners {
		if t.Partners[i].ID == id {
			return t.Partners[i], true
		}
	}
	return Partner{}, false
}

// Topic returns the leaf topic with the ID, and whether there is one.
func (t *Taxonomy) Topic(id TopicID) (Topic, bool) {
	for i := range t.Topics {
		if t.Topics[i].ID == id {
			return t.Topics[i], true
		}
	}
	return Topic{}, false
}

// Group returns the topic group with the ID, and whether there is one.
func (t *Taxonomy) Group(id TopicID) (Group, bool) {
	for _, g := range t.Groups {
		if g.ID == id {
			return g, true
		}
	}
	return Group{}, false
}

// GroupOf returns the group of a leaf topic, empty when there is none.
func (t *Taxonomy) GroupOf(id TopicID) TopicID {
	topic, _ := t.Topic(id)
	return topic.Group
}
