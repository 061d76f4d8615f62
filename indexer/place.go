package indexer

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"rapport/corpus"
)

// place identifies a file: the name of a source, and the path relative to its
// root. A file that several sources hold has one place.
type place struct{ source, path string }

// key returns "source/path", as reports list files.
func (p place) key() string { return p.source + "/" + p.path }

// String returns what people read for the place.
func (p place) String() string { return corpus.ShownPath(p.key()) }

// compare orders places by source, then by path.
func (p place) compare(q place) int {
	return cmp.Or(strings.Compare(p.source, q.source), strings.Compare(p.path, q.path))
}

// under reports whether p is q, or lies in the folder or container q.
func (p place) under(q place) bool {
	if p.source != q.source || !strings.HasPrefix(p.path, q.path) {
		return false
	}
	rest := p.path[len(q.path):]
	return rest == "" || q.path == "" || rest[0] == '/' || rest[0] == '!'
}

// atlas knows where the sources are on this machine. It gives a file one
// place, whichever way it was named: that in the outermost folder that is a
// source and holds it, else that in the source that is this file alone, else
// that in the list. So the order in which sources are indexed does not matter.
type atlas struct {
	folders []folder
	// singles has the names of sources that are a file, by that file.
	singles map[string]string
	// files has the folder that paths are relative to by the name of a single
	// file's source, or of a forgotten folder.
	files     map[string]string
	forgotten map[string]bool // by name
}

type folder struct{ name, root string }

func newAtlas(l *Ledger) *atlas {
	a := &atlas{singles: map[string]string{}, files: map[string]string{}, forgotten: map[string]bool{}}
	for _, name := range l.names() {
		s := l.Sources[name]
		a.forgotten[name] = s.Forgotten
		switch {
		case s.Place == "":
		case s.Folder && s.Forgotten:
			a.files[name] = filepath.Clean(s.Place)
		case s.Folder:
			a.folders = append(a.folders, folder{name, filepath.Clean(s.Place)})
		default:
			a.files[name] = filepath.Dir(s.Place)
			if !s.Forgotten {
				a.singles[filepath.Clean(s.Place)] = name
			}
		}
	}
	return a
}

// listName is the name of a list of paths. Lists made in several folders share
// it, so their paths are taken as absolute unless a source holds the file.
const listName = "list"

// beside returns the place of the file at a path relative to a facts file that
// is a source of its own, or the zero place: the document may be in a folder
// that is another source.
func (a *atlas) beside(facts place, name string) place {
	root, ok := a.files[facts.source]
	if !ok {
		return place{}
	}
	file := filepath.Join(root, filepath.FromSlash(path.Dir(facts.path)), filepath.FromSlash(name))
	return a.item(corpus.Item{File: file})
}

// item returns the place of an item.
func (a *atlas) item(i corpus.Item) place {
	p := place{i.Source, i.Path}
	if i.File == "" {
		return p
	}
	file, err := filepath.Abs(i.File)
	if err != nil {
		return p
	}
	return a.at(p, file)
}

// skip returns the place of a path that is left out.
func (a *atlas) skip(e *corpus.SkipError) place {
	p := place{e.Source, e.Path}
	if file := a.file(p); file != "" {
		return a.at(p, file)
	}
	return p
}

// at returns the place of a file that a source calls p.
func (a *atlas) at(p place, file string) place {
	outermost := -1
	for i, f := range a.folders {
		if within(f.root, file) && (outermost < 0 || len(f.root) < len(a.folders[outermost].root)) {
			outermost = i
		}
	}
	switch {
	case outermost >= 0 && a.folders[outermost].name == p.source:
		return p
	case outermost >= 0:
		rel, err := filepath.Rel(a.folders[outermost].root, file)
		if err != nil {
			return p
		}
		return place{a.folders[outermost].name, corpus.EscapePath(filepath.ToSlash(rel)) + member(p.path, file)}
	case p.source == listName || a.forgotten[p.source]:
		if name, whole := a.single(file); name != "" {
			return place{name, name + corpus.EscapePath(file[len(whole):]) + member(p.path, file)}
		}
		return place{listName, corpus.EscapePath(filepath.ToSlash(file)) + member(p.path, file)}
	}
	return p
}

// single returns the name of the source that is the file, or the file that it
// is a member of, and that file.
func (a *atlas) single(file string) (name, whole string) {
	for _, whole := range append(containers(file), file) {
		if name, ok := a.singles[whole]; ok {
			return name, whole
		}
	}
	return "", ""
}

// member returns the part of a path that names a member of the file, "!17",
// or nothing.
func member(path, file string) string {
	base := corpus.EscapePath(filepath.Base(file))
	if i := strings.LastIndex(path, base); i >= 0 {
		if rest := path[i+len(base):]; strings.HasPrefix(rest, "!") {
			return rest
		}
	}
	return ""
}

// file returns the file on this machine that a place stands for, or "" when
// its source's place is not known. Of a member it is the file's name with the
// member's behind it. A name with escaped bytes is not turned back.
func (a *atlas) file(p place) string {
	if strings.Contains(p.path, `\x`) {
		return ""
	}
	native := filepath.FromSlash(p.path)
	for _, f := range a.folders {
		if f.name == p.source {
			return filepath.Join(f.root, native)
		}
	}
	if p.source == listName {
		full, err := filepath.Abs(native)
		if err != nil {
			return ""
		}
		return full
	}
	if root, ok := a.files[p.source]; ok {
		return filepath.Join(root, native)
	}
	return ""
}

// mayExist reports whether the file of a place, or one that it may be a member
// of, exists or cannot be looked for.
func (a *atlas) mayExist(p place) bool {
	name := a.file(p)
	if name == "" || exists(name) {
		return true
	}
	for _, container := range containers(name) {
		if exists(container) {
			return true
		}
	}
	return false
}

// exists reports whether there is a file, or whether there may be one that
// cannot be seen.
func exists(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR)
}

// containers returns the paths that a path may be a member of: all that stand
// before an exclamation mark.
func containers(path string) []string {
	var list []string
	for i := range len(path) {
		if path[i] == '!' {
			list = append(list, path[:i])
		}
	}
	return list
}

// within reports whether the file is the folder or lies in it.
func within(folder, file string) bool {
	return strings.HasPrefix(file, folder) &&
		(len(file) == len(folder) || file[len(folder)] == filepath.Separator || strings.HasSuffix(folder, string(filepath.Separator)))
}
