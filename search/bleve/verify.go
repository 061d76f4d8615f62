package bleve

import (
	"context"
	"fmt"

	zap "github.com/blevesearch/zapx/v17"
)

// Verify reads the whole index and compares it with its checksums. It returns
// an error that wraps search.ErrDamaged when they do not agree.
func (x *Index) Verify(ctx context.Context) error {
	v, err := x.acquire()
	if err != nil {
		return err
	}
	defer v.release()
	return guard("verify "+x.dir, func() error { return v.verify(ctx) })
}

func (v *view) verify(ctx context.Context) error {
	for _, s := range v.segs {
		if err := ctx.Err(); err != nil {
			return err
		}
		z, ok := s.data.(*zap.Segment)
		if !ok {
			continue // not on disk yet
		}
		if err := compareChecksum(z.Data(), z.CRC()); err != nil {
			return damaged(fmt.Sprintf("segment %s", z.Path()), err)
		}
	}
	return nil
}
