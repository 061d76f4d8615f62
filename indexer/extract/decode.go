package extract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"rapport/corpus"
)

// sampleSize is how many bytes are looked at to tell an encoding.
const sampleSize = 64 << 10

// decode returns data as valid UTF-8: by its byte order mark, as UTF-16 when
// every other byte is zero, as ISO 2022-JP by its escapes, as UTF-8 when it is
// valid, as declared (empty when it is not), else as the encoding that explains
// the bytes best. White space
// and control characters are left to cleanText.
func decode(data []byte, declared string) (string, error) {
	if enc, ok := wideEncoding(data); ok {
		return decodeAs(enc, data)
	}
	if rest, ok := bytes.CutPrefix(data, []byte("\xef\xbb\xbf")); ok {
		return strings.ToValidUTF8(string(rest), "\uFFFD"), nil
	}
	if isISO2022JP(data) {
		return decodeAs(japanese.ISO2022JP, data)
	}
	if utf8.Valid(data) {
		return string(data), nil // what is valid UTF-8 is not by accident, whatever was declared
	}
	if looksBinary(data) {
		return "", fault{reason: corpus.SkipBinary}
	}
	if enc, name := charset.Lookup(declared); enc != nil && name != "utf-8" && name != "replacement" && !strings.HasPrefix(name, "utf-16") {
		return decodeAs(enc, data)
	}
	if nearlyUTF8(data) {
		return strings.ToValidUTF8(string(data), "\uFFFD"), nil
	}
	if enc := guessEncoding(data); enc != nil {
		return decodeAs(enc, data)
	}
	return "", faultf(corpus.SkipEncoding, "no encoding explains the bytes: save the file as UTF-8")
}

func decodeAs(enc encoding.Encoding, data []byte) (string, error) {
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", fault{corpus.SkipEncoding, err}
	}
	return strings.ToValidUTF8(string(out), "\uFFFD"), nil
}

// wideEncoding recognises UTF-16 and UTF-32 by their byte order marks, and
// UTF-16 without one by the zero bytes that most languages have in it.
func wideEncoding(data []byte) (encoding.Encoding, bool) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe, 0, 0}):
		return utf32.UTF32(utf32.LittleEndian, utf32.ExpectBOM), true
	case bytes.HasPrefix(data, []byte{0, 0, 0xfe, 0xff}):
		return utf32.UTF32(utf32.BigEndian, utf32.ExpectBOM), true
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), true
	}
	sample := data[:min(len(data), 4096)&^1]
	var zeros [2]int
	for i, c := range sample {
		if c == 0 {
			zeros[i%2]++
		}
	}
	half := len(sample) / 2
	switch {
	case half < 2:
	case zeros[1] > half*7/10 && zeros[0] <= half/50:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), true
	case zeros[0] > half*7/10 && zeros[1] <= half/50:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), true
	}
	return nil, false
}

// looksBinary reports whether data, in an encoding of one byte per ASCII
// letter, has more control characters than a text has by accident.
func looksBinary(data []byte) bool {
	sample := data[:min(len(data), sampleSize)]
	controls := 0
	for _, c := range sample {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b && c != '\b' || c == 0x7f {
			controls++
		}
	}
	return controls > len(sample)/50
}

// nearlyUTF8 reports whether data is UTF-8 but for a few damaged letters.
func nearlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 {
			bad++
		} else if size > 1 {
			good++
		}
		rest = rest[size:]
	}
	return good >= 20*bad
}
