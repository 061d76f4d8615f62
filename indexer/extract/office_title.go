package extract

import (
	"regexp"

	"rapport/corpus"
)

// genericTitle matches titles that programs write when nobody gave one.
var genericTitle = regexp.MustCompile(`(?i)^(?:microsoft (?:word|powerpoint|excel) - .*|(?:power ?point|microsoft powerpoint)[ -]*(?:pr[äeé]sentation|presentatie)|` +
	`(?:pr[ée]sentation|presentación de|presentazione standard di|apresentação do|презентация) powerpoint|(?:presentation|document|dokument|documento|документ)\d*|` +
	`(?:slide|folie|diapositiv[ea]|slayt|слайд) \d+|(?:untitled|unbenannt|sans titre|sin título|senza titolo|sem título|без имени|без названия).*|unknown|unbekannt|` +
	`title|titel|titre|título|paper title(?: \(.*)?|(?:book|workbook|mappe|classeur|libro|cartel|книга)\d*|(?:sheet|tabelle|feuil|hoja|foglio|лист) ?\d+|` +
	`(?:no slide title|kein folientitel|diapositive sans titre)|\S+\.(?:docx?|xlsx?|pptx?|pdf|rtf|odt|indd|qxd|wpd|txt))$`)

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
