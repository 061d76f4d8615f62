package corpus

// Dates are what a source says about when a document came about, apart from
// Document.Published. None of them stands in for the date of publication.
type Dates struct {
	// PublishedIn says where the source states Document.Published, as In does.
	PublishedIn string `json:"published_in,omitempty"`

	Created  StatedDate `json:"created,omitzero"`  // when it was first written
	Modified StatedDate `json:"modified,omitzero"` // when it was last changed
	Captured StatedDate `json:"captured,omitzero"` // when a web archive copied it
}

// StatedDate is a date and where it is stated.
type StatedDate struct {
	Date Date `json:"date"`
	// In names the field that states it: "WARC-Date", "dcterms:created",
	// "article:modified_time".
	In string `json:"in"`
}

// Stated returns the date with the field that states it, and the zero value
// for the zero date.
func Stated(date Date, in string) StatedDate {
	if date.IsZero() {
		return StatedDate{}
	}
	return StatedDate{Date: date, In: in}
}
