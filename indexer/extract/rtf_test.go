package extract

import "testing"

const rtfSample = `{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f7\fcharset204 Arial Cyr;}}{\info{\title A {\b stated} title}{\author W. Riter}{\creatim\yr2001}}{\*\generator Word;}
Caf\'e9 \u26085?\u26412? {\b bo}ld\~x\par Second\line line\emdash  dash{\footnote A note.}\par
\trowd a\cell b\cell\row c\cell d\cell\row\pard {\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt link}} \{x\}{\pict 0102}{\*\shpinst{\*\sp{\sn hidden}}{\shptxt Box}}\bin3 {}{\f7\'cc\'e8\'f0} tail\'e9}`

func TestRTF(t *testing.T) {
	doc := one(t, "a.bin", rtfSample)
	if want := "Café 日本 bold x\n\nSecond\nline— dash\n\nA note.\n\na\tb\nc\td\nlink {x}BoxМир tailé"; doc.Body != want || doc.Title != "A stated title" || doc.Author != "W. Riter" || doc.Format != "rtf" {
		t.Errorf("title %q author %q body %q, want %q", doc.Title, doc.Author, doc.Body, want)
	}
}

func FuzzRTF(f *testing.F) { fuzzReader(f, "a.rtf", "", rtfSample) }

func TestHiddenTextOfRTF(t *testing.T) {
	doc := one(t, "a.rtf", `{\rtf1\ansi Seen {\v secret }shown \v secret \v0 again {\deleted gone }{\revised new }\v no\plain  yes{\xe entry}.\par {\v\bullet}End.}`)
	if doc.Body != "Seen shown again new yes.\n\nEnd." {
		t.Errorf("body %q", doc.Body)
	}
}
