package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// MaxFactLine is the longest record of a facts file in JSON Lines or CSV, in
// bytes.
const MaxFactLine = 1 << 20

// jsonl reads one fact a line. Empty lines are passed over.
func (r *factReader) jsonl(in io.Reader) {
	lines := lineReader{in: bufio.NewReaderSize(in, 64<<10)}
	var parser jsonParser
	for number := 1; ; number++ {
		line, tooLong, err := lines.next()
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
			more = r.jsonLine(&parser, line, number)
		}
		if !more || err != nil {
			return
		}
	}
}

// jsonLine reads the fact of one line.
func (r *factReader) jsonLine(parser *jsonParser, line []byte, number int) bool {
	n, err := parser.node(line, number)
	if err != nil {
		return r.fail(number, "not valid JSON: %v", err)
	}
	return r.fact(n, "")
}

// lineReader reads lines, each into the memory of the one before.
type lineReader struct {
	in   *bufio.Reader
	line []byte
}

// next returns the next line without its end. Of a line beyond MaxFactLine it
// returns nothing and passes over the rest.
func (r *lineReader) next() (line []byte, tooLong bool, err error) {
	r.line = r.line[:0]
	for {
		part, err := r.in.ReadSlice('\n')
		if tooLong = tooLong || len(r.line)+len(part) > MaxFactLine; !tooLong {
			r.line = append(r.line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if tooLong {
			return nil, true, err
		}
		return bytes.TrimSuffix(r.line, []byte("\n")), false, err
	}
}

// maxDepth is how deep a fact may be nested. The deepest legal place is an
// item of a list in a field.
const maxDepth = 16

// jsonParser parses JSON values one after another. The zero value is ready.
type jsonParser struct {
	decoder jsontext.Decoder
	data    bytes.Buffer
	line    int
}

// node parses the one JSON value of a line.
func (p *jsonParser) node(data []byte, line int) (node, error) {
	p.line, p.data = line, *bytes.NewBuffer(data)
	// Repeated names are reported as what they are: fields given twice.
	p.decoder.Reset(&p.data, jsontext.AllowDuplicateNames(true))
	n, err := p.value(0)
	if err != nil {
		return node{}, jsonProblem(err)
	}
	if _, err := p.decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return node{}, errors.New("there is more on the line than one fact")
	}
	return n, nil
}

// jsonProblem says what is wrong with a line.
func jsonProblem(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the line ends before the fact does")
	}
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return fmt.Errorf("%w at byte %d of the line", syntax.Err, syntax.ByteOffset+1)
	}
	return err
}

func (p *jsonParser) value(depth int) (node, error) {
	token, err := p.decoder.ReadToken()
	if err != nil {
		return node{}, err
	}
	switch kind := token.Kind(); kind {
	case '{', '[':
		if depth == maxDepth {
			return node{}, fmt.Errorf("nested deeper than %d levels", maxDepth)
		}
		return p.container(kind, depth)
	case 'n':
		return node{line: p.line, kind: nullNode}, nil
	}
	return node{line: p.line, kind: scalarNode, text: token.String()}, nil
}

// container reads a list or an object up to its closing bracket.
func (p *jsonParser) container(open jsontext.Kind, depth int) (node, error) {
	n := node{line: p.line, kind: listNode}
	if open == '{' {
		n.kind, n.fields = objectNode, make([]field, 0, 12>>depth) // a fact has about a dozen, its parts fewer
	}
	for {
		if end := p.decoder.PeekKind(); end == '}' || end == ']' {
			_, err := p.decoder.ReadToken()
			return n, err
		}
		name := ""
		if n.kind == objectNode {
			token, err := p.decoder.ReadToken()
			if err != nil {
				return node{}, err
			}
			name = token.String()
		}
		value, err := p.value(depth + 1)
		if err != nil {
			return node{}, err
		}
		if n.kind == objectNode {
			n.fields = append(n.fields, field{name, p.line, value})
		} else {
			n.items = append(n.items, value)
		}
	}
}
