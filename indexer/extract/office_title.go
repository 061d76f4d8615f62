package extract

import (
	"regexp"

	"rapport/corpus"
)

// genericTitle matches titles that programs write when nobody gave one.
var genericTitle = regexp.MustCompile(`(?i)^(?:microsoft (?:word|powerpoint|excel) - .*|(?:power ?point|microsoft powerpoint)[ -]*pr[äeé]sentation|presentation\d*|document\d*|slide \d+|folie \d+|untitled.*|unknown|title|book\d*|workbook\d*|sheet ?\d+|no slide title|\S+\.(?:docx?|xlsx?|pptx?|pdf|rtf|odt|indd|qxd|wpd|txt))$`)

// isGenericTitle reports whether a title in metadata says nothing.
func isGenericTitle(title string) bool { return title == "" || genericTitle.MatchString(title) }

// officeTitle gives a document that has no title the one of its first section
// or of its first lines.
func officeTitle(doc *corpus.Document) {
	if doc.Title == "" {
		doc.Title = sectionTitle(doc)
	}
	if doc.Title == "" {
		doc.Title = readHead(doc.Body).title
	}
}
