package corpus

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
)

// IgnoreFile is the name of the files that say what a source leaves out. They
// have the syntax of .gitignore files and hold for their folder and all that
// is in it; a deeper file wins over an outer one, and a later line over an
// earlier. An ignore file of git itself is not obeyed: what is not kept in a
// repository may well be worth searching.
const IgnoreFile = ".rapportignore"

// maxIgnoreFile is how many bytes an ignore file may have.
const maxIgnoreFile = 1 << 20

// ignoreRules are the rules of one ignore file and, in outer, of those in the
// folders around it. A nil pointer is no rules.
type ignoreRules struct {
	base     string // folder of the file with a slash at its end, empty for the root
	patterns []ignorePattern
	outer    *ignoreRules
}

// ignorePattern is one line of an ignore file.
type ignorePattern struct {
	match  *regexp.Regexp // of the path relative to the ignore file
	keep   bool           // the line began with "!"
	folder bool           // the line ended in "/"
}

// readIgnoreRules reads the ignore file in the folder dir below root.
func readIgnoreRules(root *os.Root, dir string, outer *ignoreRules) (*ignoreRules, error) {
	name := filepath.Join(dir, IgnoreFile)
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, fmt.Errorf("ignore file %s: %w", name, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxIgnoreFile+1))
	if err != nil {
		return nil, fmt.Errorf("ignore file %s: %w", name, err)
	}
	if len(text) > maxIgnoreFile {
		return nil, fmt.Errorf("ignore file %s: larger than %d bytes", name, maxIgnoreFile)
	}
	base := ""
	if dir != "." {
		base = filepath.ToSlash(dir) + "/"
	}
	return &ignoreRules{base: base, patterns: parseIgnore(string(text)), outer: outer}, nil
}

// ignored reports whether the rules leave out the file or folder at path,
// which is relative to the root and has forward slashes.
func (r *ignoreRules) ignored(path string, isFolder bool) bool {
	for ; r != nil; r = r.outer {
		below := strings.TrimPrefix(path, r.base)
		for i := len(r.patterns) - 1; i >= 0; i-- {
			p := r.patterns[i]
			if (!p.folder || isFolder) && p.match.MatchString(below) {
				return !p.keep
			}
		}
	}
	return false
}

// parseIgnore reads the lines of an ignore file. A line that is no pattern
// matches nothing, as in git.
func parseIgnore(text string) []ignorePattern {
	var patterns []ignorePattern
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		line = trimIgnoreLine(strings.TrimRight(line, "\r\n"))
		if line == "" || line[0] == '#' {
			continue
		}
		var p ignorePattern
		line, p.keep = strings.CutPrefix(line, "!")
		line, p.folder = strings.CutSuffix(line, "/")
		if expr, ok := globExpression(line); ok {
			if re, err := regexp.Compile(expr); err == nil {
				p.match = re
				patterns = append(patterns, p)
			}
		}
	}
	return patterns
}

// trimIgnoreLine removes trailing blanks, but not one after a backslash.
func trimIgnoreLine(line string) string {
	trimmed := strings.TrimRight(line, " ")
	slashes := len(trimmed) - len(strings.TrimRight(trimmed, `\`))
	if slashes%2 == 1 && len(trimmed) < len(line) {
		trimmed += " "
	}
	return trimmed
}
