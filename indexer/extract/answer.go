package extract

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"rapport/corpus"
)

// workAnswer is one result of reading a file: a line of JSON, behind which the
// text of a document, or the bytes of a file to be converted, stand as they
// are. In JSON they would take a buffer of their size more on either side.
type workAnswer struct {
	Document *corpus.Document  `json:",omitempty"`
	Path     string            `json:",omitempty"` // of what is skipped
	Reason   corpus.SkipReason `json:",omitempty"`
	Detail   string            `json:",omitempty"`
	Convert  *workConversion   `json:",omitempty"`
	PDF      bool              `json:",omitempty"` // a workReply is waited for
	Done     bool              `json:",omitempty"`
	Behind   int64             `json:",omitempty"` // bytes behind the line
}

// workConversion is a file that the parent is to convert.
type workConversion struct {
	Path, Name string
	Capture    *capture
	OCR        bool
	Data       []byte `json:"-"`
}

// writeTo writes the answer.
func (a workAnswer) writeTo(out *bufio.Writer) error {
	body := ""
	switch {
	case a.Document != nil:
		bare := *a.Document
		body, bare.Body = bare.Body, ""
		a.Document, a.Behind = &bare, int64(len(body))
	case a.Convert != nil:
		a.Behind = int64(len(a.Convert.Data))
	}
	line, err := json.Marshal(a)
	if err == nil {
		_, err = out.Write(append(line, '\n'))
	}
	if err == nil && a.Convert != nil {
		_, err = out.Write(a.Convert.Data)
	}
	if err == nil {
		_, err = out.WriteString(body)
	}
	if err != nil {
		return fmt.Errorf("answering: %w", err)
	}
	return nil
}

// errLongAnswer means that a worker announces more than it may answer.
var errLongAnswer = errors.New("the answer is too long")

// readAnswer reads an answer with at most that many bytes behind its line.
func readAnswer(in *bufio.Reader, most int64) (a workAnswer, err error) {
	line, err := in.ReadBytes('\n')
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(line, &a); err != nil {
		return a, err
	}
	switch {
	case a.Behind < 0 || a.Behind > most:
		return a, errLongAnswer
	case a.Document != nil:
		var body strings.Builder
		body.Grow(int(a.Behind))
		_, err = io.CopyN(&body, in, a.Behind)
		a.Document.Body = strings.ToValidUTF8(body.String(), "\uFFFD")
	case a.Convert != nil:
		a.Convert.Data = make([]byte, a.Behind)
		_, err = io.ReadFull(in, a.Convert.Data)
	}
	return a, err
}
