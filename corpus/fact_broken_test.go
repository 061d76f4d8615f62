package corpus

import (
	"os"
	"path"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestBrokenFacts reads files with one fault each and compares what is said
// of them with testdata/broken-facts.txtar, which holds for each fault the
// file and, under the name "want", the messages.
func TestBrokenFacts(t *testing.T) {
	const file = "testdata/broken-facts.txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range archive.Files {
		if fault, ok := strings.CutSuffix(f.Name, "/want"); ok {
			want[fault] = string(f.Data)
		}
	}
	faults := 0
	for _, f := range archive.Files {
		fault, name := path.Split(f.Name)
		if name == "want" {
			continue
		}
		faults++
		_, messages := readAll(name, string(f.Data), sampleTaxonomy())
		got := strings.Join(messages, "\n") + "\n"
		if got != want[strings.TrimSuffix(fault, "/")] {
			t.Errorf("%s\n%swant\n%s", fault, got, want[strings.TrimSuffix(fault, "/")])
		}
		if os.Getenv("RAPPORT_UPDATE") != "" {
			updated := strings.TrimSuffix(fault, "/")
			want[updated] = got
		}
	}
	if faults < 60 {
		t.Errorf("%d faults, want 60 or more", faults)
	}
	if os.Getenv("RAPPORT_UPDATE") == "" {
		return
	}
	updated := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		fault, name := path.Split(f.Name)
		if name != "want" {
			updated.Files = append(updated.Files, f, txtar.File{Name: fault + "want", Data: []byte(want[strings.TrimSuffix(fault, "/")])})
		}
	}
	if err := os.WriteFile(file, txtar.Format(updated), 0o644); err != nil {
		t.Fatal(err)
	}
}
