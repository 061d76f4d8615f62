package corpus

import (
	"net/url"
	"strings"
)

// maxWork is how long the name of a work may be, in bytes. Longer ones are
// named by their digest.
const maxWork = 1000

// Work names what the document is an edition of: the work that its source
// declares, else the address where it was published, else nothing. Documents
// of one work are its editions: each stays a document of its own.
//
// Addresses are compared without scheme, port, fragment and final slash, so
// that a page moved to https is the same work.
func (d *Document) Work() string {
	work := workOf(d.EditionOf)
	if work == "" {
		work = addressKey(d.URL)
	}
	if len(work) > maxWork {
		return Digest([]byte(work))
	}
	return work
}

// workOf returns the key of a declared work. One that is declared by its
// address is the work that has the address.
func workOf(declared string) string {
	declared = strings.Join(strings.Fields(declared), " ")
	if key := addressKey(declared); key != "" {
		return key
	}
	return declared
}

// addressKey returns what all spellings of an address of the web have in
// common, and nothing for what is no such address.
func addressKey(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	host := strings.ToLower(u.Host)
	host = strings.TrimSuffix(strings.TrimSuffix(host, ":80"), ":443")
	key := "//" + host + strings.TrimSuffix(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		key += "?" + u.RawQuery
	}
	return key
}

// EditionDate returns the date that tells an edition from others of its work:
// that of publication, else of the last change, of the copy in a web archive,
// or of creation, with what it is the date of.
func (d *Document) EditionDate() (date Date, what string) {
	for _, one := range []struct {
		date Date
		what string
	}{
		{d.Published, "published"}, {d.Dates.Modified.Date, "changed"},
		{d.Dates.Captured.Date, "archived"}, {d.Dates.Created.Date, "created"},
	} {
		if !one.date.IsZero() {
			return one.date, one.what
		}
	}
	return Date{}, ""
}
