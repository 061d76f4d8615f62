package extract

import (
	"bytes"
	"context"
	"path"
	"strings"
	"unicode"

	"rapport/corpus"
)

// The formats that documents name.
const (
	formatText     = "text"
	formatMarkdown = "markdown"
	formatHTML     = "html"
	formatLine     = corpus.LineFormat
	formatCSV      = "csv"
	formatXML      = "xml"
	formatDOCX     = "docx"
	formatPPTX     = "pptx"
	formatXLSX     = "xlsx"
	formatODT      = "odt"
	formatODP      = "odp"
	formatODS      = "ods"
	formatEPUB     = "epub"
	formatPDF      = "pdf"
	formatRTF      = "rtf"
	formatMail     = "eml"
	formatMailbox  = "mbox"
	formatZIP      = "zip"
	formatTAR      = "tar"
	formatGZIP     = "gz"
	formatZSTD     = "zst"
	formatWARC     = "warc"
	formatMHTML    = "mhtml"
	formatLines    = "lines" // a file of formatLine
)

// job is the reading of one file and of what is in it.
type job struct {
	ctx     context.Context
	options Options
	send    func(result) error

	depth, members int   // of containers in each other, and files in them
	unpacked       int64 // bytes of these files
	waiting        int64 // bytes of those that are to be converted

	labels map[string]int // see label; by the paths of files in archives
}

// read sends the documents of f.
func (j *job) read(f File) error {
	if len(f.Data) == 0 {
		return fault{reason: corpus.SkipEmpty}
	}
	if j.isPackedFacts(f) {
		return errPackedFacts
	}
	if c, ok := j.options.converter(f); ok {
		return j.convert(f, c, false)
	}
	format, err := formatOf(f)
	if err != nil {
		if c, ok := j.options.imageReader(f); ok {
			return j.convert(f, c, true)
		}
		return err
	}
	if err := tooLong(format, f.Data, int64(len(f.Data)), j.options); err != nil {
		return err
	}
	switch format {
	case formatLines:
		return j.readLines(f)
	case formatMarkdown:
		return j.readMarkdown(f)
	case formatMHTML:
		return j.readMHTML(f)
	case formatPDF:
		return j.readPDF(f)
	case formatMail:
		return j.readMail(f)
	case formatMailbox:
		return j.readMailbox(f)
	case formatZIP:
		return j.readZIP(f)
	case formatTAR:
		return j.readTAR(f, bytes.NewReader(f.Data))
	case formatGZIP:
		return j.readGZIP(f)
	case formatZSTD:
		return j.readZSTD(f)
	case formatWARC:
		return j.readWARC(f, bytes.NewReader(f.Data))
	}
	doc, damage := j.readFormat(format, f)
	if doc == nil || damage != nil && !hasWords(doc.Body) {
		return damage
	}
	if err := j.document(f, format, doc); err != nil {
		return err
	}
	return damage
}

// readFormat reads a file of a format that is one document. It returns an error
// beside the document when that is not all that the file should hold.
func (j *job) readFormat(format string, f File) (*corpus.Document, error) {
	o := j.options
	switch format {
	case formatLine:
		return readRecord(f, o)
	case formatHTML:
		return readHTML(f, o)
	case formatCSV:
		return readCSV(f, o)
	case formatXML:
		return readXML(f, o)
	case formatDOCX:
		return readDOCX(f, o)
	case formatPPTX:
		return readPPTX(f, o)
	case formatXLSX:
		return readXLSX(f, o)
	case formatODT, formatODP, formatODS:
		return readODF(f, o)
	case formatEPUB:
		return readEPUB(f, o)
	case formatRTF:
		return readRTF(f, o)
	}
	return readText(f, o)
}

// tooLong refuses a file that is its text, or little more, and is longer than a
// text may be, before time and memory are spent on it. Encodings of two or four
// bytes for a letter may take twice as many.
func tooLong(format string, beginning []byte, size int64, o Options) error {
	switch format {
	case formatText, formatMarkdown, formatHTML, formatCSV:
	default:
		return nil
	}
	most := o.MaxText
	if _, wide := wideEncoding(beginning); wide {
		most *= 2
	}
	if size <= most {
		return nil
	}
	return faultf(corpus.SkipTooLarge, "%d bytes of text, the limit is %d", size, most)
}

// document completes and sends a document that was read from f.
func (j *job) document(f File, format string, doc *corpus.Document) error {
	if int64(len(doc.Body)) > j.options.MaxText {
		return faultf(corpus.SkipTooLarge, "%d bytes of text, the limit is %d", len(doc.Body), j.options.MaxText)
	}
	if n := differentWords(doc.Body); n > maxWords {
		return faultf(corpus.SkipTooLarge, "more than %d different words: a list of codes rather than a text", maxWords)
	}
	if !hasWords(doc.Body) && (doc.Body != "" || !hasWords(doc.Title)) { // a stated title alone can be found
		return fault{reason: corpus.SkipNoText}
	}
	doc.Source, doc.Path, doc.Format = f.Source, f.Path, format
	doc.Digest = corpus.Digest(f.Data)
	if f.capture != nil {
		doc.Dates.Captured = corpus.Stated(f.capture.Captured, f.capture.In)
		if address := webAddress(f.capture.URL); address != "" {
			doc.URL = address // where it was found, whatever the page calls itself
		}
	}
	if doc.ID == "" {
		doc.ID = corpus.NewID(f.Source, f.Path)
	}
	if doc.Title == "" {
		doc.Title = nameTitle(f.fileName())
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
