package corpus

// The files of a taxonomy, as corpus/sample/taxonomy/README.md describes them.
type (
	partnersFile struct {
		Title    string        `yaml:"title"`
		Partners []partnerData `yaml:"partners"`
		// Others are names that contain a partner's name and mean somebody
		// else: "North Korea", "Northern Ireland".
		Others []string `yaml:"others"`
		// Cues are named lists of words, for Unless and Confirm.
		Cues map[string][]string `yaml:"cues"`
		// GivenNames and NameFollowers tell people from partners with the
		// same name: a given name before, or a capitalised word after that is
		// none of NameFollowers.
		GivenNames    []string `yaml:"given_names"`
		NameFollowers []string `yaml:"name_followers"`
	}
	partnerData struct {
		ID       string   `yaml:"id"`
		Name     string   `yaml:"name"`
		Official string   `yaml:"official"`
		Aliases  []string `yaml:"aliases"`
		Codes    []string `yaml:"codes"`
		Demonyms []string `yaml:"demonyms"`
		// Unless lists words or names of cue lists. Near one of them the
		// partner is not meant, unless one of Confirm is near too.
		Unless  []string `yaml:"unless"`
		Confirm []string `yaml:"confirm"`
		// PersonalName says that people are called so.
		PersonalName bool             `yaml:"personal_name"`
		Frameworks   []membershipData `yaml:"frameworks"`
	}
	membershipData struct {
		Framework string `yaml:"framework"`
		Since     string `yaml:"since"`
		Until     string `yaml:"until"`
	}
	topicsFile struct {
		Groups []groupData `yaml:"groups"`
		Topics []topicData `yaml:"topics"`
		// Spellings maps variants of words to the one used in triggers.
		Spellings map[string]string `yaml:"spellings"`
	}
	groupData struct {
		ID    string `yaml:"id"`
		Label string `yaml:"label"`
	}
	topicData struct {
		ID       string   `yaml:"id"`
		Label    string   `yaml:"label"`
		Group    string   `yaml:"group"`
		Aliases  []string `yaml:"aliases"`
		Triggers []string `yaml:"triggers"`
		// Weak triggers count only beside a trigger.
		Weak []string `yaml:"weak"`
		// Not lists phrases that contain a trigger and mean something else.
		Not []string `yaml:"not"`
	}
	synonymsFile struct {
		Synonyms [][]string `yaml:"synonyms"`
	}
	organisationsFile struct {
		Organisations []organisationData `yaml:"organisations"`
		Offices       []string           `yaml:"offices"`
		Numbered      []string           `yaml:"numbered"`
	}
	organisationData struct {
		Name    string   `yaml:"name"`
		Aliases []string `yaml:"aliases"`
	}
)
