package extract

import (
	"net/url"
	"regexp"
	"strings"

	"rapport/corpus"
)

// stated is what a source itself says about a document, in front matter, in
// the head of a page or in the fields of a record.
type stated struct {
	ID, Title, URL, Type, Publisher, Language, Author, EditionOf string

	Published corpus.Date
	Modified  corpus.StatedDate
	Partners  []string
	Topics    []string

	// invalid says why what a file states could not be read, nil when it could.
	invalid error
}

// apply puts what was stated into the document.
func (s stated) apply(doc *corpus.Document) {
	doc.ID = s.id()
	doc.Title = cleanWords(s.Title)
	doc.URL = webAddress(s.URL)
	doc.Type = cleanWords(s.Type)
	doc.Publisher = cleanWords(s.Publisher)
	doc.Author = cleanWords(s.Author)
	doc.EditionOf = cleanWords(s.EditionOf)
	doc.Language = languageCode(s.Language)
	doc.Published = s.Published
	doc.Dates.Modified = s.Modified
	doc.Declared = corpus.Declared{Partners: cleanList(s.Partners), Topics: cleanList(s.Topics)}
}

// id returns the declared ID when it is safe in URLs and file names: letters,
// digits and "._~-" of ASCII, at most 128, beginning with a letter or digit.
func (s stated) id() corpus.ID {
	if !safeID.MatchString(s.ID) {
		return ""
	}
	return corpus.ID(s.ID)
}

var safeID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$`)

// webAddress returns an absolute address of the web, and nothing for what is
// none, such as a script.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

func cleanList(list []string) []string {
	var clean []string
	for _, s := range list {
		if s = cleanWords(s); s != "" {
			clean = append(clean, s)
		}
	}
	return clean
}

// set takes over the values of a field under any of the names that it has in
// front matter and in pages. It ignores a name that it does not know.
func (s *stated) set(name string, values ...string) {
	if len(values) == 0 {
		return
	}
	value := values[0]
	switch strings.ToLower(name) {
	case "id", "_id":
		first(&s.ID, value)
	case "title":
		first(&s.Title, value)
	case "url", "source_url", "canonical", "canonical_url", "link", "permalink":
		first(&s.URL, value)
	case "source":
		if webAddress(value) != "" {
			first(&s.URL, value)
		} else {
			first(&s.Publisher, value)
		}
	case "type":
		first(&s.Type, value)
	case "publisher", "organization", "organisation":
		first(&s.Publisher, value)
	case "language", "lang":
		first(&s.Language, value)
	case "author", "authors", "by":
		first(&s.Author, strings.Join(values, ", "))
	case "edition_of", "version_of":
		first(&s.EditionOf, value)
	case "partners", "partner":
		s.Partners = append(s.Partners, values...)
	case "topics", "topic":
		s.Topics = append(s.Topics, values...)
	}
}

// dateFields are the fields that state a date of publication, the most exact
// first.
var dateFields = []string{"published", "published_time", "publication_date", "date_published", "datepublished", "publishdate", "pubdate", "date", "issued"}

// setDate takes over the first of the dates that is one.
func (s *stated) setDate(fields map[string]string) {
	for _, name := range dateFields {
		if date, ok := corpus.ParseLooseDate(fields[name]); ok {
			s.Published = date
			return
		}
	}
}

// statedIn returns the first of the fields that is a date.
func statedIn(fields map[string]string, names ...string) corpus.StatedDate {
	for _, name := range names {
		if date, ok := corpus.ParseLooseDate(fields[name]); ok {
			return corpus.Stated(date, name)
		}
	}
	return corpus.StatedDate{}
}

// first sets *field unless it is set.
func first(field *string, value string) {
	if *field == "" {
		*field = value
	}
}
