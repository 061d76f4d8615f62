package indexer

import (
	"fmt"
	"testing"
)

func TestTableTellsPlacesOfOneHashApart(t *testing.T) {
	tab := newTable()
	want := map[place]*file{}
	for i := range 100 {
		p := place{"notes", fmt.Sprint("a/", i)}
		_, key := tab.find(p)
		// Another file has the key already, and the one after it.
		for _, squatter := range []string{"x", "y"} {
			tab.files[key] = &file{place: place{squatter, p.path}}
			key++
		}
		f, free := tab.find(p)
		if f != nil {
			t.Fatalf("found %v, which was never put", f.place)
		}
		want[p] = &file{place: p}
		tab.files[free] = want[p]
	}
	for p, f := range want {
		if got, _ := tab.find(p); got != f {
			t.Errorf("found %v under %v", got, p)
		}
	}
}

func TestFilesShareTheirClaims(t *testing.T) {
	fs := &files{known: newTable(), sets: nameSets{}}
	a, b := fs.at(place{"one", "a"}), fs.at(place{"one", "b"})
	for _, f := range []*file{a, b} {
		if fs.see(f, "one") {
			t.Errorf("%v was seen before", f.place)
		}
	}
	if a.seen != b.seen {
		t.Error("two files of one source have sets of their own")
	}
	if !fs.see(a, "more") {
		t.Error("a was not seen before")
	}
	fs.see(a, "more")
	if len(a.seen.all()) != 2 || !a.seen.has("more") || b.seen.has("more") {
		t.Errorf("a is seen by %v, b by %v", a.seen.all(), b.seen.all())
	}
}
