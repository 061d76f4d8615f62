package corpus

// Document is one text that can be searched, cited and shown.
type Document struct {
	ID    ID     `json:"id"`
	Title string `json:"title"`
	// Body is the rendered text in UTF-8: what a reader sees, without markup
	// and link targets. All offsets into a document count bytes of Body.
	Body      string `json:"body,omitempty"`
	Language  string `json:"language,omitempty"` // ISO 639-1, empty when unknown
	Publisher string `json:"publisher,omitempty"`
	Type      string `json:"type,omitempty"`   // kind of source: press release, speech, fact sheet, topic page
	Format    string `json:"format,omitempty"` // format of the file: text, markdown, html, jsonl, pdf
	URL       string `json:"url,omitempty"`    // where the source was published
	// EditionOf is the work that the source says this is an edition of: its
	// address or any name that the editions share.
	EditionOf string `json:"edition_of,omitempty"`
	Author    string `json:"author,omitempty"`
	Source    string `json:"source"` // name of the source that holds the file
	Path      string `json:"path"`   // relative to the source's root, with forward slashes

	// Published is the day, month or year of publication as the source
	// states it. It is zero when the source does not say: it is never guessed
	// from a file's time or from dates in the text.
	Published Date `json:"published,omitzero"`

	// Dates are the other dates that the source states, and where it does.
	Dates Dates `json:"dates,omitzero"`

	// Pages are the pages or sections of Body in order of Offset. A document
	// without pages of its own has none.
	Pages []Page `json:"pages,omitempty"`

	// Lacks says why parts of the file could not be read, such as damaged pages:
	// what they hold is not in Body. It is empty when all of it was read.
	Lacks []string `json:"lacks,omitempty"`

	// Digest is the SHA-256 of the source bytes in hexadecimal.
	Digest string `json:"digest"`

	// Declared holds what the source itself says the document is about. It
	// wins over computed tags.
	Declared Declared `json:"declared,omitzero"`

	// Tags are what the taxonomy found in, or the source declared for, the
	// document.
	Tags Tags `json:"tags,omitzero"`
}

// Page is a page, a slide, a sheet or a section of a document.
type Page struct {
	Label  string `json:"label"`           // "3", "iv", "Sheet 2"
	Title  string `json:"title,omitempty"` // heading, for sections
	Level  int    `json:"level,omitempty"` // depth of the heading from 1; 0 is a physical page
	Offset int    `json:"offset"`          // of its first byte in Body
}

// Declared is metadata about content that a source states, for instance in
// front matter: partners and topics by identifier, name or alias.
type Declared struct {
	Partners []string `json:"partners,omitempty"`
	Topics   []string `json:"topics,omitempty"`
}

// Tags are the taxonomy's answer to what a document is about. Every tag can
// show the words that earned it.
type Tags struct {
	// Partners are what the document is about: few, salient, or declared.
	Partners []Tag `json:"partners,omitempty"`
	// Mentions are all partners that the text names, a superset of Partners.
	Mentions []Tag `json:"mentions,omitempty"`
	// Topics holds leaf topics. Their groups follow from the taxonomy.
	Topics []Tag `json:"topics,omitempty"`
	// Years are the years and decades that title and text speak of: "2007",
	// "1990s".
	Years []Tag `json:"years,omitempty"`
}

// Tag is one facet value of a document with its evidence.
type Tag struct {
	Value string `json:"value"`
	// Declared reports that the source itself states the tag.
	Declared bool `json:"declared,omitempty"`
	// Count is how often the text earned the tag.
	Count int `json:"count,omitempty"`
	// Evidence is where the tag was earned, at most MaxEvidence places in
	// order of offset. Offsets are into Body; a negative offset is in the
	// title (-1 is its first byte, -2 its second).
	Evidence []Words `json:"evidence,omitempty"`
}

// MaxEvidence is how many places a Tag keeps.
const MaxEvidence = 3

// Words are some words of a text and where they stand.
type Words struct {
	Text   string `json:"text"`
	Offset int    `json:"offset"`
}

// Values returns the values of tags in order.
func Values(tags []Tag) []string {
	values := make([]string, len(tags))
	for i, t := range tags {
		values[i] = t.Value
	}
	return values
}

// PageAt returns the page that holds the byte offset, and whether there is
// one. Pages must be in order of offset.
func (d *Document) PageAt(offset int) (Page, bool) {
	at := -1
	for i, p := range d.Pages {
		if p.Offset > offset {
			break
		}
		at = i
	}
	if at < 0 {
		return Page{}, false
	}
	return d.Pages[at], true
}
