package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"rapport/corpus"
)

// factsReader names how facts files are read. Another version reads them
// again.
const factsReader = "facts@2"

// partFacts is how many facts of a file make one record.
const partFacts = 1000

// maxFindings is how many errors of a facts file a report tells.
const maxFindings = 20

// factsFile is a facts file on its way through a run.
type factsFile struct {
	*file
	item   corpus.Item
	source string

	digest   string
	findings []string // errors, at most maxFindings of them
	errors   int      // in all
	count    int      // facts
	// elsewhere are facts that the index has under another entry than the one
	// they go to, in order.
	elsewhere []movedFact
}

// movedFact is a fact that the index has under another entry.
type movedFact struct {
	id   string
	line int
	part int       // that it goes to
	from corpus.ID // the entry that has it
}

// readFacts puts the facts of all facts files that have changed, and deletes
// those of files that are gone. It runs when the documents are as they will
// be.
func (r *run) readFacts(ctx context.Context) error {
	if err := r.deleteGoneFacts(ctx); err != nil {
		return err
	}
	if len(r.facts) == 0 {
		return nil
	}
	if err := r.batch.flush(ctx); err != nil {
		return err
	}
	var fresh []*factsFile
	for _, f := range r.facts {
		again, err := r.compareFacts(ctx, f)
		if err != nil {
			return err
		}
		if again {
			fresh = append(fresh, f)
		}
	}
	if err := r.checkFacts(ctx, fresh); err != nil {
		return err
	}
	for _, f := range fresh {
		if err := r.settleFacts(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// compareFacts reports whether the facts of a file must be read. It accounts
// for a file that has not changed.
func (r *run) compareFacts(ctx context.Context, f *factsFile) (bool, error) {
	var err error
	if f.digest, err = hashItem(f.item); err != nil {
		return false, r.refuseFacts(ctx, f, &corpus.SkipError{Reason: corpus.SkipUnreadable, Err: err})
	}
	if !r.sameFacts(f) || r.x.Options.Reread {
		return true, nil
	}
	f.outcome = unchanged
	r.report.Unchanged++
	delete(r.ledger.Failures, f.place.key())
	if r.x.From != nil {
		return false, r.takeOverFile(ctx, f.file)
	}
	return false, nil
}

// sameFacts reports whether the index has all parts of the file as it is.
func (r *run) sameFacts(f *factsFile) bool {
	if len(f.entries) == 0 || f.rarely().moved != nil && len(f.rarely().moved.entries) > 0 {
		return false
	}
	want, digest := origin{corpus.FactsEntry, r.factsVersion(len(f.entries))}, digestKeyOf(f.digest)
	for _, e := range f.entries {
		if *e.origin != want || e.digest != digest {
			return false
		}
	}
	return true
}

// factsVersion is the version of entries of a facts file of so many parts. The
// number tells a file of which all was written from one that was not.
func (r *run) factsVersion(parts int) string {
	taxonomy := ""
	if r.x.Taxonomy != nil {
		taxonomy = r.x.Taxonomy.Digest()
	}
	return fmt.Sprintf("%s %.16s parts:%d", factsReader, taxonomy, parts)
}

// settleFacts puts a facts file that was checked, or skips it.
func (r *run) settleFacts(ctx context.Context, f *factsFile) error {
	if f.errors > 0 {
		if more := f.errors - len(f.findings); more > 0 {
			f.findings = append(f.findings, fmt.Sprintf("and %d more errors", more))
		}
		return r.refuseFacts(ctx, f, &corpus.SkipError{Reason: corpus.SkipInvalid, Err: errors.New(strings.Join(f.findings, "\n"))})
	}
	same := r.sameFacts(f)
	if err := r.putFacts(ctx, f); err != nil {
		var changed *corpus.SkipError
		if errors.As(err, &changed) {
			return r.refuseFacts(ctx, f, changed)
		}
		return err
	}
	if same {
		f.outcome = unchanged
		r.report.Unchanged++
		return nil
	}
	r.replace(f.file)
	return nil
}

// refuseFacts skips a facts file, of which the index keeps what it has.
func (r *run) refuseFacts(ctx context.Context, f *factsFile, why *corpus.SkipError) error {
	r.skip(f.file, why, f.digest)
	if r.x.From != nil {
		return r.takeOverFile(ctx, f.file)
	}
	return nil
}

// deleteGoneFacts deletes the facts of files that are gone.
func (r *run) deleteGoneFacts(ctx context.Context) error {
	for _, f := range r.files.inOrder() {
		if !f.isFacts() || f.outcome != removed {
			continue
		}
		for _, e := range f.entries {
			if err := r.deleteEntry(ctx, e.id, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// hashItem returns the SHA-256 of an item's bytes in hexadecimal.
func hashItem(item corpus.Item) (string, error) {
	in, err := item.Open()
	if err != nil {
		return "", err
	}
	defer in.Close()
	h := sha256.New()
	if _, err := io.Copy(h, in); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// partPath returns the path of a part of a facts file, counted from 0.
func partPath(path string, part int) string { return path + "#" + strconv.Itoa(part) }

// splitPart returns the path of the facts file that a part belongs to, and
// the number of the part.
func splitPart(path string) (string, int) {
	i := strings.LastIndexByte(path, '#')
	if i < 0 {
		return path, 0
	}
	n, err := strconv.Atoi(path[i+1:])
	if err != nil {
		return path, 0
	}
	return path[:i], n
}
