package corpus

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// maxFolders is how deep folders may be nested in a source. No person goes so
// deep, and each level makes every path below it dearer to open.
const maxFolders = 200

// walk is one walk through a folder source.
type walk struct {
	ctx    context.Context
	root   *os.Root
	source *folderSource
	yield  func(Item, error) bool
}

// folder yields what is in the folder at dir, whose entries and rules were
// read. It returns false when the walk is over.
func (w *walk) folder(dir string, entries []fs.DirEntry, rules *ignoreRules, depth int) bool {
	for _, e := range entries {
		if err := w.ctx.Err(); err != nil {
			w.yield(Item{}, err)
			return false
		}
		if !w.entry(filepath.Join(dir, e.Name()), e, rules, depth) {
			return false
		}
	}
	return true
}

// entry yields one entry of a folder, or all that is in it.
func (w *walk) entry(rel string, e fs.DirEntry, rules *ignoreRules, depth int) bool {
	item := w.source.item(rel, -1)
	switch {
	case strings.HasPrefix(e.Name(), "."):
		return w.skip(item, SkipIgnored, errors.New("hidden: the name begins with a dot"))
	case rules.ignored(filepath.ToSlash(rel), e.IsDir()):
		return w.skip(item, SkipIgnored, errors.New("named by an ignore file"))
	case e.IsDir():
		return w.enter(rel, item, rules, depth+1)
	case e.Type()&fs.ModeSymlink != 0:
		linked, skip := w.source.link(w.root, rel)
		if skip != nil {
			return w.yield(Item{}, skip)
		}
		return yieldFile(w.ctx, linked, w.source.options.maxLine, w.yield)
	case !e.Type().IsRegular():
		return w.skip(item, SkipUnsupported, errNotRegular)
	}
	info, err := e.Info()
	if err != nil {
		return w.skip(item, SkipUnreadable, err)
	}
	item.Size = info.Size()
	return yieldFile(w.ctx, item, w.source.options.maxLine, w.yield)
}

// enter walks the folder at rel.
func (w *walk) enter(rel string, item Item, rules *ignoreRules, depth int) bool {
	if depth > maxFolders {
		return w.skip(item, SkipTooLarge, fmt.Errorf("nested deeper than %d folders", maxFolders))
	}
	entries, rules, err := w.read(rel, rules)
	if err != nil {
		return w.skip(item, SkipUnreadable, err)
	}
	return w.folder(rel, entries, rules, depth)
}

// read returns the entries of the folder at dir in the order of their names,
// and the rules that hold in it.
func (w *walk) read(dir string, outer *ignoreRules) ([]fs.DirEntry, *ignoreRules, error) {
	f, err := w.root.Open(dir)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	rules := outer
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == IgnoreFile }) {
		if rules, err = readIgnoreRules(w.root, dir, outer); err != nil {
			return nil, nil, err
		}
	}
	return entries, rules, nil
}

func (w *walk) skip(item Item, reason SkipReason, detail error) bool {
	return w.yield(Item{}, item.skip(reason, detail))
}
