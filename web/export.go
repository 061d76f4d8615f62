package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"mime"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rapport/search"
	"rapport/web/pages"
)

// manifest says what an export holds. It stands at the head of formats that
// have room for it.
type manifest struct {
	Kind       search.Kind `json:"kind"`
	Question   string      `json:"question"`
	Read       string      `json:"read"`
	Address    string      `json:"address"` // of the page with the same answer
	Generation string      `json:"generation"`
	Rows       int         `json:"rows"`
}

// ending closes an export: one without it was cut off.
type ending struct {
	Rows   int    `json:"rows"`
	SHA256 string `json:"sha256"` // of the rows' bytes as they were sent
}

// format writes an export in one form. Bytes that rows write are counted into
// the checksum.
type format struct {
	extension, media string
	kinds            []search.Kind
	mostRows         int // 0 for no limit
	begin            func(w io.Writer, m manifest) (rowWriter, error)
}

// rowWriter writes the records of an export and its end.
type rowWriter interface {
	row(h *search.Hit) error
	end(e ending, m manifest) error
}

var both = []search.Kind{search.Documents, search.Facts}

// formats lists the forms in which an answer can be taken along.
func formats() []format {
	return []format{
		{"csv", "text/csv; charset=utf-8", both, 0, beginCSV},
		{"json", "application/json", both, 0, beginJSON},
		{"ndjson", "application/x-ndjson", both, 0, beginNDJSON},
		{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", both, sheetRows, beginXLSX},
		{"ris", "application/x-research-info-systems", []search.Kind{search.Documents}, 0, beginRIS},
		{"bib", "application/x-bibtex; charset=utf-8", []search.Kind{search.Documents}, 0, beginBibTeX},
	}
}

// exportBatch is how many records are asked for at a time.
const exportBatch = 500

// export streams all records of an answer: from one snapshot, in its order,
// without a limit of ours.
func (s *server) export(kind search.Kind, f format) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		params := c.QueryParams()
		if err := search.OnlyQuestion(params, kind, "sort"); err != nil {
			return err
		}
		snapshot, err := s.acquireWhole(ctx)
		if err != nil {
			return err
		}
		defer snapshot.Release()
		plan, err := pages.Plan(ctx, snapshot, params, kind)
		if err != nil {
			return err
		}
		first, err := nextBatch(ctx, snapshot, &plan)
		if err != nil {
			return err
		}
		if f.mostRows > 0 && first.Total > f.mostRows {
			p := make400("too_many_rows", fmt.Sprintf("this answer has %d rows, and .%s can hold %d; take .csv, which has no limit", first.Total, f.extension, f.mostRows))
			return &p
		}
		page := map[search.Kind]string{search.Documents: "/search", search.Facts: "/facts"}[kind]
		m := manifest{Kind: kind, Question: params.Get("q"), Read: plan.Query.String(), Generation: snapshot.Generation().String(), Rows: first.Total,
			Address: s.base(c) + pages.Address{Path: page, Params: params}.String()}
		exportHeaders(c.Response().Header(), f, m)
		c.Response().WriteHeader(http.StatusOK)
		if isHead(ctx) {
			return nil
		}
		if err := stream(ctx, c.Response(), snapshot, plan, first, f, m); err != nil {
			// The status is sent: break the connection, so that nobody takes a
			// part for the whole.
			s.log.WarnContext(ctx, "export broken off", "request", requestID(ctx), "error", err)
			panic(http.ErrAbortHandler)
		}
		return nil
	}
}

func exportHeaders(h http.Header, f format, m manifest) {
	h.Set("Content-Type", f.media)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "rapport-" + string(m.Kind) + "." + f.extension}))
	h.Set("Cache-Control", "private, no-cache")
	h.Set("X-Rapport-Generation", m.Generation)
	h.Set("X-Rapport-Rows", strconv.Itoa(m.Rows))
}

// nextBatch asks for the next records of a plan and moves it on.
func nextBatch(ctx context.Context, snapshot search.Snapshot, plan *search.Plan) (*search.Found, error) {
	plan.Limit = exportBatch
	found, err := snapshot.Search(ctx, *plan)
	if err != nil {
		return nil, err
	}
	if n := len(found.Hits); n > 0 {
		after := found.Hits[n-1].Position
		plan.After = &after
	}
	return found, nil
}

func stream(ctx context.Context, w io.Writer, snapshot search.Snapshot, plan search.Plan, batch *search.Found, f format, m manifest) error {
	counted := &countingWriter{w: w}
	rows, err := f.begin(counted, m)
	if err != nil {
		return err
	}
	counted.sum = sha256.New()
	n := 0
	for {
		for i := range batch.Hits {
			if err := rows.row(&batch.Hits[i]); err != nil {
				return err
			}
			n++
		}
		if len(batch.Hits) < exportBatch {
			break
		}
		if batch, err = nextBatch(ctx, snapshot, &plan); err != nil {
			return err
		}
	}
	if n != m.Rows {
		return fmt.Errorf("%d rows were written of %d", n, m.Rows)
	}
	sum := counted.sum
	counted.sum = nil
	return rows.end(ending{n, hex.EncodeToString(sum.Sum(nil))}, m)
}

// countingWriter adds what passes through it to a checksum while it has one.
type countingWriter struct {
	w   io.Writer
	sum hash.Hash
}

func (c *countingWriter) Write(p []byte) (int, error) {
	if c.sum != nil {
		c.sum.Write(p)
	}
	return c.w.Write(p)
}
