package corpus

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// MaxFactLine is the longest record of a facts file in JSON Lines or CSV, in
// bytes.
const MaxFactLine = 1 << 20

// jsonl reads one fact a line. Empty lines are passed over.
func (r *factReader) jsonl(in io.Reader) {
	lines := bufio.NewReaderSize(in, 64<<10)
	for number := 1; ; number++ {
		line, tooLong, err := readLine(lines)
		if err != nil && !errors.Is(err, io.EOF) {
			r.yield(LocatedFact{}, fmt.Errorf("reading %s: %w", r.file, err))
			return
		}
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		more := true
		switch {
		case tooLong:
			more = r.fail(number, "the line is longer than %d KiB", MaxFactLine>>10)
		case len(bytes.TrimSpace(line)) > 0:
			more = r.jsonLine(line, number)
		}
		if !more || err != nil {
			return
		}
	}
}

// jsonLine reads the fact of one line.
func (r *factReader) jsonLine(line []byte, number int) bool {
	n, err := jsonNode(line, number)
	if err != nil {
		return r.fail(number, "not valid JSON: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	return r.fact(n, "")
}

// readLine returns the next line without its end. Of a line beyond
// MaxFactLine it returns nothing and passes over the rest.
func readLine(r *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) > MaxFactLine {
			line, tooLong = nil, true
		}
		if !tooLong {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimSuffix(line, []byte("\n")), tooLong, err
		}
	}
}

// maxDepth is how deep a fact may be nested. The deepest legal place is an
// item of a list in a field.
const maxDepth = 16

// jsonNode parses one JSON value on one line.
func jsonNode(data []byte, line int) (node, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	n, err := jsonValue(decoder, line, 0)
	if errors.Is(err, io.EOF) {
		return node{}, errors.New("the line ends before the fact does")
	}
	if err != nil {
		return node{}, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return node{}, errors.New("there is more on the line than one fact")
	}
	return n, nil
}

func jsonValue(decoder *json.Decoder, line, depth int) (node, error) {
	token, err := decoder.Token()
	if err != nil {
		return node{}, err
	}
	n := node{line: line, kind: scalarNode}
	switch value := token.(type) {
	case nil:
		n.kind = nullNode
	case string:
		n.text = value
	case json.Number:
		n.text = value.String()
	case bool:
		n.text = fmt.Sprint(value)
	case json.Delim:
		if depth == maxDepth {
			return node{}, fmt.Errorf("nested deeper than %d levels", maxDepth)
		}
		return jsonContainer(decoder, value, line, depth)
	}
	return n, nil
}

// jsonContainer reads a list or an object up to its closing bracket.
func jsonContainer(decoder *json.Decoder, open json.Delim, line, depth int) (node, error) {
	n := node{line: line, kind: listNode}
	if open == '{' {
		n.kind = objectNode
	}
	for decoder.More() {
		name := ""
		if n.kind == objectNode {
			token, err := decoder.Token()
			if err != nil {
				return node{}, err
			}
			name = token.(string) // the decoder lets only strings be names
		}
		value, err := jsonValue(decoder, line, depth+1)
		if err != nil {
			return node{}, err
		}
		if n.kind == objectNode {
			n.fields = append(n.fields, field{name, line, value})
		} else {
			n.items = append(n.items, value)
		}
	}
	_, err := decoder.Token()
	return n, err
}
