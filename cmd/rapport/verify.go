package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"rapport/corpus"
	"rapport/indexer/datadir"
	"rapport/search"
	"rapport/search/bleve"
)

// verifyCmd is rapport verify.
type verifyCmd struct {
	Quick bool `help:"Compare sizes and counts only, in some milliseconds."`
}

// Help says what is compared.
func (verifyCmd) Help() string {
	return `Compares the files of the data directory with their checksums, the manifest with the index, the facets with the records
that they were made from, and the places of facts with their documents. A running server does it itself, and answers meanwhile.

Examples:
  rapport verify            everything; some seconds for ten thousand documents
  rapport verify --quick    sizes and counts, as before every start
  rapport verify --json     the list of what is damaged, for a monitor

What is damaged is mended by rapport restore FILE or by rapport index --rebuild.

Exit status: 0 sound, 1 damaged, 2 error.`
}

// Run verifies and lists what is damaged.
func (c *verifyCmd) Run(ctx context.Context, g *globals, std *streams) error {
	if !hasData(g.Data) {
		return fmt.Errorf("%w in %s", search.ErrNoIndex, g.Data)
	}
	o, err := own(ctx, g.Data, func() (owner, error) {
		s, err := takeToWrite(ctx, g.Data)
		if err != nil {
			return nil, err
		}
		return s, nil
	})
	if err != nil {
		return err
	}
	defer o.Close()
	check, err := o.Verify(ctx, !c.Quick)
	if err != nil {
		return err
	}
	if g.JSON {
		if err := printJSON(std.out, check); err != nil {
			return err
		}
	} else if len(check.Damage) == 0 {
		fmt.Fprintf(std.out, "sound: generation %s in %s, %s, %d bytes read\n", check.Generation, check.Folder, count(check.Files, "file"), check.Bytes)
	}
	if len(check.Damage) == 0 {
		return nil
	}
	if !g.JSON {
		for _, d := range check.Damage {
			fmt.Fprintf(std.out, "%s: %s\n", clean(d.Path), clean(d.What))
		}
		fmt.Fprintln(std.err, "restore a backup, or run rapport index --rebuild")
	}
	return exitCode(exitNothing)
}

// Verify implements owner. When a rebuild replaces what is being read, what was
// found says nothing, and its successor is verified.
func (s *store) Verify(ctx context.Context, full bool) (datadir.Check, error) {
	for {
		before, _, _ := s.state()
		check, err := s.verify(ctx, full)
		if now, _, _ := s.state(); now == before || ctx.Err() != nil || err == nil && len(check.Damage) == 0 {
			return check, err
		}
	}
}

func (s *store) verify(ctx context.Context, full bool) (datadir.Check, error) {
	g, index, release, err := s.pin(ctx)
	if err == nil {
		defer release()
		if full {
			err = errors.Join(index.Verify(ctx), verifyAnchors(ctx, index))
		}
	}
	check, failed := verifyFiles(ctx, s.dir, g, index, full)
	if failed != nil {
		return check, failed
	}
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return check, ctx.Err()
	case errors.Is(err, search.ErrNoIndex), errors.Is(err, search.ErrLayout):
		return check, err
	case len(check.Damage) == 0: // else the file is named that is at fault
		check.Damage = append(check.Damage, datadir.Damage{Path: g.Place(), What: err.Error()})
	}
	if full { // the reports are no part of what answers
		lost, err := s.dir.DamagedReports()
		if err != nil {
			return check, err
		}
		check.Damage = append(check.Damage, lost...)
	}
	return check, nil
}

// verifyFiles compares the files of the data directory. One that the index has
// merged into another, and not removed yet, is no part of it any more; of one
// that it was merged into, only the index knows a checksum.
func verifyFiles(ctx context.Context, dir *datadir.Dir, g datadir.Generation, index *bleve.Index, full bool) (datadir.Check, error) {
	var used []string
	if index != nil {
		var err error
		if used, err = index.Files(); err != nil {
			return datadir.Check{}, err
		}
	}
	check, err := datadir.Verify(ctx, dir.Path(), full)
	if index != nil && full {
		check.CountMerged(g, used)
	}
	if index != nil {
		check.Damage = slices.DeleteFunc(check.Damage, func(d datadir.Damage) bool {
			name, engines := strings.CutPrefix(d.Path, g.Place()+"/")
			return engines && !slices.Contains(used, name)
		})
	}
	return check, err
}

// maxAnchors bounds how many wrong places of facts are named.
const maxAnchors = 20

// verifyAnchors compares the place of every fact with its document.
func verifyAnchors(ctx context.Context, index *bleve.Index) error {
	var faults []error
	for rec, err := range index.Records(ctx) {
		if err != nil {
			return err
		}
		for _, f := range rec.Facts {
			e := f.Evidence
			if e.Status == "" || e.Status.Stale() {
				continue
			}
			doc := rec.Document
			if doc == nil || doc.ID != e.Document {
				if doc, _, err = index.Document(ctx, e.Document); err != nil {
					return err
				}
			}
			if fault := anchorFault(doc, e); fault != "" {
				faults = append(faults, fmt.Errorf("%w: fact %s of document %s: %s", search.ErrDamaged, f.ID, e.Document, fault))
			}
			if len(faults) >= maxAnchors {
				return errors.Join(faults...)
			}
		}
	}
	return errors.Join(faults...)
}

// anchorFault says what is wrong with a place that was found.
func anchorFault(doc *corpus.Document, e corpus.Evidence) string {
	switch {
	case doc == nil:
		return "the document is not in the index"
	case e.Offset < 0 || e.Offset >= e.End || e.End > len(doc.Body):
		return "its words are at a place that the document does not have"
	case e.Status != corpus.AnchorNormalised && doc.Body[e.Offset:e.End] != strings.TrimSpace(e.Exact):
		return "its words do not stand where it says"
	}
	return ""
}
