package extract

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"rapport/corpus"
)

// maxXMLDepth is how deep elements may be nested in XML that is read.
const maxXMLDepth = 2000

// xmlHandler receives the events of an XML document. Names are local: a
// namespace tells no two elements of one format apart that matter here.
type xmlHandler interface {
	start(name string, attrs []xml.Attr)
	end(name string)
	text(s string)
}

// errUnended means that XML ends where its first element has not ended.
var errUnended = errors.New("it is cut off: its first element has no end")

// walkXML sends the events of XML to h. Entities that a document declares are
// not expanded. XML that is cut off between two tags is damaged like any other;
// elements without an end inside the first one, as in HTML, are not taken for that.
func walkXML(in io.Reader, h xmlHandler) error {
	d := xml.NewDecoder(in)
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = charset.NewReaderLabel
	depth, first, last := 0, "", ""
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			if depth > 0 && last != first {
				return errUnended
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxXMLDepth {
				return faultf(corpus.SkipTooLarge, "elements nested deeper than %d", maxXMLDepth)
			}
			if first == "" {
				first = t.Name.Local
			}
			last = ""
			h.start(t.Name.Local, t.Attr)
		case xml.EndElement:
			depth--
			last = t.Name.Local
			h.end(t.Name.Local)
		case xml.CharData:
			h.text(string(t))
		}
	}
}

// attr returns the value of the attribute with a local name.
func attr(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// readXML reads XML of any vocabulary as its text: elements are lines, but
// those that stand in the middle of text belong to it. Of XML that is damaged
// it is the text before the damage, which is the error.
func readXML(f File, _ Options) (*corpus.Document, error) {
	in, err := xmlInput(f.Data)
	if err != nil {
		return nil, err
	}
	var t xmlText
	err = walkXML(in, &t)
	if err != nil && !t.wrote {
		return nil, err
	}
	doc := t.w.document()
	doc.Title = cleanWords(t.title.String())
	return doc, err
}

// xmlInput returns data for the decoder, which reads the encoding that a
// declaration names but not UTF-16.
func xmlInput(data []byte) (io.Reader, error) {
	if _, wide := wideEncoding(data); !wide {
		return bytes.NewReader(data), nil
	}
	text, err := decode(data, "")
	if err != nil {
		return nil, err
	}
	if _, rest, ok := strings.Cut(text, "?>"); ok && strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(text, "\uFEFF")), "<?xml") {
		text = rest // the declaration names an encoding that it is no longer in
	}
	return strings.NewReader(text), nil
}

// xmlText writes the text of XML.
type xmlText struct {
	w     bodyWriter
	title strings.Builder
	wrote bool
	// mixed tells of every open element whether text stands in it beside
	// elements.
	mixed   []bool
	gap     gap
	closed  bool // the last event ended an element
	inTitle int
}

func (t *xmlText) start(name string, _ []xml.Attr) {
	if n := len(t.mixed); n == 0 || !t.mixed[n-1] {
		t.gap = lineGap
	}
	t.mixed = append(t.mixed, false)
	t.closed = false
	if t.inTitle > 0 || name == "title" && t.title.Len() == 0 {
		t.inTitle++
	}
}

func (t *xmlText) end(string) {
	if t.inTitle > 0 {
		t.inTitle--
	}
	if n := len(t.mixed); n > 0 {
		t.mixed = t.mixed[:n-1]
	}
	if n := len(t.mixed); n == 0 || !t.mixed[n-1] {
		t.gap = lineGap
	}
	t.closed = true
}

func (t *xmlText) text(s string) {
	if strings.TrimSpace(s) == "" {
		if n := len(t.mixed); n > 0 && t.mixed[n-1] {
			t.w.need(wordGap)
		}
		return
	}
	if t.closed {
		t.gap = noGap // the element that ended stood in the middle of text
	}
	if n := len(t.mixed); n > 0 {
		t.mixed[n-1] = true
	}
	t.w.need(t.gap)
	t.gap, t.closed, t.wrote = noGap, false, true
	t.w.words(s)
	if t.inTitle > 0 {
		t.title.WriteString(s)
	}
}
