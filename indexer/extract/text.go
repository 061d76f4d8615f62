package extract

import (
	"strconv"
	"strings"

	"rapport/corpus"
)

// readText reads a plain text file. Its lines stay as they are; form feeds
// part it into pages. Title and date of publication are those of its head.
func readText(f File, _ Options) (*corpus.Document, error) {
	text, err := decode(f.Data, f.charset)
	if err != nil {
		return nil, err
	}
	doc := textBody(text)
	head := readHead(doc.Body)
	doc.Title, doc.Published = head.title, head.published
	return doc, nil
}

// textBody returns a document with the text as its body.
func textBody(text string) *corpus.Document {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	var w bodyWriter
	if !strings.Contains(strings.Trim(text, "\f\n "), "\f") {
		w.lines(text)
		return w.document()
	}
	number := 0
	for page := range strings.SplitSeq(text, "\f") {
		number++
		w.page(strconv.Itoa(number), "")
		w.lines(page)
	}
	return w.document()
}
