package corpus

import "testing"

func TestShownPath(t *testing.T) {
	for path, want := range map[string]string{
		"notes/visit.md":            "notes/visit.md",
		"visit.md/visit.md":         "visit.md",
		"press.jsonl/press.jsonl!3": "press.jsonl!3",
		"mail.zip/mail.zip!a/b.txt": "mail.zip!a/b.txt",
		"notes/notes.md":            "notes/notes.md",
		"notes/notes/visit.md":      "notes/notes/visit.md",
		"alone":                     "alone",
		"":                          "",
	} {
		if got := ShownPath(path); got != want {
			t.Errorf("ShownPath(%q) = %q, want %q", path, got, want)
		}
	}
}
