package extract

import (
	"bytes"
	"context"
	"path"
	"strings"
	"unicode"

	"github.com/gabriel-vasile/mimetype"

	"rapport/corpus"
)

// The formats that documents name.
const (
	formatText     = "text"
	formatMarkdown = "markdown"
	formatHTML     = "html"
	formatLine     = corpus.LineFormat
)

// job is the reading of one file and of what is in it.
type job struct {
	ctx     context.Context
	options Options
	send    func(result) error
}

// read sends the documents of f.
func (j *job) read(f File) error {
	if len(f.Data) == 0 {
		return fault{reason: corpus.SkipEmpty}
	}
	format, err := formatOf(f)
	if err != nil {
		return err
	}
	var doc *corpus.Document
	switch format {
	case formatLine:
		doc, err = readRecord(f, j.options)
	case formatMarkdown:
		doc, err = readMarkdown(f, j.options)
	case formatHTML:
		doc, err = readHTML(f, j.options)
	default:
		doc, err = readText(f, j.options)
	}
	if err != nil {
		return err
	}
	return j.document(f, format, doc)
}

// document completes and sends a document that was read from f.
func (j *job) document(f File, format string, doc *corpus.Document) error {
	if int64(len(doc.Body)) > j.options.MaxText {
		return faultf(corpus.SkipTooLarge, "%d bytes of text, the limit is %d", len(doc.Body), j.options.MaxText)
	}
	if !hasWords(doc.Body) && (doc.Body != "" || !hasWords(doc.Title)) { // a stated title alone can be found
		return fault{reason: corpus.SkipNoText}
	}
	doc.Source, doc.Path, doc.Format = f.Source, f.Path, format
	doc.Digest = corpus.Digest(f.Data)
	if doc.ID == "" {
		doc.ID = corpus.NewID(f.Source, f.Path)
	}
	if doc.Title == "" {
		doc.Title = nameTitle(f.Path)
	}
	if doc.Language == "" {
		doc.Language = detectLanguage(doc.Body)
	}
	return j.send(result{document: doc})
}

// hasWords reports whether a text has a letter or a digit.
func hasWords(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// formatOf tells the format of a file: by what its bytes are, and among
// formats of text by its name.
func formatOf(f File) (string, error) {
	if f.Format == formatLine {
		return formatLine, nil
	}
	kind := mimetype.Detect(f.Data)
	switch {
	case isA(kind, "text/plain"):
		return textFormat(f, kind), nil
	case kind.Is("application/octet-stream"):
		if _, ok := wideEncoding(f.Data); ok || !looksBinary(f.Data) {
			return textFormat(f, kind), nil // an encoding that the library does not know
		}
		return "", fault{reason: corpus.SkipBinary}
	}
	return "", faultf(corpus.SkipUnsupported, "%s", kind)
}

// textFormat tells the formats of text from each other. Markdown is what its
// name says it is, since any text is Markdown.
func textFormat(f File, kind *mimetype.MIME) string {
	switch ext := strings.ToLower(path.Ext(f.Path)); {
	case ext == ".md" || ext == ".markdown" || ext == ".mdown":
		return formatMarkdown
	case ext == ".html" || ext == ".htm" || ext == ".xhtml" || isA(kind, "text/html") || beginsHTML(f.Data):
		return formatHTML
	}
	return formatText
}

// isA reports whether kind or one of the kinds that it is a form of is the
// named one.
func isA(kind *mimetype.MIME, name string) bool {
	for ; kind != nil; kind = kind.Parent() {
		if kind.Is(name) {
			return true
		}
	}
	return false
}

// beginsHTML reports whether data begins as a page does, in an encoding of one
// or two bytes per letter.
func beginsHTML(data []byte) bool {
	head := bytes.ToLower(bytes.ReplaceAll(data[:min(len(data), 512)], []byte{0}, nil))
	head = bytes.TrimLeft(head, "\xef\xbb\xbf\xff\xfe \t\r\n")
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// nameTitle returns the title of a document that has none: the name of its
// file, without folders and extension.
func nameTitle(p string) string {
	file, member, isMember := strings.Cut(path.Base(p), "!")
	name := strings.TrimSuffix(file, path.Ext(file))
	if name == "" {
		name = file
	}
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' || r == ' ' }), " ")
	if isMember {
		name += " " + member
	}
	return name
}
