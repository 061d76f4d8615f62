package document

import (
	"testing"

	"rapport/corpus"
)

// A source that is one file is named once.
func TestFileOf(t *testing.T) {
	for want, d := range map[string]corpus.Document{
		"docs/a/b.md":       {Source: "docs", Path: "a/b.md"},
		"docs/docs.md":      {Source: "docs", Path: "docs.md"},
		"press.jsonl.gz!17": {Source: "press.jsonl.gz", Path: "press.jsonl.gz!17"},
		"a.pdf":             {Source: "a.pdf", Path: "a.pdf"},
	} {
		if got := fileOf(&d); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
