package pages

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// TestAssets checks that style sheet and script are made of the parts of all
// folders, what all pages have first, and that their addresses change with
// them.
func TestAssets(t *testing.T) {
	layout := fstest.MapFS{"style.css": {Data: []byte("a{}\n")}, "script.js": {Data: []byte("one();\n")}}
	about := fstest.MapFS{"style.css": {Data: []byte("b{}\n")}}
	search := fstest.MapFS{"style.css": {Data: []byte("c{}\n")}, "script.js": {Data: []byte("two();\n")}}
	folders := []fs.FS{layout, about, search}
	a, err := readAssets(folders)
	if err != nil {
		t.Fatal(err)
	}
	style, ok := a.At(a.Address("rapport.css"))
	if !ok || string(style.Content) != "a{}\nb{}\nc{}\n" || !strings.HasPrefix(style.Type, "text/css") {
		t.Errorf("style sheet %q of type %q", style.Content, style.Type)
	}
	script, ok := a.At(a.Address("rapport.js"))
	if !ok || string(script.Content) != "one();\ntwo();\n" || !strings.HasPrefix(script.Type, "text/javascript") {
		t.Errorf("script %q of type %q", script.Content, script.Type)
	}
	about["style.css"] = &fstest.MapFile{Data: []byte("d{}\n")}
	changed, err := readAssets(folders)
	if err != nil {
		t.Fatal(err)
	}
	if changed.Address("rapport.css") == a.Address("rapport.css") || changed.Address("rapport.js") != a.Address("rapport.js") {
		t.Errorf("addresses %s and %s, before %s and %s", changed.Address("rapport.css"), changed.Address("rapport.js"), a.Address("rapport.css"), a.Address("rapport.js"))
	}
	delete(layout, "style.css")
	if _, err := readAssets(folders); err == nil {
		t.Error("a folder without the style of all pages is taken")
	}
}
