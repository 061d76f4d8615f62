package corpus

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// tree writes files, by path, into a new folder named "docs". A path that
// ends in a slash is a folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "docs")
	must(t, os.MkdirAll(root, 0o755))
	for path, content := range files {
		full := filepath.Join(root, path)
		if strings.HasSuffix(path, "/") {
			must(t, os.MkdirAll(full, 0o755))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(full), 0o755))
		must(t, os.WriteFile(full, []byte(content), 0o644))
	}
	return root
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// account lists what a source yields: "path" for an item, "path: reason" for
// a skip, "path gone" for a path that is gone.
func account(t *testing.T, s Source) []string {
	t.Helper()
	var got []string
	for item, err := range s.Items(t.Context()) {
		var skip *SkipError
		switch {
		case errors.As(err, &skip):
			got = append(got, skip.Path+": "+string(skip.Reason))
		case err != nil:
			t.Fatalf("source %s: %v", s.Name(), err)
		case item.Gone:
			got = append(got, item.Path+" gone")
		default:
			got = append(got, item.Path)
		}
	}
	return got
}

func open(t *testing.T, arg string, opts ...SourceOption) Source {
	t.Helper()
	s, err := OpenSource(arg, opts...)
	must(t, err)
	return s
}

func content(t *testing.T, item Item) string {
	t.Helper()
	r, err := item.Open()
	must(t, err)
	defer r.Close()
	b, err := io.ReadAll(r)
	must(t, err)
	return string(b)
}

func want(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func TestFolderAccountsForEveryPath(t *testing.T) {
	root := tree(t, map[string]string{
		"b.txt": "b", "a/x.md": "x", "a/deep/er/y.html": "y", "empty/": "", ".hidden": "h", ".git/config": "c",
		"drafts/z.txt": "z", "a/draft.txt": "d", ".rapportignore": "drafts/\ndraft.*\n", "lines.jsonl": "{}\n\n{\"a\":1}",
	})
	must(t, os.Symlink("b.txt", filepath.Join(root, "link.txt")))
	must(t, os.Symlink("..", filepath.Join(root, "a", "loop")))
	must(t, os.Symlink("/etc/passwd", filepath.Join(root, "out")))
	must(t, os.Symlink("nowhere", filepath.Join(root, "dangling")))
	must(t, os.Symlink("self", filepath.Join(root, "self")))
	must(t, syscall.Mkfifo(filepath.Join(root, "pipe"), 0o644))
	s := open(t, root)
	if s.Name() != "docs" || !s.Complete() {
		t.Errorf("source %q, complete %v", s.Name(), s.Complete())
	}
	want(t, account(t, s),
		".git: ignored", ".hidden: ignored", ".rapportignore: ignored",
		"a/deep/er/y.html", "a/draft.txt: ignored", "a/loop: symlink", "a/x.md",
		"b.txt", "dangling: symlink", "drafts: ignored",
		"lines.jsonl!1", "lines.jsonl!3", "link.txt", "out: symlink", "pipe: unsupported", "self: symlink")
}

func TestFolderItemsOpen(t *testing.T) {
	root := tree(t, map[string]string{"a/x.txt": "hello", "l.jsonl": "{\"id\":1}\r\n"})
	var items []Item
	for item, err := range open(t, root).Items(t.Context()) {
		must(t, err)
		items = append(items, item)
	}
	for i, text := range []string{"hello", "{\"id\":1}\r"} {
		if got := content(t, items[i]); got != text || items[i].Size != int64(len(text)) {
			t.Errorf("%s holds %q in %d bytes, want %q", items[i].Path, got, items[i].Size, text)
		}
	}
	if items[0].Format != "" || items[1].Format != LineFormat || items[0].File != filepath.Join(root, "a/x.txt") {
		t.Errorf("items %+v", items)
	}
	must(t, os.Remove(filepath.Join(root, "a/x.txt")))
	must(t, os.Symlink("/etc/passwd", filepath.Join(root, "a/x.txt")))
	if _, err := items[0].Open(); err == nil {
		t.Error("a link that was put in the place of a file leads out of the folder")
	}
}

func TestHostileNames(t *testing.T) {
	root := tree(t, map[string]string{"new\nline": "1", "bad\xff\xfeutf8": "2", `back\slash`: "3", `bad\xff\xfeutf8`: "4",
		"é日本.txt": "5", strings.Repeat("n", 255): "6", " ": "7", "-": "8", "\u2028": "9"})
	got := account(t, open(t, root))
	seen := map[string]bool{}
	for _, path := range got {
		if seen[path] || strings.ToValidUTF8(path, "") != path || strings.ContainsAny(path, "\n\u2028") {
			t.Errorf("path %q is not safe or not unique", path)
		}
		seen[path] = true
	}
	if len(got) != 9 || !seen["é日本.txt"] || !seen[`new\x0aline`] {
		t.Errorf("paths %q", got)
	}
}

func TestUnreadableFolderIsSkippedAndRootIsAnError(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	root := tree(t, map[string]string{"closed/x.txt": "x", "z.txt": "z"})
	must(t, os.Chmod(filepath.Join(root, "closed"), 0))
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(root, "closed"), 0o755) })
	want(t, account(t, open(t, root)), "closed: unreadable", "z.txt")
}

