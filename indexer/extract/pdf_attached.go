package extract

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"rapport/corpus"
)

// The limits of the files in a PDF.
const (
	maxPDFAttached      = 1000
	maxPDFAttachedBytes = 128 << 20
)

// attachment is a file in a mail or a PDF.
type attachment struct {
	name string
	data []byte
	err  error // why there are no data
}

// pdfAttached returns the files that are attached to an open PDF.
func pdfAttached(library pdfium.Pdfium, document references.FPDF_DOCUMENT) []attachment {
	count, err := library.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: document})
	if err != nil {
		return nil
	}
	var list []attachment
	room := maxPDFAttachedBytes
	for i := range count.AttachmentCount {
		if i == maxPDFAttached {
			return append(list, attachment{err: faultf(corpus.SkipTooLarge, "%d files are attached, the limit is %d", count.AttachmentCount, maxPDFAttached)})
		}
		a := pdfAttachment(library, document, i)
		if room -= len(a.data); room < 0 {
			return append(list, attachment{name: a.name, err: faultf(corpus.SkipTooLarge, "the attached files have more than %d bytes", maxPDFAttachedBytes)})
		}
		list = append(list, a)
	}
	return list
}

// pdfAttachment returns one of the files.
func pdfAttachment(library pdfium.Pdfium, document references.FPDF_DOCUMENT, index int) attachment {
	var a attachment
	handle, err := library.FPDFDoc_GetAttachment(&requests.FPDFDoc_GetAttachment{Document: document, Index: index})
	if err != nil {
		a.err = fmt.Errorf("attached file %d: %w", index+1, err)
		return a
	}
	if name, err := library.FPDFAttachment_GetName(&requests.FPDFAttachment_GetName{Attachment: handle.Attachment}); err == nil {
		a.name = memberName(name.Name)
	}
	file, err := library.FPDFAttachment_GetFile(&requests.FPDFAttachment_GetFile{Attachment: handle.Attachment})
	if err != nil {
		a.err = fmt.Errorf("attached file %d: %w", index+1, err)
		return a
	}
	a.data = file.Contents
	return a
}

// attached reads the files that are attached to f, the members from the given
// number on.
func (j *job) attached(f File, list []attachment, number int) error {
	for i, a := range list {
		label := strconv.Itoa(number + i)
		if a.err != nil {
			j.members++
			member := f.holding(label, a.name)
			if err := j.skipMember(member, asSkip(member, a.err)); err != nil {
				return err
			}
			continue
		}
		if err := j.member(f, a.name, label, bytes.NewReader(a.data)); err != nil {
			return err
		}
	}
	return nil
}
