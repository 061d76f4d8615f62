package corpus

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// idForm is what identifiers look like, so that they stand in addresses and
// questions without quotes.
var idForm = regexp.MustCompile(`^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$`)

// legalKeys returns the keys that a file's type knows.
func legalKeys(typeName string) []string {
	for _, v := range []any{partnersFile{}, partnerData{}, membershipData{}, topicsFile{}, groupData{}, topicData{}, synonymsFile{}, organisationsFile{}, organisationData{}} {
		if t := reflect.TypeOf(v); t.Name() == typeName {
			keys := make([]string, t.NumField())
			for i := range keys {
				keys[i] = t.Field(i).Tag.Get("yaml")
			}
			return keys
		}
	}
	return nil
}

func (p *taxonomyParser) partners(t *Taxonomy, f *partnersFile) {
	ids := map[string]int{}
	owner := map[string]string{}
	for i, d := range f.Partners {
		line := p.line(partnersName, "partners", i)
		p.identifier(partnersName, line, "partner", d.ID, ids)
		if strings.TrimSpace(d.Name) == "" {
			p.fail(partnersName, line, "partner %q has no name", d.ID)
		}
		for _, n := range slices.Concat([]string{d.Name, d.Official}, d.Aliases, d.Codes, d.Demonyms) {
			key := foldName(n)
			if key == None {
				p.fail(partnersName, line, "the name %q of partner %q is reserved for \"not stated\"", n, d.ID)
			}
			if other, taken := owner[key]; taken && other != d.ID && key != "" {
				p.fail(partnersName, line, "%q of partner %q belongs to partner %q already", n, d.ID, other)
			}
			owner[key] = d.ID
		}
		partner := Partner{ID: PartnerID(d.ID), Name: d.Name, Official: d.Official, Aliases: d.Aliases, Codes: d.Codes, Demonyms: d.Demonyms}
		for j, m := range d.Frameworks {
			line := p.line(partnersName, "partners", i, "frameworks", j)
			since, err := p.date(m.Since)
			until, err2 := p.date(m.Until)
			switch {
			case m.Framework == "":
				p.fail(partnersName, line, "a framework of partner %q has no name", d.ID)
			case err != nil:
				p.fail(partnersName, line, "since: %v", err)
			case err2 != nil:
				p.fail(partnersName, line, "until: %v", err2)
			case !since.IsZero() && !until.IsZero() && until.Start() < since.Start():
				p.fail(partnersName, line, "until %s is before since %s", until, since)
			}
			partner.Frameworks = append(partner.Frameworks, Membership{m.Framework, since, until})
		}
		p.cues(f, d, line)
		t.Partners = append(t.Partners, partner)
	}
}

func (p *taxonomyParser) date(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	return ParseDate(s)
}

// cues checks that names of cue lists, which begin with @, exist.
func (p *taxonomyParser) cues(f *partnersFile, d partnerData, line int) {
	var legal []string
	for name := range f.Cues {
		legal = append(legal, name)
	}
	slices.Sort(legal)
	for _, cue := range slices.Concat(d.Unless, d.Confirm) {
		name, isList := strings.CutPrefix(cue, "@")
		if _, known := f.Cues[name]; isList && !known {
			p.fail(partnersName, line, "partner %q names the cue list %q, which is not there; the lists are: %s", d.ID, name, strings.Join(legal, ", "))
		}
	}
}

// identifier checks an identifier and that it is the only one of its kind.
func (p *taxonomyParser) identifier(file string, line int, what, id string, seen map[string]int) {
	switch first, repeated := seen[id]; {
	case id == "":
		p.fail(file, line, "a %s has no id", what)
	case strings.EqualFold(id, None):
		p.fail(file, line, "the id %q is reserved for \"not stated\"; choose another", id)
	case !idForm.MatchString(id):
		p.fail(file, line, "the id %q is not made of letters, digits and single dots, hyphens or underscores between them", id)
	case repeated:
		p.fail(file, line, "the id %q is that of line %d already", id, first)
	default:
		seen[id] = line
	}
}

func (p *taxonomyParser) topics(t *Taxonomy, f *topicsFile) {
	ids := map[string]int{}
	var groups []string
	for i, g := range f.Groups {
		line := p.line(topicsName, "groups", i)
		p.identifier(topicsName, line, "group", g.ID, ids)
		if g.Label == "" {
			p.fail(topicsName, line, "group %q has no label", g.ID)
		}
		groups = append(groups, g.ID)
		t.Groups = append(t.Groups, Group{TopicID(g.ID), g.Label})
	}
	for i, d := range f.Topics {
		line := p.line(topicsName, "topics", i)
		p.identifier(topicsName, line, "topic", d.ID, ids)
		switch {
		case d.Label == "":
			p.fail(topicsName, line, "topic %q has no label", d.ID)
		case d.Group != "" && !slices.Contains(groups, d.Group):
			p.fail(topicsName, p.line(topicsName, "topics", i, "group"), "topic %q is in group %q, which is not there%s", d.ID, d.Group, didYouMean(d.Group, groups))
		case len(d.Triggers) == 0:
			p.fail(topicsName, line, "topic %q has no triggers, so that no document could have it", d.ID)
		}
		for _, trigger := range slices.Concat(d.Triggers, d.Weak, d.Not) {
			if len(splitWords(trigger)) == 0 {
				p.fail(topicsName, line, "topic %q has a trigger without a word: %q", d.ID, trigger)
			}
		}
		t.Topics = append(t.Topics, Topic{ID: TopicID(d.ID), Label: d.Label, Group: TopicID(d.Group), Aliases: d.Aliases})
	}
}

func didYouMean(value string, legal []string) string {
	if near := Nearest(value, legal); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return "; the groups are: " + strings.Join(legal, ", ")
}

func (p *taxonomyParser) synonyms(t *Taxonomy, f *synonymsFile) {
	for i, terms := range f.Synonyms {
		line := p.line(synonymsName, "synonyms", i)
		if len(terms) < 2 {
			p.fail(synonymsName, line, "a set of synonyms needs two terms or more")
		}
		for _, term := range terms {
			if len(splitWords(term)) == 0 {
				p.fail(synonymsName, line, "%q holds no word", term)
			}
		}
		t.SynonymSets = append(t.SynonymSets, Synonym{terms})
	}
}

func (p *taxonomyParser) organisations(t *Taxonomy, f *organisationsFile) {
	for i, o := range f.Organisations {
		if o.Name == "" {
			p.fail(organisationsName, p.line(organisationsName, "organisations", i), "an organisation has no name")
		}
		t.Organisations = append(t.Organisations, Organisation(o))
	}
	t.Offices, t.Numbered = f.Offices, f.Numbered
	t.numbered = map[string]bool{}
	for i, n := range f.Numbered {
		words := splitWords(n)
		if len(words) != 1 {
			p.fail(organisationsName, p.line(organisationsName, "numbered", i), "%q is not one word", n)
			continue
		}
		t.numbered[foldName(n)] = true
	}
}
