package sample_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"rapport/corpus"
	"rapport/corpus/sample"
)

// sharedFolder returns a folder of the shared data, or skips the test.
func sharedFolder(t *testing.T, path string) string {
	t.Helper()
	root := os.Getenv("RAPPORT_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	folder := filepath.Join(root, path)
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("no shared data: %v; RAPPORT_SHARED names its folder", err)
	}
	return folder
}

// goldText is what people marked in a text.
type goldText struct {
	Partner any
	Spans   []struct {
		Type, Exact string
		Norm        struct{ EDTF *string }
	}
}

// years returns the values of the year facet that the marked dates give.
func (g *goldText) years() map[string]bool {
	years := map[string]bool{}
	for _, s := range g.Spans {
		if s.Type != "DATE" || s.Norm.EDTF == nil {
			continue
		}
		date, err := corpus.ParseDate(*s.Norm.EDTF)
		if err != nil {
			continue
		}
		values := date.Years()
		if strings.HasSuffix(s.Exact, "ties") || strings.HasSuffix(s.Exact, "0s") {
			values = date.Decades() // "mid-1990s" is marked as its probable years
		}
		for _, y := range values {
			years[y] = true
		}
	}
	return years
}

// TestYearsAndPartnersOfMarkedTexts compares tags with what people marked:
// every year, none besides, and the partner of each text that is about one.
func TestYearsAndPartnersOfMarkedTexts(t *testing.T) {
	folder := sharedFolder(t, "knowledge/gold")
	taxonomy, err := corpus.ParseTaxonomy(sample.Taxonomy())
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(files) < 16 {
		t.Fatalf("%d marked texts, want 16 (%v)", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		marked, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var gold goldText
		if err := yaml.Unmarshal(marked, &gold); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		body, err := os.ReadFile(strings.TrimSuffix(file, "yaml") + "txt")
		if err != nil {
			t.Fatal(err)
		}
		tags := taxonomy.Tag(&corpus.Document{Body: string(body)})
		want := gold.years()
		for _, y := range tags.Years {
			if !want[y.Value] {
				t.Errorf("%s: %s is no year: %+v", name, y.Value, y.Evidence)
			}
			delete(want, y.Value)
		}
		if len(want) > 0 {
			t.Errorf("%s: the years %v are missed", name, want)
		}
		if partner, ok := gold.Partner.(string); ok && len(partner) == 2 && !slices.Contains(corpus.Values(tags.Partners), partner) {
			t.Errorf("%s is about %s, not %v", name, partner, corpus.Values(tags.Partners))
		}
	}
}
