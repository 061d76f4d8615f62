package corpus

// Taxonomy is what a service knows beforehand: partners, topics and synonyms,
// read from a folder of data files. It is immutable once parsed and safe for
// concurrent use.
type Taxonomy struct {
	Title    string
	Partners []Partner
	Groups   []Group
	Topics   []Topic
	Synonyms []Synonym
	// Organisations and Offices are names that rules look for in texts.
	Organisations []Organisation
	Offices       []string // titles without a country: "Prime Minister"

	digest string
}

// Organisation is a body, framework or institution that is no partner.
type Organisation struct {
	Name    string
	Aliases []string // other names and abbreviations
}

// Partner is a country or organisation that documents and facts are about.
type Partner struct {
	ID       PartnerID
	Name     string
	Official string
	Aliases  []string // other names, abbreviations and codes
	Demonyms []string
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

// Digest returns the SHA-256 of the taxonomy's files in hexadecimal. It is
// the same on every machine.
func (t *Taxonomy) Digest() string { return t.digest }
