package extract

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"

	"rapport/corpus"
)

// maxMailDepth is how deep the parts of a mail may be nested.
const maxMailDepth = 20

// readMail reads a mail (RFC 5322, MIME). Its text begins with the lines that
// say from whom to whom it went, when and on what; its date is the date of
// publication. Attachments are documents of their own: the members "2", "3"
// and so on, where "1" would be the text.
func (j *job) readMail(f File) error {
	message, err := mail.ReadMessage(bytes.NewReader(f.Data))
	if err != nil {
		return err
	}
	m := mailReader{}
	fault := m.broken.note("the rest of the mail", m.part(textproto.MIMEHeader(message.Header), message.Body, 0))
	if fault == nil {
		fault = m.broken.err()
	}
	doc := m.document(message.Header)
	if !hasWords(doc.Body) && len(m.attached) == 0 && fault != nil {
		return fault
	}
	if err := j.document(f, formatMail, doc); err != nil {
		return err
	}
	if err := j.attached(f, m.attached, 2); err != nil {
		return err
	}
	return fault // a mail that is cut off or damaged keeps what can be read
}

// mailReader gathers the parts of a mail.
type mailReader struct {
	w        bodyWriter
	attached []attachment
	own      []attachment // those of them that are more than pictures in the text
	broken   faults
}

// part reads a part and those in it. Its error ends the reading of the mail;
// what is wrong with a part alone is noted.
func (m *mailReader) part(h textproto.MIMEHeader, body io.Reader, depth int) error {
	if depth > maxMailDepth {
		return faultf(corpus.SkipTooLarge, "parts nested deeper than %d", maxMailDepth)
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil && kind == "" {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		return m.parts(newPartReader(body, params["boundary"]), kind == "multipart/alternative", depth)
	}
	data, err := io.ReadAll(transferDecoder(h.Get("Content-Transfer-Encoding"), body))
	name := partFileName(h, params)
	switch {
	case isAttachment(h), name != "", kind != "text/plain" && kind != "text/html":
		if len(data) > 0 {
			m.attached = append(m.attached, attachment{name: name, data: data})
			if name != "" && (isAttachment(h) || h.Get("Content-ID") == "") {
				m.own = append(m.own, m.attached[len(m.attached)-1])
			}
		}
		return m.broken.note("the attachment "+firstOf(name, kind), err)
	}
	if textErr := m.text(kind, params["charset"], data); textErr != nil {
		err = textErr
	}
	return m.broken.note("the part "+kind, err)
}

// parts reads the parts of a multipart body; of alternatives the first that is
// plain text, else the last.
func (m *mailReader) parts(r partReader, alternative bool, depth int) error {
	var best *mailReader
	for {
		p, err := r.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			m.take(best)
			return err
		}
		if !alternative {
			if err := m.part(p.Header, p, depth+1); err != nil {
				return err
			}
			continue
		}
		one := &mailReader{}
		cut := one.part(p.Header, p, depth+1)
		best = betterOf(best, one)
		if cut != nil {
			m.take(best)
			return cut
		}
	}
	m.take(best)
	return nil
}

// betterOf returns the first of two alternatives that has words, with the files
// that are attached to the other one, and what is wrong with that when its words
// are missed.
func betterOf(a, b *mailReader) *mailReader {
	if a == nil {
		return b
	}
	if hasWords(a.w.b.String()) {
		a.attached = append(a.attached, b.own...)
		a.own = append(a.own, b.own...)
		return a
	}
	b.attached = append(slices.Clone(a.own), b.attached...)
	b.own = append(a.own, b.own...)
	if !hasWords(b.w.b.String()) {
		b.broken.add(a.broken)
	}
	return b
}

// take adds what another reader gathered.
func (m *mailReader) take(o *mailReader) {
	if o != nil {
		m.w.need(paragraphGap)
		m.w.lines(o.w.b.String())
		m.attached = append(m.attached, o.attached...)
		m.own = append(m.own, o.own...)
		m.broken.add(o.broken)
	}
}

// text writes a part that is text. Its error is that the part is none, whatever
// it says.
func (m *mailReader) text(kind, declared string, data []byte) error {
	text, err := decode(data, declared)
	if err != nil {
		return err
	}
	m.w.need(paragraphGap)
	if kind == "text/html" {
		r := htmlRenderer{w: &m.w}
		r.fragment(text)
		return nil
	}
	m.w.lines(strings.ReplaceAll(text, "\r\n", "\n"))
	return nil
}

// document returns the mail as a document.
func (m *mailReader) document(h mail.Header) *corpus.Document {
	var w bodyWriter
	for _, name := range []string{"From", "To", "Cc", "Date", "Subject"} {
		if value := headerText(h.Get(name)); value != "" {
			w.words(name + ": " + value)
			w.need(lineGap)
		}
	}
	w.need(paragraphGap)
	w.lines(m.w.b.String())
	doc := w.document()
	doc.Title, doc.Author = headerText(h.Get("Subject")), headerText(h.Get("From"))
	if at, err := mail.ParseDate(h.Get("Date")); err == nil && at.Year() > 1970 {
		doc.Published = corpus.On(corpus.DayOf(at))
		doc.Dates.PublishedIn = "Date"
	}
	return doc
}

// headerText returns a value of a header with its encoded words decoded.
func headerText(value string) string {
	words := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	if decoded, err := words.DecodeHeader(value); err == nil {
		value = decoded
	}
	return cleanWords(strings.ToValidUTF8(value, "\uFFFD"))
}

// isAttachment reports whether a part says that it is not to be shown with the
// mail.
func isAttachment(h textproto.MIMEHeader) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(h.Get("Content-Disposition"))), "attachment")
}

// partFileName returns the name of an attachment, empty when it has none.
func partFileName(h textproto.MIMEHeader, contentType map[string]string) string {
	_, params, err := mime.ParseMediaType(h.Get("Content-Disposition"))
	if err == nil && params["filename"] != "" {
		return memberName(headerText(params["filename"]))
	}
	return memberName(headerText(contentType["name"]))
}

func transferDecoder(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

// quotedFrom matches the mark before a line that would else begin a mail.
var quotedFrom = regexp.MustCompile(`(?m)^>(>*From )`)

// readMailbox reads the mails of an mbox file (RFC 4155), members "1", "2" and
// so on.
func (j *job) readMailbox(f File) error {
	number := 0
	for start := 0; start < len(f.Data); {
		end := len(f.Data)
		if next := bytes.Index(f.Data[start+1:], []byte("\nFrom ")); next >= 0 {
			end = start + 1 + next + 1
		}
		_, message, _ := bytes.Cut(f.Data[start:end], []byte("\n"))
		start, number = end, number+1
		if j.members++; j.members > maxMembers {
			return faultf(corpus.SkipTooLarge, "more than %d mails", maxMembers)
		}
		m := f.holding(strconv.Itoa(number), "")
		m.Format, m.Data = formatMail, quotedFrom.ReplaceAll(message, []byte("$1"))
		if err := j.memberFile(m); err != nil {
			return err
		}
	}
	return nil
}
