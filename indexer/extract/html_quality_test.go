package extract

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// annotatedPage is a page with stretches of text that its article has, and
// some that are no part of it.
type annotatedPage struct {
	file          string
	with, without []string
}

// annotatedPages reads the annotations that the module go-trafilatura comes
// with, in the folder that RAPPORT_PAGES names.
func annotatedPages(t *testing.T) (pages []annotatedPage, folder string) {
	root := os.Getenv("RAPPORT_PAGES")
	if root == "" {
		t.Skip("RAPPORT_PAGES names no folder of github.com/markusmobius/go-trafilatura")
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, "scripts", "comparison", "data.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if entry, ok := n.(*ast.CompositeLit); ok && entry.Type == nil {
			pages = append(pages, annotationOf(entry))
		}
		return true
	})
	return pages, filepath.Join(root, "test-files", "comparison")
}

func annotationOf(entry *ast.CompositeLit) (page annotatedPage) {
	for _, element := range entry.Elts {
		field, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		var texts []string
		ast.Inspect(field.Value, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok {
				if s, err := strconv.Unquote(literal.Value); err == nil {
					texts = append(texts, strings.Join(strings.Fields(s), " "))
				}
			}
			return true
		})
		switch name, _ := field.Key.(*ast.Ident); {
		case name == nil:
		case name.Name == "File" && len(texts) == 1:
			page.file = texts[0]
		case name.Name == "With":
			page.with = texts
		case name.Name == "Without":
			page.without = texts
		}
	}
	return page
}

// Of each page the text must have what its article has, and little else. The
// bounds are a little below what docs/formats.md says was measured.
func TestMainTextOfAnnotatedPages(t *testing.T) {
	pages, folder := annotatedPages(t)
	read, complete, had, lacked, extra := 0, 0, 0, 0, 0
	start := time.Now()
	for _, p := range pages {
		data, err := os.ReadFile(filepath.Join(folder, p.file))
		if err != nil {
			continue // some are of another collection
		}
		read++
		text := ""
		if docs, _ := all(t, "page.html", data, Options{}); len(docs) == 1 {
			text = strings.Join(strings.Fields(docs[0].Body), " ")
		}
		missing := 0
		for _, s := range p.with {
			if strings.Contains(text, s) {
				had++
			} else {
				missing++
			}
		}
		for _, s := range p.without {
			if strings.Contains(text, s) {
				extra++
			}
		}
		lacked += missing
		if missing == 0 {
			complete++
		}
	}
	precision, recall := float64(had)/float64(had+extra), float64(had)/float64(had+lacked)
	t.Logf("%d pages: precision %.3f, recall %.3f, F1 %.3f; %d complete; %.1f ms a page",
		read, precision, recall, 2*precision*recall/(precision+recall), complete, float64(time.Since(start).Milliseconds())/float64(read))
	if read < 800 || precision < 0.8 || recall < 0.92 {
		t.Errorf("want 800 pages or more, precision 0.8, recall 0.92")
	}
}
