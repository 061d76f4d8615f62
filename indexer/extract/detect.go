package extract

import (
	"bytes"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"rapport/corpus"
)

// packageFormats are the formats of documents that are packages, by their
// media type.
var packageFormats = map[string]string{
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   formatDOCX,
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": formatPPTX,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         formatXLSX,
	"application/vnd.oasis.opendocument.text":                                   formatODT,
	"application/vnd.oasis.opendocument.text-template":                          formatODT,
	"application/vnd.oasis.opendocument.presentation":                           formatODP,
	"application/vnd.oasis.opendocument.presentation-template":                  formatODP,
	"application/vnd.oasis.opendocument.spreadsheet":                            formatODS,
	"application/vnd.oasis.opendocument.spreadsheet-template":                   formatODS,
	"application/epub+zip": formatEPUB,
}

// containerFormats are the formats of files that hold files, by media type.
var containerFormats = map[string]string{
	"application/zip": formatZIP, "application/x-tar": formatTAR, "application/gzip": formatGZIP, "application/mbox": formatMailbox, "message/rfc822": formatMail,
}

// packageNames are the same formats by name, for packages whose content does
// not say at once what it is.
var packageNames = map[string]string{
	".docx": formatDOCX, ".docm": formatDOCX, ".dotx": formatDOCX, ".dotm": formatDOCX,
	".pptx": formatPPTX, ".pptm": formatPPTX, ".ppsx": formatPPTX, ".ppsm": formatPPTX, ".potx": formatPPTX,
	".xlsx": formatXLSX, ".xlsm": formatXLSX, ".xltx": formatXLSX, ".xltm": formatXLSX,
	".odt": formatODT, ".ott": formatODT, ".odp": formatODP, ".otp": formatODP, ".ods": formatODS, ".ots": formatODS, ".epub": formatEPUB,
}

// formatOf tells the format of a file: by what its bytes are, and among
// formats of text by its name.
func formatOf(f File) (string, error) {
	if f.Format == formatLine || f.Format == formatMail {
		return f.Format, nil
	}
	if isWARC(f.Data) {
		return formatWARC, nil
	}
	if isZSTD(f.Data) {
		return formatZSTD, nil
	}
	kind := mimetype.Detect(f.Data)
	ext := strings.ToLower(path.Ext(f.fileName()))
	name, _, _ := strings.Cut(kind.String(), ";")
	switch {
	case isMHTML(f):
		return formatMHTML, nil
	case packageFormats[name] != "":
		return packageFormats[name], nil
	case name == "application/pdf" || ext == ".pdf" && bytes.Contains(f.Data[:min(len(f.Data), 1024)], []byte("%PDF-")):
		return formatPDF, nil
	case packageNames[ext] != "" && isA(kind, "application/zip"):
		return packageNames[ext], nil
	case containerFormats[name] != "":
		return containerFormats[name], nil
	case isSealedOffice(f.Data):
		return "", faultf(corpus.SkipEncrypted, "save it without a password")
	case isA(kind, "text/xml") && !isA(kind, "text/html") && ext != ".xhtml" && !strings.Contains(name, "xhtml"):
		return formatXML, nil
	case isA(kind, "text/rtf") || bytes.HasPrefix(f.Data, []byte("{\\rtf")):
		return formatRTF, nil
	case ext == ".mbox" && bytes.HasPrefix(f.Data, []byte("From ")):
		return formatMailbox, nil
	case ext == ".eml" && isA(kind, "text/plain"):
		return formatMail, nil
	case isA(kind, "text/plain"):
		return textFormat(f, kind), nil
	case kind.Is("application/octet-stream"):
		if _, ok := wideEncoding(f.Data); ok || !looksBinary(f.Data) {
			return textFormat(f, kind), nil // an encoding that the library does not know
		}
		return "", fault{reason: corpus.SkipBinary}
	}
	return "", faultf(corpus.SkipUnsupported, "%s", kind)
}

// textFormat tells the formats of text from each other. Markdown is what its
// name says it is, since any text is Markdown.
func textFormat(f File, kind *mimetype.MIME) string {
	switch ext := strings.ToLower(path.Ext(f.fileName())); {
	case ext == ".jsonl" || ext == ".ndjson":
		return formatLines
	case ext == ".md" || ext == ".markdown" || ext == ".mdown":
		return formatMarkdown
	case ext == ".html" || ext == ".htm" || ext == ".xhtml" || isA(kind, "text/html") || beginsHTML(f.Data):
		return formatHTML
	case ext == ".csv" || ext == ".tsv" || ext == ".tab":
		return formatCSV
	case ext == ".xml" && bytes.HasPrefix(bytes.TrimLeft(f.Data, "\xef\xbb\xbf \t\r\n"), []byte("<")):
		return formatXML
	}
	return formatText
}

// isA reports whether kind or one of the kinds that it is a form of is the
// named one.
func isA(kind *mimetype.MIME, name string) bool {
	for ; kind != nil; kind = kind.Parent() {
		if kind.Is(name) {
			return true
		}
	}
	return false
}

// beginsHTML reports whether data begins as a page does, in an encoding of one
// or two bytes per letter.
func beginsHTML(data []byte) bool {
	head := bytes.ToLower(bytes.ReplaceAll(data[:min(len(data), 512)], []byte{0}, nil))
	head = bytes.TrimLeft(head, "\xef\xbb\xbf\xff\xfe \t\r\n")
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// isSealedOffice reports whether data is a document of Office Open XML that is
// encrypted: an OLE file with a stream of that name.
func isSealedOffice(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) &&
		bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"))
}
