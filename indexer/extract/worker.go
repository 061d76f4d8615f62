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
// line of JSON, and then the bytes of the file. The worker answers in the same
// way: a workAnswer with a document or a reason for every result, and one with
// Done at the end. At its first PDF the worker answers that it meets one, and the
// parent replies, in a line of JSON, where the compiled PDF reader is.

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

// workReply says where the compiled PDF reader is, empty for nowhere.
type workReply struct{ Cache string }

// ServeWorker reads the files that a Pool sends on in and answers on out, until
// in ends. It is the whole work of a worker process, which must not write to
// files from then on.
func ServeWorker(in io.Reader, out io.Writer) error {
	if err := limitWorker(); err != nil {
		return err
	}
	engine := &PDFEngine{lost: true}
	defer engine.Close()
	requests := bufio.NewReaderSize(in, 64<<10)
	answers := bufio.NewWriterSize(out, 64<<10)
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
		if err := answer(requests, answers, r, data, engine); err != nil {
			return err
		}
		if err := answers.Flush(); err != nil {
			return fmt.Errorf("answering: %w", err)
		}
	}
}

// answer reads one file and writes what it finds.
func answer(in *bufio.Reader, out *bufio.Writer, r workRequest, data []byte, engine *PDFEngine) error {
	f := File{Source: r.Source, Path: r.Path, Format: r.Format, Data: data, name: r.Name, capture: r.Capture, converted: r.Converted}
	o := Options{MaxBytes: r.MaxBytes, MaxText: r.MaxText, Timeout: r.Timeout, PDF: engine, Converters: r.Converters, OCR: r.OCR, deferred: true}
	for r := range results(context.Background(), f, o) {
		if r.cache != nil {
			cache, err := askCache(in, out)
			if err != nil {
				return err
			}
			r.cache <- cache
			continue
		}
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
		if err := a.writeTo(out); err != nil {
			return err
		}
	}
	return workAnswer{Done: true}.writeTo(out)
}

// askCache asks the parent where the compiled PDF reader is.
func askCache(in *bufio.Reader, out *bufio.Writer) (string, error) {
	if err := (workAnswer{PDF: true}).writeTo(out); err != nil {
		return "", err
	}
	if err := out.Flush(); err != nil {
		return "", fmt.Errorf("asking for the PDF reader: %w", err)
	}
	line, err := in.ReadBytes('\n')
	if err != nil {
		return "", fmt.Errorf("asking for the PDF reader: %w", err)
	}
	var r workReply
	if err := json.Unmarshal(line, &r); err != nil {
		return "", fmt.Errorf("asking for the PDF reader: %w", err)
	}
	return r.Cache, nil
}
