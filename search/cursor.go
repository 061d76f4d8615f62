package search

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// cursor is what the opaque text of Request.Cursor holds: a place in the hits
// of one question under one match mode.
type cursor struct {
	Position Position `json:"p"`
	Question string   `json:"q"` // see Fingerprint
	// Match is the effective mode of the first page, so that relaxation is
	// decided once for all pages.
	Match      MatchMode `json:"m"`
	Relaxed    bool      `json:"r,omitempty"`
	Generation string    `json:"g"` // of the page that the cursor comes from
	Before     int       `json:"n"` // hits on the pages before
}

// Fingerprint returns a short hash of what decides which hits an answer has
// and in which order. Limits, facets and snippets do not.
func Fingerprint(q Query, filters Filters, sort Sort, collapse Collapse, verbatim bool) (string, error) {
	data, err := json.Marshal(struct {
		Query    string
		Filters  Filters
		Sort     Sort
		Collapse Collapse
		Verbatim bool
	}{q.String(), filters, sort, collapse, verbatim})
	if err != nil {
		return "", fmt.Errorf("make a cursor: %w", err)
	}
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:9]), nil
}

// String returns the opaque text of the cursor, which is safe in URLs.
func (c *cursor) String() string {
	data, err := json.Marshal(c)
	if err != nil { // strings and numbers only
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

// What to say of a cursor that leads nowhere.
const (
	beginAgain    = "; begin again with the first page"
	damagedCursor = "it is damaged" + beginAgain
)

// parseCursor reads the text of a cursor and checks that it belongs to the
// question with this fingerprint, asked in this mode. The error is a
// ParamErrors that says what to do.
func parseCursor(text, question string, mode MatchMode) (*cursor, error) {
	var c cursor
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(data, &c)
	}
	if err == nil {
		_, err = ParseMatch(string(c.Match))
	}
	switch {
	case err != nil || c.Question == "" || c.Match == "" || c.Before < 0:
		return nil, paramError(paramCursor, text, damagedCursor)
	case c.Question != question:
		return nil, paramError(paramCursor, "", "it belongs to another question, filter or order"+beginAgain)
	case mode != MatchAuto && mode != c.Match:
		return nil, paramError(paramCursor, "", "it belongs to match mode "+string(c.Match)+", not "+string(mode)+beginAgain)
	}
	return &c, nil
}

// paramError returns the error of one part of a request.
func paramError(name, value, message string) error {
	return ParamErrors{{Parameter: name, Value: value, Message: message}}
}
