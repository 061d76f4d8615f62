package extract

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"mime"
	"net/mail"
	"net/textproto"
	"path"
	"strconv"
	"strings"

	"rapport/corpus"
)

// isMHTML reports whether a file is a page that a browser saved with all that
// is in it (RFC 2557): a mail in form, which its name or its first lines tell
// from one.
func isMHTML(f File) bool {
	head := bytes.ToLower(f.Data[:min(len(f.Data), 4096)])
	if !bytes.Contains(head, []byte("multipart/related")) || !bytes.Contains(head, []byte("mime-version:")) {
		return false
	}
	switch strings.ToLower(path.Ext(f.fileName())) {
	case ".mht", ".mhtml":
		return true
	}
	return bytes.Contains(head, []byte("\nsnapshot-content-location:")) || bytes.HasPrefix(head, []byte("from: <saved by"))
}

// readMHTML reads a saved page: the first part that is a page, with its
// address and the day when it was saved. Other pages, such as the frames of
// the first one, and documents are members named by the number of their part;
// images and styles are parts of the page. A file that is cut off or damaged
// keeps what can be read.
func (j *job) readMHTML(f File) error {
	message, err := mail.ReadMessage(bytes.NewReader(f.Data))
	if err != nil {
		return err
	}
	parts, fault := savedParts(textproto.MIMEHeader(message.Header), message.Body, 0)
	saved := &capture{URL: message.Header.Get("Snapshot-Content-Location"), In: "Date"}
	if at, err := mail.ParseDate(message.Header.Get("Date")); err == nil && at.Year() > 1970 {
		saved.Captured = corpus.On(corpus.DayOf(at))
	}
	first := true
	for i, p := range parts {
		if !p.isDocument() {
			continue
		}
		capture := *saved
		if !first || capture.URL == "" {
			capture.URL = p.location
		}
		member := File{Source: f.Source, Path: f.Path, name: p.name(), charset: p.charset, capture: &capture, converted: f.converted, Data: p.data}
		if first {
			first = false
			if err := j.savedPage(f, member); err != nil {
				return err
			}
			continue
		}
		member.Path += "!" + strconv.Itoa(i+1)
		if j.members++; j.members > maxMembers {
			return faultf(corpus.SkipTooLarge, "more than %d files in it", maxMembers)
		}
		if err := j.memberFile(member); err != nil {
			return err
		}
	}
	if first && fault == nil {
		return faultf(corpus.SkipNoText, "no page in it")
	}
	return fault
}

// savedPage reads the page that the file was saved for.
func (j *job) savedPage(f, page File) error {
	doc, err := readHTML(page, j.options)
	if err != nil {
		return j.skipMember(f, asSkip(f, err))
	}
	if doc.Title == "" {
		doc.Title = nameTitle(f.fileName())
	}
	f.capture = page.capture
	if err := j.document(f, formatMHTML, doc); err != nil {
		if errors.Is(err, errStopped) {
			return err
		}
		return j.skipMember(f, asSkip(f, err))
	}
	return nil
}

// savedPart is a part of a saved page.
type savedPart struct {
	kind, charset, location string

	data []byte
}

// isDocument reports whether the part is more than an image or a style.
func (p savedPart) isDocument() bool {
	main, _, _ := strings.Cut(p.kind, "/")
	return len(p.data) > 0 && !isPagePart(p.kind) && main != "image" && main != "audio" && main != "video"
}

// name returns the name by which the format is told.
func (p savedPart) name() string {
	name, _, _ := webName(p.location, p.kind)
	return name
}

// savedParts returns the parts of a message in order, and why there are no
// more when it is damaged.
func savedParts(h textproto.MIMEHeader, body io.Reader, depth int) ([]savedPart, error) {
	if depth > maxMailDepth {
		return nil, faultf(corpus.SkipTooLarge, "parts nested deeper than %d", maxMailDepth)
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/html"
	}
	if !strings.HasPrefix(kind, "multipart/") || params["boundary"] == "" {
		data, err := io.ReadAll(transferDecoder(h.Get("Content-Transfer-Encoding"), body))
		return []savedPart{{kind, params["charset"], h.Get("Content-Location"), data}}, err
	}
	var all []savedPart
	var broken faults
	for parts := newPartReader(body, params["boundary"]); ; {
		p, err := parts.next()
		if err == io.EOF {
			return all, broken.err()
		}
		if err != nil {
			return all, cmp.Or(broken.err(), err)
		}
		inner, err := savedParts(p.Header, p, depth+1)
		all = append(all, inner...)
		if err := broken.note("a part", err); err != nil {
			return all, err
		}
	}
}
