package corpus

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIgnorePatterns(t *testing.T) {
	for _, c := range []struct {
		lines, path string
		folder, ok  bool
	}{
		{"*.tmp", "a/b.tmp", false, true},
		{"/x", "x", false, true},
		{"/x", "a/x", false, false},
		{"a/b", "a/b", false, true},
		{"a/b", "c/a/b", false, false},
		{"a/*", "a/b", false, true},
		{"a/*", "a/b/c", false, false},
		{"a/**", "a/b/c", false, true},
		{"a/**", "a", true, false},
		{"**/x/y", "x/y", false, true},
		{"a/**/z", "a/z", false, true},
		{"a/**/z", "a/b/c/z", false, true},
		{"dir/", "dir", false, false},
		{"dir/", "q/dir", true, true},
		{"*\n!keep.txt", "keep.txt", false, false},
		{"!keep.txt\n*", "keep.txt", false, true},
		{"# comment", "# comment", false, false},
		{`\# name`, "# name", false, true},
		{`\!x`, "!x", false, true},
		{"x  ", "x", false, true},
		{`x\ `, "x ", false, true},
		{"[ab]?.c", "bq.c", false, true},
		{"[!ab].c", "b.c", false, false},
		{"[a-c]x", "bx", false, true},
		{"[]-]x", "]x", false, true},
		{"[[:digit:]]", "7", false, true},
		{"[a!x-a]q", "xq", false, true}, // a range backwards is its first character
		{"[a!x-a]q", "bq", false, false},
		{`[\]x-]y`, "-y", false, true},
		{"[unclosed", "[unclosed", false, false},
		{"a.b", "axb", false, false},
		{"\uFEFFbom", "bom", false, true},
		{"日*", "日本", false, true},
	} {
		rules := &ignoreRules{patterns: parseIgnore(c.lines)}
		if got := rules.ignored(c.path, c.folder); got != c.ok {
			t.Errorf("%q ignores %q (folder %v): %v, want %v", c.lines, c.path, c.folder, got, c.ok)
		}
	}
}

func TestDeeperIgnoreFileWins(t *testing.T) {
	root := tree(t, map[string]string{
		IgnoreFile: "*.log\n", "a.log": "", "in/b.log": "", "in/c.log": "", "in/" + IgnoreFile: "!b.log\n/d\n", "in/d": "", "d": "",
	})
	want(t, account(t, open(t, root)), ".rapportignore: ignored", "a.log: ignored", "d",
		"in/.rapportignore: ignored", "in/b.log", "in/c.log: ignored", "in/d: ignored")
}

// TestIgnoreAgreesWithGit compares random patterns with what git makes of
// them.
func TestIgnoreAgreesWithGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not there to compare with")
	}
	paths := []string{"a", "b", "ab", "a.c", "x/a", "x/b", "x/y/a", "x/y/z/a", "x/y/ab", "a-/c", "x/[a", "y/x"}
	rapid.Check(t, func(r *rapid.T) {
		dir, err := os.MkdirTemp("", "ignore")
		if err != nil {
			r.Fatal(err)
		}
		defer os.RemoveAll(dir)
		line := rapid.StringOfN(rapid.SampledFrom([]rune("aaxxyb/**?[]-!.")), 1, 8, -1)
		lines := strings.Join(rapid.SliceOfN(line, 1, 3).Draw(r, "lines"), "\n")
		if strings.Contains(lines, "[") && strings.Contains(lines, "/]") || strings.Contains(lines, "//") {
			r.Skip("brackets around slashes, and empty names, are of no use")
		}
		file := filepath.Join(dir, "patterns")
		if err := os.WriteFile(file, []byte(lines+"\n"), 0o600); err != nil {
			r.Fatal(err)
		}
		cmd := exec.Command(git, "-c", "core.excludesFile="+file, "-c", "core.quotePath=false", "check-ignore", "--no-index", "--stdin")
		cmd.Dir = emptyRepository(r, git, dir)
		cmd.Stdin = strings.NewReader(strings.Join(paths, "\n"))
		out, _ := cmd.Output() // status 1 when nothing is ignored
		ignored := map[string]bool{}
		for p := range strings.Lines(string(out)) {
			ignored[strings.TrimSpace(p)] = true
		}
		rules := &ignoreRules{patterns: parseIgnore(lines)}
		for _, p := range paths {
			if got := ignoredOrInside(rules, p); got != ignored[p] {
				r.Errorf("%q ignores %q: %v, git says %v", lines, p, got, ignored[p])
			}
		}
	})
}

func emptyRepository(r *rapid.T, git, dir string) string {
	repo := filepath.Join(dir, "repo")
	if err := exec.Command(git, "init", "-q", repo).Run(); err != nil {
		r.Fatal(err)
	}
	return repo
}

// ignoredOrInside reports whether a walk would leave out the file at path.
func ignoredOrInside(rules *ignoreRules, path string) bool {
	for i, c := range path {
		if c == '/' && rules.ignored(path[:i], true) {
			return true
		}
	}
	return rules.ignored(path, false)
}
