package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"

	"rapport/indexer/datadir"
	"rapport/search"
	"rapport/search/bleve"
)

// backupCmd is rapport backup.
type backupCmd struct {
	File string `arg:"" help:"File to write, or - for standard output."`
}

// Help gives examples.
func (backupCmd) Help() string {
	return `Examples:
  rapport backup rapport.tar                                 a tar file, written whole or not at all
  rapport backup - | zstd > rapport.tar.zst                  compressed on the way
  rapport backup - | ssh backup 'cat > rapport.tar'          to another machine, nothing kept here

A running server goes on answering and indexing; the copy is of one moment. It holds the index, its manifest with a checksum of
every file, the taxonomy, and what is known of the sources, but not the source files. rapport restore FILE puts it back.

Exit status: 0 written, 2 failed.`
}

// Run writes a backup, which is whole or not there.
func (c *backupCmd) Run(ctx context.Context, g *globals, std *streams) error {
	o, err := open(ctx, g, std)
	if err != nil {
		return err
	}
	defer o.Close()
	if c.File == "-" {
		return o.Backup(ctx, std.out)
	}
	if err := writeBackup(ctx, o, c.File); err != nil {
		return err
	}
	if g.JSON {
		info, err := os.Stat(c.File)
		if err != nil {
			return err
		}
		return printJSON(std.out, written{File: c.File, Bytes: info.Size()})
	}
	if !g.Quiet {
		fmt.Fprintln(std.err, "wrote", c.File)
	}
	return nil
}

// writeBackup writes a backup beside the file and renames it, so that it is
// whole or not there. What is no file, such as a tape, is written to as it is.
func writeBackup(ctx context.Context, o owner, name string) error {
	name, err := behindLinks(name) // the file is replaced where it is, and a link stays
	if err != nil {
		return err
	}
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s is a folder; name a file in it", name)
	case err == nil && !info.Mode().IsRegular():
		device, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(o.Backup(ctx, device), device.Close())
	}
	part, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.part")
	if err != nil {
		return err
	}
	err = o.Backup(ctx, part)
	err = errors.Join(err, part.Sync(), part.Close())
	if err == nil {
		err = os.Rename(part.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return datadir.SyncFolder(filepath.Dir(name))
}

// maxLinks is how many links may lead to each other.
const maxLinks = 40

// behindLinks returns the file that a name leads to, also where there is none
// yet: a link says where a backup belongs.
func behindLinks(name string) (string, error) {
	for range maxLinks {
		info, err := os.Lstat(name)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			return name, nil // what is wrong with it shows when it is opened
		}
		to, err := os.Readlink(name)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(to) {
			folder, err := filepath.EvalSymlinks(filepath.Dir(name))
			if err != nil {
				return "", err
			}
			to = filepath.Join(folder, to)
		}
		name = to
	}
	return "", fmt.Errorf("%s: its links lead in a circle; name another file", name)
}

// written is what backup says as JSON.
type written struct {
	File  string `json:"file"`
	Bytes int64  `json:"bytes"`
}

// restoreCmd is rapport restore.
type restoreCmd struct {
	File string `arg:"" help:"Backup to read, or - for standard input."`
}

// Help gives examples.
func (restoreCmd) Help() string {
	return `Examples:
  rapport restore rapport.tar                      in the place of the index in --data
  rapport --data ./copy restore rapport.tar        beside it, to look at
  zstd -dc rapport.tar.zst | rapport restore -     from standard input

No server may be running on the directory. Every checksum is compared and the index opened first: a backup that is damaged changes
nothing. The next rapport index goes on from what the backup holds.

Exit status: 0 restored, 2 failed, and all is as it was.`
}

// Run verifies the backup and puts it in the place of the index.
func (c *restoreCmd) Run(ctx context.Context, g *globals, std *streams) error {
	in := std.in
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	dir, err := datadir.Open(g.Data)
	if errors.Is(err, datadir.ErrDamaged) {
		if err = datadir.Mend(g.Data); err == nil {
			dir, err = datadir.Open(g.Data)
		}
	}
	if err != nil {
		if errors.Is(err, datadir.ErrLocked) {
			return fmt.Errorf("%w: a server must be stopped before a backup is restored", err)
		}
		return err
	}
	defer dir.Close()
	info, _, err := dir.Restore(ctx, in, func(fresh datadir.Generation) error {
		index, err := bleve.Open(fresh.Index(), bleve.Options{Verify: true})
		if err != nil {
			return err
		}
		return index.Close()
	})
	if err != nil {
		return err
	}
	if g.JSON {
		return printJSON(std.out, info.Manifest)
	}
	if g.Quiet {
		return nil
	}
	fmt.Fprintf(std.out, "restored generation %s: %s, %s\n", info.Manifest.ID, count(info.Manifest.Documents, "document"), count(info.Manifest.Facts, "fact"))
	return nil
}

// Backup implements owner.
func (s *store) Backup(ctx context.Context, w io.Writer) error {
	g, index, release, err := s.pin(ctx)
	if errors.Is(err, search.ErrNoIndex) {
		return fmt.Errorf("%w to back up", search.ErrNoIndex)
	}
	if err != nil {
		return err
	}
	defer release()
	_, err = s.dir.Backup(ctx, w, g, index.CopyTo)
	return err
}

// Backup implements owner. The server ends its answer with a trailer that
// says whether the backup is whole.
func (r *remote) Backup(ctx context.Context, w io.Writer) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://rapport/control/backup", http.NoBody)
	if err != nil {
		return err
	}
	resp, err := r.client.Do(req)
	if err != nil {
		return fmt.Errorf("asking the server: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return refusal(resp)
	}
	if _, err := io.Copy(w, resp.Body); err != nil {
		return fmt.Errorf("reading the backup from the server: %w", err)
	}
	switch failure := resp.Trailer.Get(failureTrailer); failure {
	case "none":
		return nil
	case "":
		return errors.New("the server ended before the backup was whole")
	default:
		return errors.New(failure)
	}
}

// failureTrailer says after a streamed answer what went wrong, or "none".
const failureTrailer = "Rapport-Failure"

// handleBackup streams a backup.
func handleBackup(o owner) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-tar")
		w.Header().Set("Trailer", failureTrailer)
		failure := "none"
		if err := o.Backup(r.Context(), w); err != nil {
			failure = err.Error()
		}
		w.Header().Set(failureTrailer, failure)
	}
}
