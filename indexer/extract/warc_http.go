package extract

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http/httputil"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"

	"rapport/corpus"
)

// httpResponse is the answer of a web server as an archive keeps it. The
// readers of net/http trust what servers say of the length and the coding of
// an answer; archives keep bodies that were decoded since.
type httpResponse struct {
	status int
	line   string            // "404 Not Found"
	fields map[string]string // by name in lower case
	body   io.Reader         // without the codings of its transfer and content
}

// statusLine matches the first line of an answer (RFC 9112, section 4).
var statusLine = regexp.MustCompile(`^HTTP/[\d.]+ +((\d{3})[^\r\n]*)`)

// readResponse reads the head of an answer.
func readResponse(in io.Reader) (*httpResponse, error) {
	b := bufio.NewReaderSize(in, 64<<10)
	line, err := b.ReadSlice('\n')
	m := statusLine.FindSubmatch(line)
	if m == nil {
		return nil, errors.Join(errors.New("not an answer of a web server"), err)
	}
	r := &httpResponse{line: cleanWords(strings.ToValidUTF8(string(m[1]), "\uFFFD"))}
	r.status, _ = strconv.Atoi(string(m[2])) // three digits
	if r.fields, err = readFields(b); err != nil {
		return nil, fmt.Errorf("the answer is cut off in its header: %w", err)
	}
	r.body = contentDecoder(r.fields["content-encoding"], transferBody(r.fields["transfer-encoding"], b))
	return r, nil
}

// refusal says why an answer holds no page.
func (r *httpResponse) refusal() error {
	if to := r.fields["location"]; to != "" && r.status/100 == 3 {
		return faultf(corpus.SkipNoText, "redirects to %s", shortened(cleanWords(strings.ToValidUTF8(to, "\uFFFD"))))
	}
	return faultf(corpus.SkipNoText, "the server answered %s", r.line)
}

// chunkSize matches the line before a chunk (RFC 9112, section 7.1).
var chunkSize = regexp.MustCompile(`^[0-9A-Fa-f]{1,16}[ \t]*(?:;[^\n]*)?\r?\n`)

// transferBody returns a body without chunks when it has some.
func transferBody(encoding string, in *bufio.Reader) *bufio.Reader {
	if !strings.Contains(strings.ToLower(encoding), "chunked") {
		return in
	}
	if head, _ := in.Peek(256); !chunkSize.Match(head) {
		return in
	}
	return bufio.NewReader(httputil.NewChunkedReader(in))
}

// contentDecoder returns a body without its compression when it has one.
func contentDecoder(encoding string, in *bufio.Reader) io.Reader {
	head, _ := in.Peek(2)
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "gzip", "x-gzip":
		if bytes.Equal(head, []byte{0x1f, 0x8b}) {
			return &lateReader{open: func() (io.Reader, error) { return gzip.NewReader(in) }}
		}
	case "deflate":
		if len(head) == 2 && head[0]&0xf == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return &lateReader{open: func() (io.Reader, error) { return zlib.NewReader(in) }}
		}
		return flate.NewReader(in)
	case "br":
		return brotli.NewReader(in)
	}
	return in
}

// lateReader opens a reader when it is first read, so that a damaged body is
// a fault of reading it.
type lateReader struct {
	open func() (io.Reader, error)
	in   io.Reader
}

// Read opens the reader once and reads from it.
func (l *lateReader) Read(p []byte) (int, error) {
	if l.in == nil {
		var err error
		if l.in, err = l.open(); err != nil {
			return 0, err
		}
	}
	return l.in.Read(p)
}

// maxFields is how many bytes the header of a record or an answer may have.
const maxFields = 1 << 20

// readFields reads the lines "name: value" up to an empty one, the first of
// each name in lower case. A line that begins with a blank continues the one
// before.
func readFields(in *bufio.Reader) (map[string]string, error) {
	fields := map[string]string{}
	last := ""
	for size := 0; ; {
		line, err := in.ReadSlice('\n')
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		if size += len(line); size > maxFields {
			return nil, errors.New("the header is too long")
		}
		text := strings.TrimRight(string(line), " \t\r\n")
		switch {
		case text == "":
			return fields, nil
		case text[0] == ' ' || text[0] == '\t':
			if last != "" {
				fields[last] += " " + strings.TrimSpace(text)
			}
			continue
		}
		name, value, _ := strings.Cut(text, ":")
		name = strings.ToLower(strings.TrimSpace(name))
		last = ""
		if _, twice := fields[name]; !twice {
			fields[name] = strings.TrimSpace(value)
			last = name
		}
	}
}

// webExtensions are the extensions that say what a server says by a media
// type. Others are told by content and by the name in the address.
var webExtensions = map[string]string{
	"text/html": ".html", "application/xhtml+xml": ".xhtml", "text/csv": ".csv", "text/tab-separated-values": ".tsv",
	"text/markdown": ".md", "application/pdf": ".pdf", "message/rfc822": ".eml", "multipart/related": ".mhtml",
}

// webName returns the name by which the format of what an address shows is
// told, and the charset and media type that the server declared.
func webName(address, contentType string) (name, charset, kind string) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind, _, _ = strings.Cut(contentType, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
	}
	if u, err := url.Parse(address); err == nil {
		name = path.Base("/" + u.Path)
		if name == "/" {
			name = u.Hostname()
		}
	}
	name = memberName(name)
	if ext := webExtensions[kind]; ext != "" && !strings.EqualFold(path.Ext(name), ext) {
		name += ext
	}
	return name, params["charset"], kind
}

// isPagePart reports whether a media type is one of files that have no text of
// their own but make pages look and act.
func isPagePart(kind string) bool {
	return kind == "text/css" || strings.HasSuffix(kind, "javascript") || strings.HasPrefix(kind, "font/") || strings.Contains(kind, "/font-") || strings.Contains(kind, "x-font")
}
