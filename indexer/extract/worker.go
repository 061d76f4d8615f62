package extract

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"rapport/corpus"
)

// A parent and its worker talk over pipes. The parent writes a request, one
// line of JSON, and then the bytes of the file. The worker answers with JSON
// values: one with a document or a reason for every result, and one with Done
// at the end.

// workRequest announces the bytes of a file.
type workRequest struct {
	Source, Path, Format string

	Size     int64
	MaxBytes int64
	MaxText  int64
	Timeout  time.Duration

	Name       string               `json:",omitempty"`
	Capture    *capture             `json:",omitempty"`
	Converted  bool                 `json:",omitempty"`
	Converters map[string]Converter `json:",omitempty"`
	OCR        Converter
}

// workConversion is a file that the parent is to convert.
type workConversion struct {
	Path, Name string
	Capture    *capture
	OCR        bool
	Data       []byte
}

// workAnswer is one result of reading a file.
type workAnswer struct {
	Document *corpus.Document  `json:",omitempty"`
	Path     string            `json:",omitempty"` // of what is skipped
	Reason   corpus.SkipReason `json:",omitempty"`
	Detail   string            `json:",omitempty"`
	Convert  *workConversion   `json:",omitempty"`
	Done     bool              `json:",omitempty"`
}

// ServeWorker reads the files that a Pool sends on in and answers on out, until
// in ends. It is the whole work of a worker process, which must not write to
// files from then on. The folder cache is the one of PoolOptions.
func ServeWorker(in io.Reader, out io.Writer, cache string) error {
	if err := limitWorker(); err != nil {
		return err
	}
	engine := NewPDFEngine(cache)
	defer engine.Close()
	requests := bufio.NewReaderSize(in, 64<<10)
	answers := bufio.NewWriterSize(out, 64<<10)
	encoder := json.NewEncoder(answers)
	encoder.SetEscapeHTML(false)
	for {
		line, err := requests.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading a request: %w", err)
		}
		var r workRequest
		if err := json.Unmarshal(line, &r); err != nil {
			return fmt.Errorf("reading a request: %w", err)
		}
		data := make([]byte, r.Size)
		if _, err := io.ReadFull(requests, data); err != nil {
			return fmt.Errorf("reading a file: %w", err)
		}
		if err := answer(encoder, r, data, engine); err != nil {
			return err
		}
		if err := answers.Flush(); err != nil {
			return fmt.Errorf("answering: %w", err)
		}
	}
}

// answer reads one file and writes what it finds.
func answer(out *json.Encoder, r workRequest, data []byte, engine *PDFEngine) error {
	f := File{Source: r.Source, Path: r.Path, Format: r.Format, Data: data, name: r.Name, capture: r.Capture, converted: r.Converted}
	o := Options{MaxBytes: r.MaxBytes, MaxText: r.MaxText, Timeout: r.Timeout, PDF: engine, Converters: r.Converters, OCR: r.OCR, deferred: true}
	for r := range results(context.Background(), f, o) {
		a := workAnswer{Document: r.document}
		if c := r.convert; c != nil {
			a.Convert = &workConversion{c.Path, c.name, c.capture, c.ocr, c.Data}
		}
		var skip *corpus.SkipError
		if errors.As(r.err, &skip) {
			a.Path, a.Reason = skip.Path, skip.Reason
			if skip.Err != nil {
				a.Detail = skip.Err.Error()
			}
		}
		if err := out.Encode(a); err != nil {
			return fmt.Errorf("answering: %w", err)
		}
	}
	return out.Encode(workAnswer{Done: true})
}
