package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// allowed lists, for each package of ours, the packages of ours that it may
// import outside its tests; "/..." stands for all packages of a folder that are
// not named themselves. ARCHITECTURE.md explains the rules.
var allowed = map[string][]string{
	"rapport/corpus":                      nil,
	"rapport/corpus/corpustest":           nil,
	"rapport/corpus/rules":                {"rapport/corpus"},
	"rapport/corpus/sample":               {"rapport/corpus"},
	"rapport/indexer":                     {"rapport/corpus", "rapport/corpus/rules"},
	"rapport/indexer/extract":             {"rapport/corpus"},
	"rapport/indexer/datadir":             {"rapport/corpus"},
	"rapport/indexer/datadir/datadirtest": nil,
	"rapport/search":                      {"rapport/corpus", "rapport/search/analysis"},
	"rapport/search/analysis":             nil,
	"rapport/search/bench":                {"rapport/corpus", "rapport/search", "rapport/search/analysis"},
	"rapport/search/bleve":                {"rapport/corpus", "rapport/search", "rapport/search/analysis"},
	"rapport/search/searchtest":           {"rapport/corpus", "rapport/search", "rapport/search/analysis"},
	"rapport/web":                         {"rapport/corpus", "rapport/search", "rapport/web/pages", "rapport/web/pages/..."},
	"rapport/web/pages":                   {"rapport/corpus", "rapport/search"},
	"rapport/web/pages/...":               {"rapport/corpus", "rapport/search", "rapport/web/pages"},
	"rapport/web/pages/pagestest":         {"rapport/corpus", "rapport/search", "rapport/search/searchtest", "rapport/web/pages"},
}

// owners lists libraries that exactly one package may import, tests aside.
// Zstandard (klauspost/compress) has two users, like codecs of the standard
// library: the files that are read, and what the index keeps of them.
var owners = map[string]string{
	"github.com/blevesearch/bleve":        "rapport/search/bleve",
	"github.com/blevesearch/vellum":       "rapport/search/bleve",
	"github.com/RoaringBitmap/roaring":    "rapport/search/bleve",
	"github.com/blevesearch/snowballstem": "rapport/search/analysis",
	"github.com/labstack/echo":            "rapport/web",
	"github.com/danielgtaylor/huma":       "rapport/web",
	"github.com/prometheus/client_golang": "rapport/web",
	"github.com/alecthomas/kong":          "rapport/cmd/rapport",
	"github.com/alecthomas/units":         "rapport/cmd/rapport",
	"github.com/yuin/goldmark":            "rapport/indexer/extract",
	"codeberg.org/readeck/go-readability": "rapport/indexer/extract",
	"github.com/gabriel-vasile/mimetype":  "rapport/indexer/extract",
	"github.com/klippa-app/go-pdfium":     "rapport/indexer/extract",
	"github.com/elastic/go-seccomp-bpf":   "rapport/indexer/extract",
	"github.com/fsnotify/fsnotify":        "rapport/indexer",
}

// corpusMay lists the only modules besides the standard library that corpus
// itself may import.
var corpusMay = []string{
	"go.yaml.in/yaml", "github.com/shopspring/decimal",
	"github.com/go-json-experiment/json", "golang.org/x/text",
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func TestImportRules(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath == "rapport/cmd/rapport" {
			continue // main wires everything together
		}
		may, known := allowed[p.ImportPath]
		if !known {
			may, known = allowed[folderOf(p.ImportPath)]
		}
		if !known {
			t.Errorf("package %s is not in the plan: add it to ARCHITECTURE.md and to the rules of this test", p.ImportPath)
		}
		for _, imp := range p.Imports {
			if strings.HasPrefix(imp, "rapport/") && !slices.Contains(may, imp) && !slices.Contains(may, folderOf(imp)) {
				t.Errorf("%s must not import %s", p.ImportPath, imp)
			}
		}
	}
}

// folderOf returns what stands for all packages beside one.
func folderOf(importPath string) string { return path.Dir(importPath) + "/..." }

func TestLibrariesHaveOneOwner(t *testing.T) {
	for _, p := range packages(t) {
		for _, imp := range p.Imports {
			for library, owner := range owners {
				if (imp == library || strings.HasPrefix(imp, library+"/")) && p.ImportPath != owner {
					t.Errorf("%s imports %s, which belongs to %s alone", p.ImportPath, imp, owner)
				}
			}
			if p.ImportPath == "rapport/corpus" && strings.Contains(imp, ".") &&
				!slices.ContainsFunc(corpusMay, func(m string) bool { return imp == m || strings.HasPrefix(imp, m+"/") }) {
				t.Errorf("corpus imports %s: it may import the standard library and %s only", imp, strings.Join(corpusMay, ", "))
			}
		}
	}
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "rapport/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []goPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}
