package pages

import "testing"

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{
		"there is no partner “ZZ”":                           "There is no partner “ZZ”.",
		"no document has the type “x”; did you mean “note”?": "No document has the type “x”; did you mean “note”?",
		"“date” is no field; read as published":              "“date” is no field; read as published.",
		"* works only at the end of a word":                  "* works only at the end of a word.",
		"ärgerlich":                                          "Ärgerlich.",
		"It is so.":                                          "It is so.",
		"read as year:2010..":                                "Read as year:2010..",
		"":                                                   "",
	} {
		if got := Sentence(text); got != want {
			t.Errorf("Sentence(%q) = %q, want %q", text, got, want)
		}
	}
}
