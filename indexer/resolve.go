package indexer

import (
	"path"
	"strings"

	"rapport/corpus"
)

// docNames finds documents by the base name of their file, with and without
// extension.
type docNames struct{ byName map[string][]*file }

// resolve returns the document that a facts file means: one of that ID, the
// file at that path relative to the facts file, in its source or on this
// machine, a file of that name beside it, or the only file of that name in the index. A name may lack its
// extension. A facts file that names no document means the one beside it that
// is called as itself.
func (r *run) resolve(at place, reference corpus.ID) *file {
	if f := r.document(reference); f != nil && reference != "" {
		return f
	}
	name := string(reference)
	if name == "" {
		name = bare(path.Base(at.path))
	}
	beside := place{at.source, path.Join(path.Dir(at.path), name)}
	if f := r.files.lookUp(beside); f != nil && f.id != "" {
		return f
	}
	if f := r.files.lookUp(r.atlas.beside(at, name)); f != nil && f.id != "" {
		return f
	}
	if r.names == nil {
		r.names = r.nameDocuments()
	}
	candidates := r.names.byName[path.Base(name)]
	var near []*file
	for _, f := range candidates {
		if f.place.source == at.source && path.Dir(f.place.path) == path.Dir(beside.path) {
			near = append(near, f)
		}
	}
	switch {
	case len(near) == 1:
		return near[0]
	case len(near) == 0 && len(candidates) == 1 && reference != "" && path.Base(name) == name:
		return candidates[0]
	}
	return nil
}

// bare returns the base name of a facts file without what makes it one.
func bare(base string) string {
	base = strings.TrimSuffix(base, path.Ext(base))
	if ext := path.Ext(base); strings.EqualFold(ext, ".facts") {
		base = strings.TrimSuffix(base, ext)
	}
	return base
}

func (r *run) nameDocuments() *docNames {
	n := &docNames{byName: map[string][]*file{}}
	for _, f := range r.files.inOrder() {
		if f.id == "" {
			continue
		}
		base := path.Base(f.place.path)
		n.byName[base] = append(n.byName[base], f)
		if stem := strings.TrimSuffix(base, path.Ext(base)); stem != base {
			n.byName[stem] = append(n.byName[stem], f)
		}
	}
	return n
}