func TestMissingRoot(t *testing.T) {
	if _, err := OpenSource(filepath.Join(t.TempDir(), "no")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing source: %v", err)
	}
	root := tree(t, map[string]string{"x": "x"})
	s := open(t, root)
	must(t, os.RemoveAll(root))
	for _, err := range s.Items(t.Context()) {
		var skip *SkipError
		if err == nil || errors.As(err, &skip) {
			t.Errorf("a root that vanished yields %v, want an error that ends the source", err)
		}
	}
}

func TestUnreadableIgnoreFileReadsNothing(t *testing.T) {
	root := tree(t, map[string]string{"a/secret.txt": "s", "b.txt": "b", "a/.rapportignore": strings.Repeat("#", maxIgnoreFile+1)})
	want(t, account(t, open(t, root)), "a: unreadable", "b.txt")
}

func TestDeepFolders(t *testing.T) {
	root := tree(t, nil)
	r, err := os.OpenRoot(root)
	must(t, err)
	defer r.Close()
	path := strings.Repeat("d/", maxFolders+20)
	must(t, r.MkdirAll(path, 0o755))
	got := account(t, open(t, root))
	if len(got) != 1 || !strings.HasSuffix(got[0], ": too large") {
		t.Errorf("got %q", got)
	}
}

func TestSingleFile(t *testing.T) {
	root := tree(t, map[string]string{"a.txt": "text", "r.ndjson": "{}\n{}\n", "x.facts.jsonl": "{}\n{}\n"})
	s := open(t, filepath.Join(root, "a.txt"))
	if s.Name() != "a.txt" || s.Complete() {
		t.Errorf("source %q, complete %v", s.Name(), s.Complete())
	}
	want(t, account(t, s), "a.txt")
	s = open(t, filepath.Join(root, "r.ndjson"))
	if !s.Complete() {
		t.Error("a JSON Lines file holds all of its lines")
	}
	want(t, account(t, s), "r.ndjson!1", "r.ndjson!2")
	want(t, account(t, open(t, filepath.Join(root, "x.facts.jsonl"))), "x.facts.jsonl")
}

func TestList(t *testing.T) {
	root := tree(t, map[string]string{"a.txt": "text", "b/c.jsonl": "{}"})
	t.Chdir(root)
	list := "a.txt\r\n\n./b//c.jsonl\ngone.txt\nb\n" + strings.Repeat("x", maxListLine+1) + "\nlast\x00"
	s := open(t, StdinList, WithInput(strings.NewReader(list)))
	if s.Name() != "list" || s.Complete() {
		t.Errorf("source %q, complete %v", s.Name(), s.Complete())
	}
	want(t, account(t, s), "a.txt", "b/c.jsonl!1", "gone.txt gone", "b: unsupported", strings.Repeat("x", 80)+": unreadable",
		`last\x00: unreadable`)
}

func TestListThatFailsIsAnError(t *testing.T) {
	broken := io.MultiReader(strings.NewReader("no.txt\n"), iotestErr{})
	var last error
	for _, err := range open(t, StdinList, WithInput(broken)).Items(t.Context()) {
		last = err
	}
	if !errors.Is(last, errBroken) {
		t.Errorf("got %v", last)
	}
}

var errBroken = errors.New("broken")

type iotestErr struct{}

func (iotestErr) Read([]byte) (int, error) { return 0, errBroken }

func TestLongLinesAreSkipped(t *testing.T) {
	root := tree(t, map[string]string{"l.jsonl": "\uFEFF{1}\n" + strings.Repeat("x", 200_000) + "\n12345678\n123456789\n\n{3}"})
	s := open(t, filepath.Join(root, "l.jsonl"), WithMaxLine(8))
	want(t, account(t, s), "l.jsonl!1", "l.jsonl!2: too large", "l.jsonl!3", "l.jsonl!4: too large", "l.jsonl!6")
	for item, err := range s.Items(t.Context()) {
		if err == nil && item.Path == "l.jsonl!1" && content(t, item) != "{1}" {
			t.Errorf("first line holds %q", content(t, item))
		}
	}
}

func TestDamagedGzipKeepsWhatWasRead(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	for i := range 5000 {
		fmt.Fprintf(z, "{\"id\":%d,\"text\":\"%x\"}\n", i, Digest([]byte{byte(i), byte(i >> 8)}))
	}
	must(t, z.Close())
	root := tree(t, map[string]string{"whole.jsonl.gz": packed.String(), "cut.JSONL.gz": packed.String()[:packed.Len()/2], "no.jsonl.gz": "plain"})
	got := account(t, open(t, root))
	last := slices.Index(got, "cut.JSONL.gz: corrupt")
	if last < 1000 || last > 4000 || got[last+1] != "no.jsonl.gz: corrupt" || len(got) != last+2+5000 {
		t.Errorf("%d lines before the damage, %d entries", last, len(got))
	}
}

func TestWalkStopsWhenCancelled(t *testing.T) {
	root := tree(t, map[string]string{"a": "1", "b": "2", "c.jsonl": "{}\n{}"})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	n := 0
	for _, err := range open(t, root).Items(ctx) {
		if n++; n == 1 {
			cancel()
		}
		last = err
	}
	if n != 2 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d entries, then %v", n, last)
	}
}
