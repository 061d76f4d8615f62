package extract

import "testing"

const rtfSample = `{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f7\fcharset204 Arial Cyr;}}{\info{\title A {\b stated} title}{\author W. Riter}{\creatim\yr2001}}{\*\generator Word;}
Caf\'e9 \u26085?\u26412? {\b bo}ld\~x\par Second\line line\emdash  dash{\footnote A note.}\par
\trowd a\cell b\cell\row c\cell d\cell\row\pard {\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt link}} \{x\}{\pict 0102}{\*\shpinst{\*\sp{\sn hidden}}{\shptxt Box}}\bin3 {}{\f7\'cc\'e8\'f0} tail\'e9}`

func TestRTF(t *testing.T) {
	doc := one(t, "a.bin", rtfSample)
	if want := "Café 日本 bold x\n\nSecond\nline— dash\n\na\tb\nc\td\nlink {x}BoxМир tailé\n\nA note."; doc.Body != want || doc.Title != "A stated title" || doc.Author != "W. Riter" || doc.Format != "rtf" {
		t.Errorf("title %q author %q body %q, want %q", doc.Title, doc.Author, doc.Body, want)
	}
}

// Notes do not part the words around them, and what stands on every page stands
// once.
func TestTextBehindThatOfRTF(t *testing.T) {
	doc := one(t, "a.rtf", `{\rtf1\ansi{\info{\creatim\yr2011\mo9\dy14\hr10}{\revtim\yr2012\mo2}}{\header\pard Restricted\par}{\headerf Restricted}{\footer Page {\field{\*\fldinst PAGE}{\fldrslt 1}}}`+
		`It is super{\*\atnid A}{\*\annotation{\*\atnref 1}\pard Really?\par}cali{\footnote\pard A {\b bold} note\par}fragilistic.\par {\footer 12}End.}`)
	if want := "It is supercalifragilistic.\n\nEnd.\n\nReally?\n\nA bold note\n\nRestricted\n\nPage 1"; doc.Body != want {
		t.Errorf("body %q, want %q", doc.Body, want)
	}
	if got := doc.Dates.Created.Date.String() + " " + doc.Dates.Created.In + doc.Dates.Modified.Date.String(); got != "2011-09-14 creatim" {
		t.Errorf("created %s", got)
	}
}

func FuzzRTF(f *testing.F) { fuzzReader(f, "a.rtf", "", rtfSample) }

func TestHiddenTextOfRTF(t *testing.T) {
	doc := one(t, "a.rtf", `{\rtf1\ansi Seen {\v secret }shown \v secret \v0 again {\deleted gone }{\revised new }\v no\plain  yes{\xe entry}.\par {\v\bullet}End.}`)
	if doc.Body != "Seen shown again new yes.\n\nEnd." {
		t.Errorf("body %q", doc.Body)
	}
}
