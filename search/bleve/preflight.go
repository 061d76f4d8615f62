package bleve

import (
	"errors"
	"fmt"
	"hash/crc32"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2/util"
	api "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
	bolt "go.etcd.io/bbolt"
)

// preflight checks an index before the storage engine opens it. When a segment
// of the latest snapshot cannot be read, scorch goes back to an older snapshot
// without a word and deletes what that does not need. So the segments are
// opened here first, and an index with a damaged one is left as it is.
func preflight(dir string, checksums bool) error {
	timeout, err := time.ParseDuration(lockTimeout)
	if err != nil {
		return err
	}
	db, err := bolt.Open(filepath.Join(dir, "root.bolt"), 0o600, &bolt.Options{ReadOnly: true, Timeout: timeout})
	if err != nil {
		return err
	}
	paths, err := latestSegments(db)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	for _, name := range paths {
		if err := checkSegment(filepath.Join(dir, name), checksums); err != nil {
			return fmt.Errorf("segment %s: %w", name, err)
		}
	}
	return nil
}

// latestSegments returns the names of the files of the latest snapshot.
func latestSegments(db *bolt.DB) ([]string, error) {
	var names []string
	err := db.View(func(tx *bolt.Tx) error {
		snapshots := tx.Bucket(util.BoltSnapshotsBucket)
		if snapshots == nil {
			return errors.New("it holds no snapshot")
		}
		key, _ := snapshots.Cursor().Last()
		latest := snapshots.Bucket(key)
		if latest == nil || latest.Bucket(util.BoltInternalKey) == nil {
			return errors.New("its latest snapshot is not complete")
		}
		return latest.ForEachBucket(func(k []byte) error {
			if k[0] == util.BoltInternalKey[0] || k[0] == util.BoltMetaDataKey[0] {
				return nil
			}
			name := latest.Bucket(k).Get(util.BoltPathKey)
			if name == nil {
				return errors.New("a segment of its latest snapshot has no name")
			}
			names = append(names, string(name))
			return nil
		})
	})
	return names, err
}

// checkSegment opens a segment and, when asked to, compares it with its
// checksum, which the storage engine writes and never reads. That takes about
// 0.7 s per gigabyte.
func checkSegment(path string, checksum bool) error {
	opened, err := (&zap.ZapPlugin{}).Open(path)
	if err != nil {
		return err
	}
	if s, ok := opened.(*zap.Segment); ok && checksum {
		err = compareChecksum(s.Data(), s.CRC())
	}
	return errors.Join(err, opened.Close())
}

// compareChecksum compares the bytes of a mapped segment with the checksum at
// its end. It gives back what it has read, as the whole index would be resident
// otherwise.
func compareChecksum(data []byte, sum uint32) error {
	found := uint32(0)
	for rest := data[:max(len(data)-crc32.Size, 0)]; len(rest) > 0; {
		piece := rest[:min(len(rest), checksumPiece)]
		found = crc32.Update(found, crc32.IEEETable, piece)
		releaseMapped(piece)
		rest = rest[len(piece):]
	}
	if len(data) < crc32.Size || found != sum {
		return errors.New("its checksum does not agree")
	}
	return nil
}

// checksumPiece is how much of a segment is resident while it is compared, in
// bytes: a multiple of every size of pages.
const checksumPiece = 8 << 20

// checkFile compares a segment with its checksum, if it is on disk already.
func checkFile(s api.Segment) error {
	z, ok := s.(*zap.Segment)
	if !ok {
		return nil
	}
	return damaged("segment "+z.Path(), compareChecksum(z.Data(), z.CRC()))
}
