package extract

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"rapport/corpus"
)

// warcMark begins every record of a web archive.
const warcMark = "WARC/"

// warcVersion matches the first line of a record.
var warcVersion = regexp.MustCompile(`^WARC/\d\.\d+[ \t]*\r?\n`)

// isWARC reports whether data is a web archive that is not compressed.
func isWARC(data []byte) bool { return warcVersion.Match(data[:min(len(data), 64)]) }

// readWARC reads a web archive (WARC 1.0 and 1.1, ISO 28500). Every response,
// resource and conversion in it is a member, named by the number of its
// record, with the address and the day of its capture; a revisit is one when
// it shows the bytes of another address. Redirects, answers that are errors
// and revisits of the same address hold no text of their own and are reasons
// for their own paths. An archive that is cut off or damaged yields what
// stands before the fault.
func (j *job) readWARC(f File, in io.Reader) error {
	a := webArchive{job: j, file: f, in: bufio.NewReaderSize(in, 64<<10), known: map[string]visit{}}
	for {
		err := a.record()
		if errors.Is(err, io.EOF) {
			return j.ifAny(f)
		}
		if err != nil {
			return err
		}
	}
}

// webArchive is a web archive that is being read.
type webArchive struct {
	job    *job
	file   File
	in     *bufio.Reader
	number int              // of the record
	known  map[string]visit // what was captured, by record ID and by digest of the payload
	kept   int64            // bytes of payloads in known
}

// record reads one record. The error is io.EOF at the end of the archive.
func (a *webArchive) record() error {
	line, err := a.firstLine()
	if err != nil {
		return err
	}
	a.number++
	if !warcVersion.Match(line) {
		return fmt.Errorf("record %d does not begin with its version", a.number)
	}
	fields, err := readFields(a.in)
	if err != nil {
		return fmt.Errorf("record %d is cut off in its header: %w", a.number, err)
	}
	size, err := strconv.ParseInt(fields["content-length"], 10, 64)
	if err != nil || size < 0 {
		return fmt.Errorf("record %d does not say how long it is", a.number)
	}
	block := &recordBlock{from: a.in, left: size}
	if err := a.content(fields, block); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, block); err != nil {
		return fmt.Errorf("record %d: %w", a.number, err)
	}
	return nil
}

// firstLine returns the next line that is not blank.
func (a *webArchive) firstLine() ([]byte, error) {
	for {
		line, err := a.in.ReadSlice('\n')
		switch {
		case len(bytes.TrimSpace(line)) > 0:
			return line, nil
		case errors.Is(err, io.EOF):
			return nil, io.EOF
		case err != nil:
			return nil, fmt.Errorf("after record %d: %w", a.number, err)
		}
	}
}

// content reads the block of a record, according to its type.
func (a *webArchive) content(fields map[string]string, block io.Reader) error {
	v := visit{
		url:      strings.Trim(fields["warc-target-uri"], "<>"),
		captured: warcDate(fields["warc-date"]),
	}
	member := a.file.holding(strconv.Itoa(a.number), "")
	member.capture = &capture{v.url, v.captured, "WARC-Date"}
	switch fields["warc-type"] {
	case "response":
		if strings.HasPrefix(v.url, "dns:") {
			return nil
		}
		return a.response(member, fields, v, block)
	case "resource", "conversion":
		return a.payload(member, fields, v, fields["content-type"], block)
	case "revisit":
		return a.revisit(member, fields, v)
	case "continuation":
		a.job.members++
		return a.job.skipMember(member, member.skip(corpus.SkipUnsupported, errors.New("a page in several records: join the segments first")))
	}
	return nil // about the archive or a request, or of a type to come: to be passed over (ISO 28500, 5.5)
}

// response reads the answer of a web server.
func (a *webArchive) response(member File, fields map[string]string, v visit, block io.Reader) error {
	r, err := readResponse(block)
	if err == nil && r.status/100 != 2 {
		err = r.refusal()
	}
	if err == nil {
		return a.payload(member, fields, v, r.fields["content-type"], r.body)
	}
	a.job.members++
	return a.job.skipMember(member, asSkip(member, err))
}

// payload reads what a record shows of an address.
func (a *webArchive) payload(member File, fields map[string]string, v visit, contentType string, in io.Reader) error {
	data, err := a.job.unpack(in)
	switch {
	case a.job.beyondLimits():
		return err
	case err != nil:
		return a.job.skipMember(member, asSkip(member, err))
	}
	v.data, v.contentType = data, contentType
	a.remember(fields, v)
	return a.show(member, v)
}

// show reads a member whose bytes are known.
func (a *webArchive) show(member File, v visit) error {
	name, charset, kind := webName(v.url, v.contentType)
	if isPagePart(kind) {
		return a.job.skipMember(member, member.skip(corpus.SkipUnsupported, fmt.Errorf("%s", kind)))
	}
	member.name, member.charset, member.Data = name, charset, v.data
	return a.job.memberFile(member)
}

// warcDate returns the day of a capture in the form of W3C-DTF, as far as it
// is stated.
func warcDate(s string) corpus.Date {
	day, _, _ := strings.Cut(s, "T")
	date, err := corpus.ParseDate(day)
	if err != nil {
		return corpus.Date{}
	}
	return date
}

// recordBlock reads the bytes of one record and fails when some are missing.
type recordBlock struct {
	from io.Reader
	left int64
}

// Read reads bytes of the record.
func (b *recordBlock) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	n, err := b.from.Read(p[:min(int64(len(p)), b.left)])
	if b.left -= int64(n); b.left > 0 && errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
