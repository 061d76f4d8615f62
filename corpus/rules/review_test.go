package rules

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rapport/corpus"
)

// TestReview prints facts for people to judge, as docs/facts.md reports them.
// The Markdown and text files under the folder RAPPORT_REVIEW are shuffled with a fixed
// seed; of those from number RAPPORT_REVIEW_FROM on, RAPPORT_REVIEW_FILES (200
// unless told) are read, and 100 of their facts are drawn, of the kinds that
// RAPPORT_REVIEW_KINDS names or of all. RAPPORT_REVIEW_NEW may name a file of
// names: then facts are found with these, and only those are drawn of whose
// words nothing was a part of a fact that names-more.yaml leads to, so that
// nobody has seen them before.
func TestReview(t *testing.T) {
	root := os.Getenv("RAPPORT_REVIEW")
	if root == "" {
		t.Skip("RAPPORT_REVIEW names no folder")
	}
	var files []string
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".md") || strings.HasSuffix(path, ".txt") {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	random := rand.New(rand.NewPCG(7, 0))
	random.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	o := Options{Kinds: Kinds()}
	if names := os.Getenv("RAPPORT_REVIEW_KINDS"); names != "" {
		o.Kinds = nil
		for _, k := range strings.Split(names, ",") {
			o.Kinds = append(o.Kinds, corpus.FactKind(k))
		}
	}
	x := New(goldTaxonomy(t), o)
	var seen *Extractor
	if file := os.Getenv("RAPPORT_REVIEW_NEW"); file != "" {
		x, seen = New(readNames(t, file), o), New(readNames(t, "testdata/names-more.yaml"), o)
	}
	kinds := map[corpus.FactKind]int{}
	type found struct {
		file string
		corpus.Fact
	}
	var all []found
	from, _ := strconv.Atoi(os.Getenv("RAPPORT_REVIEW_FROM"))
	count, err := strconv.Atoi(os.Getenv("RAPPORT_REVIEW_FILES"))
	if err != nil {
		count = 200
	}
	for _, file := range files[min(from, len(files)):min(from+count, len(files))] {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc := &corpus.Document{ID: corpus.NewID("review", file), Body: plain(string(data))}
		doc.Published, _ = corpus.ParseLooseDate(filepath.Base(file)[:min(10, len(filepath.Base(file)))])
		facts, left := x.Extract(doc)
		if left > 0 {
			t.Logf("%s: %d facts left out", file, left)
		}
		var known []corpus.Fact
		if seen != nil {
			known, _ = seen.Extract(doc)
		}
		for _, f := range facts {
			if slices.ContainsFunc(known, func(k corpus.Fact) bool {
				return f.Evidence.Offset < k.Evidence.End && k.Evidence.Offset < f.Evidence.End
			}) {
				continue
			}
			kinds[f.Kind]++
			all = append(all, found{file, f})
		}
	}
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	t.Logf("%d facts: %v", len(all), kinds)
	for _, f := range all[:min(100, len(all))] {
		t.Logf("%s | %s | %v | %s [%s]\n    %s", f.Kind, f.Statement, f.Partners, f.Date.Date, filepath.Base(f.file), strings.Join(strings.Fields(f.Evidence.Prefix+"{"+f.Evidence.Exact+"}"+f.Evidence.Suffix), " "))
	}
}

var (
	frontMatter = regexp.MustCompile(`(?s)\A---\n.*?\n---\n`)
	link        = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	marks       = regexp.MustCompile("[*_`#\\\\]+")
)

// plain takes the markup out of Markdown.
func plain(markdown string) string {
	text := frontMatter.ReplaceAllString(markdown, "")
	return marks.ReplaceAllString(link.ReplaceAllString(text, "$1"), "")
}
