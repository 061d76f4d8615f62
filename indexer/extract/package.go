package extract

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"path"
	"strings"

	"rapport/corpus"
)

// The limits of a document that is a ZIP package: the number of its parts, how
// many bytes of them are unpacked for each byte of text that is allowed, for
// markup takes more room than text, and how many times its packed size a part
// may have that is larger than leastUnpacked. Documents reach some tens, what is
// made to exhaust a reader a thousand.
const (
	maxParts      = 20_000
	markupPerText = 4
	leastUnpacked = 16 << 20
	maxExpansion  = 200
)

// officePackage is a document that is a ZIP file with parts of XML in it:
// OOXML, OpenDocument or EPUB.
type officePackage struct {
	parts map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

// openPackage opens a package.
func openPackage(data []byte, o Options) (*officePackage, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	if len(z.File) > maxParts {
		return nil, faultf(corpus.SkipTooLarge, "%d parts, the limit is %d", len(z.File), maxParts)
	}
	p := &officePackage{parts: map[string]*zip.File{}, left: max(leastUnpacked, markupPerText*o.MaxText)}
	for _, f := range z.File {
		name := partName(f.Name)
		if f.Flags&1 != 0 {
			return nil, faultf(corpus.SkipEncrypted, "the part %s is encrypted", name)
		}
		if _, twice := p.parts[name]; !twice {
			p.parts[name] = f
		}
	}
	return p, nil
}

// partName returns a name without a slash before it; names are compared
// without regard to case, as Office does.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// has reports whether the package has a part.
func (p *officePackage) has(name string) bool { return p.parts[partName(name)] != nil }

// errMissing is that a document names a part that its package does not have.
var errMissing = errors.New("it is missing")

// walk sends the events of a part of XML to h. A part that is not there has
// none.
func (p *officePackage) walk(name string, h xmlHandler) error {
	in, err := p.open(name)
	if in == nil || err != nil {
		return err
	}
	defer in.Close()
	return walkXML(in, h)
}

// read returns a part, nil when it is not there.
func (p *officePackage) read(name string) ([]byte, error) {
	in, err := p.open(name)
	if in == nil || err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}

func (p *officePackage) open(name string) (io.ReadCloser, error) {
	f := p.parts[partName(name)]
	if f == nil {
		return nil, nil
	}
	if f.UncompressedSize64 > uint64(p.left) {
		return nil, faultf(corpus.SkipTooLarge, "too large when unpacked")
	}
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	most := uint64(leastUnpacked)
	if f.CompressedSize64 > most/maxExpansion {
		most = f.CompressedSize64 * maxExpansion
	}
	return &limitedPart{ReadCloser: in, left: &p.left, most: int64(min(most, math.MaxInt64))}, nil
}

// limitedPart fails when more than is left of the limit was unpacked, or much
// more than the packed part can hold of a document.
type limitedPart struct {
	io.ReadCloser
	left *int64
	most int64
}

// Read reads unpacked bytes.
func (l *limitedPart) Read(b []byte) (int, error) {
	n, err := l.ReadCloser.Read(b)
	*l.left -= int64(n)
	if l.most -= int64(n); *l.left < 0 || l.most < 0 {
		return 0, faultf(corpus.SkipTooLarge, "too large when unpacked")
	}
	return n, err
}

// relations are the relationships of a part to others of its package.
type relations struct {
	base   string
	byID   map[string]string
	byType map[string][]string // by the last word of the type, in order
}

// relations returns the relationships of a part; "" is the package itself.
func (p *officePackage) relations(part string) (*relations, error) {
	r := &relations{base: path.Dir("/" + part), byID: map[string]string{}, byType: map[string][]string{}}
	dir, file := path.Split(part)
	return r, p.walk(dir+"_rels/"+file+".rels", r)
}

// part returns the first part of a type, and nothing when there is none.
func (r *relations) part(kind string) string {
	if parts := r.byType[kind]; len(parts) > 0 {
		return parts[0]
	}
	return ""
}

func (r *relations) start(name string, attrs []xml.Attr) {
	if name != "Relationship" || attr(attrs, "TargetMode") == "External" {
		return
	}
	target := attr(attrs, "Target")
	if !strings.HasPrefix(target, "/") {
		target = path.Join(r.base, target)
	}
	target = strings.TrimPrefix(target, "/")
	r.byID[attr(attrs, "Id")] = target
	kind := path.Base(attr(attrs, "Type"))
	r.byType[kind] = append(r.byType[kind], target)
}

func (r *relations) end(string)  {}
func (r *relations) text(string) {}

// partHandler takes the events of several parts.
type partHandler interface {
	xmlHandler
	endPart() // ends what a damaged part has left open
}

// walkPart sends the events of a part to h. It notes what is wrong with it, and
// returns what ends the reading of the document.
func (p *officePackage) walkPart(part string, h partHandler, broken *faults) error {
	err := p.walk(part, h)
	if err != nil {
		h.endPart()
	}
	return broken.note(part, err)
}

// walkRelated sends the events of all parts of the given types to h. A damaged
// one does not keep the others from being read.
func (p *officePackage) walkRelated(r *relations, h partHandler, broken *faults, kinds ...string) error {
	for _, kind := range kinds {
		for _, part := range r.byType[kind] {
			if err := p.walkPart(part, h, broken); err != nil {
				return err
			}
		}
	}
	return nil
}

// mainPart returns the part that a package of OOXML says is its document.
func (p *officePackage) mainPart(usual string) (string, error) {
	targets, err := p.relations("")
	if err != nil {
		return "", err
	}
	for _, name := range []string{targets.part("officeDocument"), usual} {
		if p.has(name) {
			return name, nil
		}
	}
	return "", errors.New("the package has no document in it")
}

// coreProperties puts the title, author and language of a package into doc.
// The times of creation and change are no dates of publication.
func (p *officePackage) coreProperties(doc *corpus.Document, part string) error {
	h := &fieldHandler{fields: map[string]string{}}
	if err := p.walk(part, h); err != nil {
		return err
	}
	if title := cleanWords(h.fields["title"]); !isGenericTitle(title) {
		doc.Title = title
	}
	doc.Author = cleanWords(firstOf(h.fields["initial-creator"], h.fields["creator"])) // of OpenDocument, the second is who changed it last
	doc.Publisher = cleanWords(h.fields["publisher"])
	doc.Language = languageCode(h.fields["language"])
	doc.Dates.Created = statedIn(h.fields, "created", "creation-date")
	doc.Dates.Modified = statedIn(h.fields, "modified", "date")
	return nil
}

// fieldHandler gathers the text of elements by their name, the first of each.
type fieldHandler struct {
	fields  map[string]string
	current string
}

func (h *fieldHandler) start(name string, _ []xml.Attr) {
	h.current = name
	if h.fields[name] != "" {
		h.current = ""
	}
}
func (h *fieldHandler) end(string) { h.current = "" }
func (h *fieldHandler) text(s string) {
	if h.current != "" && len(h.fields[h.current]) < maxMetaValue {
		h.fields[h.current] += s
	}
}
