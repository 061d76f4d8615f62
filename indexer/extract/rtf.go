package extract

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"rapport/corpus"
)

// maxRTFDepth is how deep groups may be nested.
const maxRTFDepth = 10_000

// readRTF reads the Rich Text Format (version 1.9.1): paragraphs, tables with
// separated cells, then notes and comments, headers and footers. Text that is
// hidden or was deleted is left out. Bytes are decoded by the character set of
// their font, else by the code page of the document.
func readRTF(f File, o Options) (*corpus.Document, error) {
	r := rtfReader{data: f.Data, encoding: charmap.Windows1252, fonts: map[int]encoding.Encoding{}, state: rtfState{skipAfter: 1}, limit: o.MaxText}
	if err := r.read(); err != nil {
		return nil, err
	}
	r.flush()
	r.endRunning()
	for _, behind := range []*bodyWriter{&r.notes, &r.headers} {
		r.w.need(paragraphGap)
		r.w.lines(behind.document().Body)
	}
	doc := r.w.document()
	if title := cleanWords(r.title.String()); !isGenericTitle(title) {
		doc.Title = title
	}
	doc.Author = cleanWords(r.author.String())
	doc.Dates.Created, doc.Dates.Modified = r.created.stated("creatim"), r.revised.stated("revtim")
	officeTitle(doc)
	return doc, nil
}

// rtfState is what a group changes until its end.
type rtfState struct {
	target    rtfTarget
	skipAfter int               // bytes that stand for a \u character where it is not known
	encoding  encoding.Encoding // that of the font, nil for the document's
	inCell    bool              // the paragraph stands in a table
	hidden    bool              // the text is not shown
	deleted   bool              // the text was deleted, and the change not accepted yet
}

func (s *rtfState) unseen() bool { return s.hidden || s.deleted }

// rtfTarget is where the text of a group goes.
type rtfTarget int

const (
	rtfBody rtfTarget = iota
	rtfNowhere
	rtfFonts
	rtfNotes
	rtfRunning // a header or footer
	rtfInfo    // between the fields of the document's properties
	rtfTitle
	rtfAuthor
	rtfCreated
	rtfRevised
)

// rtfReader reads RTF in one pass.
type rtfReader struct {
	w, notes         bodyWriter
	running, headers bodyWriter // the header or footer that is read, and all of them
	seen             *running   // headers and footers
	title, author    strings.Builder
	created, revised rtfTime
	encoding         encoding.Encoding
	fonts            map[int]encoding.Encoding
	font             int // the one that the table of fonts describes

	data  []byte
	at    int
	state rtfState
	stack []rtfState
	limit int64

	raw     []byte   // text in the code page that is not decoded yet
	wide    []uint16 // UTF-16 that is not decoded yet
	toSkip  int      // bytes to pass over after a \u character
	starred bool     // the group began with \*
}

func (r *rtfReader) read() error {
	for r.at < len(r.data) {
		switch c := r.data[r.at]; c {
		case '{':
			r.flush()
			if r.stack = append(r.stack, r.state); len(r.stack) > maxRTFDepth {
				return faultf(corpus.SkipTooLarge, "groups nested deeper than %d", maxRTFDepth)
			}
			r.at, r.toSkip, r.starred = r.at+1, 0, false
		case '}':
			r.flush()
			if n := len(r.stack); n > 0 {
				inside := r.state.target
				r.state, r.stack = r.stack[n-1], r.stack[:n-1]
				if inside == rtfRunning && r.state.target != rtfRunning {
					r.endRunning()
				}
			}
			r.at, r.toSkip, r.starred = r.at+1, 0, false
		case '\\':
			r.control()
		case '\r', '\n':
			r.at++
		default:
			r.at++
			r.byte(c)
		}
		if int64(r.w.b.Len()+len(r.raw)) > r.limit {
			return faultf(corpus.SkipTooLarge, "more than %d bytes of text", r.limit)
		}
	}
	return nil
}

// byte takes one byte of text.
func (r *rtfReader) byte(c byte) {
	if r.toSkip > 0 {
		r.toSkip--
		return
	}
	if len(r.wide) > 0 {
		r.flush()
	}
	if r.state.target != rtfNowhere {
		r.raw = append(r.raw, c)
	}
}

// control reads a control word or symbol.
func (r *rtfReader) control() {
	r.at++
	if r.at == len(r.data) {
		return
	}
	start := r.at
	for r.at < len(r.data) && isASCIILetter(r.data[r.at]) {
		r.at++
	}
	if r.at == start {
		r.symbol()
		return
	}
	word := string(r.data[start:r.at])
	start = r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		r.at++
	}
	number, err := strconv.Atoi(string(r.data[start:r.at]))
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	r.word(word, number, err == nil)
}

// symbol reads a control symbol, which is one character.
func (r *rtfReader) symbol() {
	c := r.data[r.at]
	r.at++
	switch c {
	case '\'':
		if r.at+2 <= len(r.data) {
			if value, err := strconv.ParseUint(string(r.data[r.at:r.at+2]), 16, 8); err == nil {
				r.at += 2
				r.byte(byte(value))
			}
		}
	case '*':
		r.starred = true
	case '~':
		r.byte(' ')
	case '_':
		r.byte('-')
	case '-':
	case '\r', '\n':
		r.gap(paragraphGap)
	case '\\', '{', '}':
		r.byte(c)
	}
}

func isASCIILetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// gap asks for a gap in the text.
func (r *rtfReader) gap(g gap) {
	r.flush()
	if w := r.writer(); w != nil {
		w.need(g)
	}
}

// writer returns where text goes now, nil when it is none.
func (r *rtfReader) writer() *bodyWriter {
	switch r.state.target {
	case rtfBody:
		return &r.w
	case rtfNotes:
		return &r.notes
	case rtfRunning:
		return &r.running
	}
	return nil
}

// endRunning takes in the header or footer that ended, if there is one.
func (r *rtfReader) endRunning() {
	if r.seen == nil {
		r.seen = runningInto(&r.headers)
	}
	r.seen.add(r.running.document().Body)
	r.running = bodyWriter{}
}

// flush decodes and writes the text that was gathered.
func (r *rtfReader) flush() {
	var text string
	switch {
	case len(r.wide) > 0:
		text = string(utf16.Decode(r.wide))
	case len(r.raw) > 0:
		enc := r.encoding
		if r.state.encoding != nil {
			enc = r.state.encoding
		}
		decoded, err := enc.NewDecoder().Bytes(r.raw)
		if err != nil {
			decoded = r.raw
		}
		text = strings.ToValidUTF8(string(decoded), "\uFFFD")
	default:
		return
	}
	r.raw, r.wide = r.raw[:0], r.wide[:0]
	if w := r.writer(); w != nil && !r.state.unseen() {
		w.words(text)
	}
	switch r.state.target {
	case rtfTitle:
		r.title.WriteString(text)
	case rtfAuthor:
		r.author.WriteString(text)
	}
}

// codePage returns the encoding of a Windows code page.
func codePage(number int) encoding.Encoding {
	names := map[int]string{932: "shift_jis", 936: "gbk", 949: "euc-kr", 950: "big5", 866: "ibm866", 874: "windows-874", 10000: "macintosh", 65001: "utf-8"}
	name := names[number]
	if name == "" {
		name = "windows-" + strconv.Itoa(number)
	}
	enc, _ := charset.Lookup(name)
	return enc
}
