package extract

import (
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// pdfNotes returns what stands on a page without being part of it: what
// readers have written on it and beside it, and what was filled in.
func pdfNotes(library pdfium.Pdfium, page requests.Page) []string {
	count, err := library.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: page})
	if err != nil {
		return nil
	}
	var notes []string
	for i := range count.Count {
		annotation, err := library.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: page, Index: i})
		if err != nil {
			continue
		}
		if note := strings.TrimSpace(pdfNote(library, annotation.Annotation)); note != "" {
			notes = append(notes, note)
		}
		_, _ = library.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: annotation.Annotation})
	}
	return notes
}

// unwritten are the kinds of annotations whose text nobody wrote for readers,
// or that repeat that of another one.
var unwritten = map[enums.FPDF_ANNOTATION_SUBTYPE]bool{
	enums.FPDF_ANNOT_SUBTYPE_LINK: true, enums.FPDF_ANNOT_SUBTYPE_POPUP: true, enums.FPDF_ANNOT_SUBTYPE_PRINTERMARK: true,
	enums.FPDF_ANNOT_SUBTYPE_TRAPNET: true, enums.FPDF_ANNOT_SUBTYPE_REDACT: true,
}

// pdfNote returns the text of an annotation (ISO 32000-1, 12.5): its contents,
// or the value of a field of a form. What is not shown has none.
func pdfNote(library pdfium.Pdfium, annotation references.FPDF_ANNOTATION) string {
	kind, err := library.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: annotation})
	if err != nil || unwritten[kind.Subtype] {
		return ""
	}
	flags, err := library.FPDFAnnot_GetFlags(&requests.FPDFAnnot_GetFlags{Annotation: annotation})
	if err != nil || flags.Flags&(enums.FPDF_ANNOT_FLAG_HIDDEN|enums.FPDF_ANNOT_FLAG_NOVIEW) != 0 {
		return ""
	}
	if kind.Subtype != enums.FPDF_ANNOT_SUBTYPE_WIDGET {
		return pdfNoteValue(library, annotation, "Contents")
	}
	switch pdfNoteValue(library, annotation, "FT") {
	case "Tx", "Ch": // text and choices; the value of a button is a name for programs
		return pdfNoteValue(library, annotation, "V")
	}
	return ""
}

func pdfNoteValue(library pdfium.Pdfium, annotation references.FPDF_ANNOTATION, key string) string {
	value, err := library.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: annotation, Key: key})
	if err != nil {
		return ""
	}
	return strings.ReplaceAll(strings.ToValidUTF8(value.Value, "\uFFFD"), "\r", "\n")
}
