package corpus

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// LineFormat is the Format of items that are a line of a JSON Lines file.
const LineFormat = "jsonl"

// IsLinesFile reports whether the name is that of a JSON Lines file, which
// stands for its lines.
func IsLinesFile(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return strings.HasSuffix(name, ".jsonl") || strings.HasSuffix(name, ".ndjson")
}

// yieldFile yields the item, or its lines when it is a JSON Lines file. A file
// that ends in the middle, as a damaged gzip file does, is yielded as a
// *SkipError after the lines that could be read.
func yieldFile(ctx context.Context, item Item, maxLine int, yield func(Item, error) bool) bool {
	if !IsLinesFile(item.Path) || IsFactsFile(item.Path) {
		return yield(item, nil)
	}
	in, err := item.Open()
	if err != nil {
		return yield(Item{}, item.skip(SkipUnreadable, err))
	}
	defer in.Close()
	content := io.Reader(in)
	if strings.HasSuffix(strings.ToLower(item.Path), ".gz") {
		if content, err = gzip.NewReader(in); err != nil {
			return yield(Item{}, item.skip(SkipCorrupt, err))
		}
	}
	return yieldLines(ctx, item, bufio.NewReaderSize(content, 64<<10), maxLine, yield)
}

// yieldLines yields an item for every line that is not blank.
func yieldLines(ctx context.Context, file Item, in *bufio.Reader, maxLine int, yield func(Item, error) bool) bool {
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			yield(Item{}, err)
			return false
		}
		line, tooLong, err := boundedLine(in, maxLine)
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
		}
		record := lineItem(file, n, line)
		switch {
		case tooLong:
			if !yield(Item{}, record.skip(SkipTooLarge, fmt.Errorf("a line longer than %d bytes", maxLine))) {
				return false
			}
		case len(bytes.TrimSpace(line)) > 0 && (err == nil || err == io.EOF):
			if !yield(record, nil) {
				return false
			}
		}
		switch {
		case err == io.EOF:
			return true
		case err != nil:
			return yield(Item{}, file.skip(lineFault(err), fmt.Errorf("line %d: %w", n, err)))
		}
	}
}

// lineItem returns the item for a line of a file.
func lineItem(file Item, n int, line []byte) Item {
	return Item{
		Source: file.Source, Path: fmt.Sprintf("%s!%d", file.Path, n), Size: int64(len(line)), File: file.File, Format: LineFormat,
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(line)), nil },
	}
}

// lineFault tells damage of the content from a refusal of the file system.
func lineFault(err error) SkipReason {
	if errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, io.ErrUnexpectedEOF) ||
		strings.HasPrefix(err.Error(), "flate:") {
		return SkipCorrupt
	}
	return SkipUnreadable
}

// boundedLine returns the next line without its line feed, in memory of its own.
// It reads over the rest of a line of more than limit bytes, and then returns
// its first limit bytes and true. The error is io.EOF at the end, together
// with the last line.
func boundedLine(in *bufio.Reader, limit int) (line []byte, tooLong bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if room := limit + 1 - len(line); len(part) > room { // one more for the line feed
			tooLong = true
			part = part[:room]
		}
		line = append(line, part...)
		if err != bufio.ErrBufferFull {
			line = bytes.TrimSuffix(line, []byte("\n"))
			if len(line) > limit {
				line, tooLong = line[:limit], true
			}
			return line, tooLong, err
		}
	}
}
