package main

import (
	"context"
	"errors"
	"fmt"

	"rapport/indexer/datadir"
	"rapport/search/bleve"
)

// verifyCmd is rapport verify.
type verifyCmd struct {
	Quick bool `help:"Compare sizes and counts only, in some milliseconds."`
}

// Help gives the exit codes.
func (verifyCmd) Help() string {
	return `Compares the files of the data directory with their checksums and, when no server runs, the content of the index with
what it says of itself.

Exit status: 0 sound, 1 damaged, 2 error.`
}

// Run verifies and lists what is damaged.
func (c *verifyCmd) Run(ctx context.Context, g *globals, std *streams) error {
	if !hasData(g.Data) {
		return fmt.Errorf("%w in %s", errNoData, g.Data)
	}
	check, err := datadir.Verify(ctx, g.Data, !c.Quick)
	if err != nil {
		return err
	}
	if err := verifyIndex(ctx, g.Data, !c.Quick); err != nil {
		check.Damage = append(check.Damage, datadir.Damage{Path: "index", What: err.Error()})
	}
	if g.JSON {
		if err := printJSON(std.out, check); err != nil {
			return err
		}
	} else if len(check.Damage) == 0 {
		fmt.Fprintf(std.out, "sound: %s, %d bytes read\n", count(check.Files, "file"), check.Bytes)
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

// verifyIndex opens the index and reads it back. A server that owns the
// directory has opened it already.
func verifyIndex(ctx context.Context, path string, full bool) error {
	dir, err := datadir.Open(path)
	if errors.Is(err, datadir.ErrLocked) {
		return nil
	}
	if err != nil {
		return err
	}
	defer dir.Close()
	g, ok, err := dir.Current()
	if err != nil || !ok {
		return err
	}
	index, err := bleve.Open(g.Index(), bleve.Options{Verify: full})
	if err != nil {
		return err
	}
	if full {
		err = index.Verify(ctx)
	}
	return errors.Join(err, index.Close())
}
