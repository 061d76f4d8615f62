package pages

import (
	"strings"
	"testing"
)

func TestStretches(t *testing.T) {
	for text, want := range map[string]string{
		"fund -Japan -(a OR -b) A-10": "fund |[-J]|apan |[-(]|a OR |[-b]|) A-10",
		`-"trust fund"`:               `[-"]|trust fund"`,
		"-é":                          "[-é]",
		"é-b - c":                     "é-b |[- ]|c",
		"a -":                         "a -",
		"-":                           "-",
		"":                            "",
	} {
		var parts []string
		for _, s := range stretches(text) {
			if s.Whole {
				s.Text = "[" + s.Text + "]"
			}
			parts = append(parts, s.Text)
		}
		if got := strings.Join(parts, "|"); got != want {
			t.Errorf("stretches(%q) = %q, want %q", text, got, want)
		}
	}
}

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
