package extract

import (
	"errors"
	"fmt"

	"rapport/corpus"
)

// maxKeptPayloads is how many bytes of an archive are kept for the revisits
// that may refer to them.
const maxKeptPayloads = 64 << 20

// visit is what a record of a web archive says of an address.
type visit struct {
	url         string
	captured    corpus.Date
	contentType string
	data        []byte // nil when it is not kept
}

// remember notes a capture, for revisits to refer to.
func (a *webArchive) remember(fields map[string]string, v visit) {
	if a.kept+int64(len(v.data)) > maxKeptPayloads {
		v.data = nil
	}
	a.kept += int64(len(v.data))
	for _, key := range []string{fields["warc-record-id"], fields["warc-payload-digest"]} {
		if _, twice := a.known[key]; key != "" && !twice {
			a.known[key] = v
		}
	}
}

// revisit reads a record that says that an address showed what it, or another
// one, had shown before. The bytes are those of the former record.
func (a *webArchive) revisit(member File, fields map[string]string, v visit) error {
	former, found := a.known[fields["warc-refers-to"]]
	if !found {
		former, found = a.known[fields["warc-payload-digest"]]
	}
	if url := fields["warc-refers-to-target-uri"]; url != "" && !found {
		former = visit{url: url, captured: warcDate(fields["warc-refers-to-date"])}
	}
	switch {
	case former.url == v.url || former.url == "":
		a.job.members++
		return a.job.skipMember(member, member.skip(corpus.SkipDuplicate, unchangedSince(former)))
	case former.data == nil:
		a.job.members++
		return a.job.skipMember(member, member.skip(corpus.SkipNoText, fmt.Errorf("shows what %s did, which this archive does not hold", former.url)))
	}
	if a.job.members++; a.job.beyondLimits() {
		return faultf(corpus.SkipTooLarge, "more than %d pages in it", maxMembers)
	}
	former.url = v.url
	return a.show(member, former)
}

// unchangedSince says that a page was captured before.
func unchangedSince(v visit) error {
	if v.captured.IsZero() {
		return errors.New("the page had not changed since an earlier capture")
	}
	return fmt.Errorf("the page had not changed since its capture on %s", v.captured)
}
