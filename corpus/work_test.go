package corpus

import (
	"strings"
	"testing"
)

func TestWork(t *testing.T) {
	for _, c := range []struct{ url, editionOf, want string }{
		{"", "", ""},
		{"https://E.org/a/?x=1#top", "", "//e.org/a?x=1"},
		{"http://e.org:80/a", "", "//e.org/a"},
		{"http://e.org/", "", "//e.org"},
		{"http://e.org/a/b%2Fc", "", "//e.org/a/b%2Fc"},
		{"ftp://e.org/a", "", ""},
		{"http://e.org/2012/a", "http://e.org/a/", "//e.org/a"},
		{"http://e.org/a", " Annual\n report ", "Annual report"},
	} {
		d := Document{URL: c.url, EditionOf: c.editionOf}
		if got := d.Work(); got != c.want {
			t.Errorf("work of %q, %q is %q, want %q", c.url, c.editionOf, got, c.want)
		}
	}
	long := Document{EditionOf: strings.Repeat("x", 5000)}
	if got := long.Work(); len(got) != 64 {
		t.Errorf("a long name becomes %d bytes", len(got))
	}
}

func TestEditionDate(t *testing.T) {
	date := func(text string) Date {
		d, err := ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d := Document{Dates: Dates{Captured: Stated(date("2013-01-02"), "WARC-Date"), Created: Stated(date("2001"), "Created")}}
	if got, what := d.EditionDate(); got.String() != "2013-01-02" || what != "archived" {
		t.Errorf("got %v, %s", got, what)
	}
	d.Published = date("2012-05")
	if got, what := d.EditionDate(); got.String() != "2012-05" || what != "published" {
		t.Errorf("got %v, %s", got, what)
	}
	if got, what := (&Document{}).EditionDate(); !got.IsZero() || what != "" {
		t.Errorf("got %v, %s", got, what)
	}
}
