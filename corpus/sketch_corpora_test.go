package corpus

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// readCorpus returns the documents of an archive of test data, dated by their
// names where these begin with a date.
func readCorpus(t *testing.T, name string) (names []string, list []Likeness) {
	t.Helper()
	root := os.Getenv("RAPPORT_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(root, "corpora", name))
	if err != nil {
		t.Skipf("no shared data: %v; RAPPORT_SHARED names its folder", err)
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for in := tar.NewReader(unpacked); ; {
		header, err := in.Next()
		if errors.Is(err, io.EOF) {
			return names, list
		}
		if err != nil {
			t.Fatal(err)
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		data, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		d := Document{Body: string(data), Digest: Digest(data)}
		if _, rest, ok := strings.Cut(strings.TrimPrefix(d.Body, "---\n"), "\n---\n"); ok && strings.HasPrefix(d.Body, "---\n") {
			d.Body = rest
		}
		base := path.Base(header.Name)
		if day, err := ParseDate(base[:min(10, len(base))]); err == nil {
			d.Published = day
		}
		names, list = append(names, base), append(list, LikenessOf(&d))
	}
}

// In press releases and notices whole paragraphs come again for years. The
// groups that are found were read: docs/duplicates.md says what they are.
func TestNearGroupsOfPressReleases(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 7,290 documents")
	}
	names, list := readCorpus(t, "whitehouse.tar.gz")
	groups := map[uint32][]string{}
	groupOf, err := NearGroups(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range groupOf {
		if n > 0 {
			groups[n] = append(groups[n], names[i])
		}
	}
	members := 0
	for _, group := range groups {
		members += len(group)
		t.Log(strings.Join(group, "\n\t"))
		for _, family := range []string{"delegation-of-authority", "continuation-of-the-national-emergency", "disaster-declaration", "visitor-log", "presidential-permit"} {
			if strings.Contains(group[0], family) {
				t.Errorf("different notices of one family in a group: %v", group)
			}
		}
	}
	if len(groups) != 30 || members != 61 {
		t.Errorf("%d groups of %d documents, want the 30 of 61 that were read", len(groups), members)
	}
}

func TestNearGroupsOfSpeeches(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 2,812 documents")
	}
	_, list := readCorpus(t, "ungdc.tar.gz")
	groupOf, err := NearGroups(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range groupOf {
		if n > 0 {
			t.Errorf("speech %d is in group %d", i, n)
		}
	}
}
