package extract

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
)

// guessSample is how many bytes are read in each of the encodings that a text
// may be in.
const guessSample = 4 << 10

// guessEncoding returns the encoding that explains the bytes of a text best, nil
// when none does. The library's guess stands unless another encoding gives more
// letters of the language that the text is then in: the library takes Polish and
// Turkish for French, and Arabic for Hebrew.
func guessEncoding(data []byte) encoding.Encoding {
	best, name := charset.Lookup(guess(data))
	if eastAsian[name] {
		return best
	}
	sample := aroundHigh(data)
	most := -2.0
	if best != nil {
		most = plausibility(best, sample)
	}
	if most > 0.98 {
		return best
	}
	for _, enc := range likelyEncodings {
		if enc == korean.EUCKR && slices.ContainsFunc(sample, func(c byte) bool { return c >= 0x80 && c <= 0xA0 }) {
			continue // the rare syllables of its extension are there for nearly all bytes
		}
		if p := plausibility(enc, sample); p > most+0.02 {
			best, most = enc, p
		}
	}
	return best
}

// likelyEncodings are the encodings that are tried, the usual ones first. Those of
// Japan and Korea are here for short texts, of which the library tells nothing.
var likelyEncodings = []encoding.Encoding{
	charmap.Windows1252, charmap.Windows1250, charmap.Windows1251, charmap.Windows1254, charmap.Windows1256, charmap.Windows1253, charmap.Windows1255,
	charmap.Windows1257, charmap.ISO8859_2, charmap.ISO8859_5, charmap.ISO8859_6, charmap.ISO8859_13, charmap.KOI8U, charmap.KOI8R, charmap.CodePage866,
	charmap.CodePage850, charmap.CodePage437, charmap.CodePage852, charmap.Macintosh, charmap.Windows1258, japanese.ShiftJIS, japanese.EUCJP, korean.EUCKR,
}

// eastAsian are the encodings of more than one byte for a letter that the
// library knows.
var eastAsian = map[string]bool{"big5": true, "euc-jp": true, "euc-kr": true, "gb18030": true, "gbk": true, "iso-2022-jp": true, "shift_jis": true}

// guess names the most probable encoding. ISO 8859-1 and ASCII stand for
// windows-1252, as in HTML.
func guess(data []byte) string {
	sample := highSample(data)
	r := chardet.Detect(sample)
	name := r.Charset
	if name == "" {
		name = r.Encoding
	}
	if name == "" || r.Confidence < 0.2 {
		return "windows-1252"
	}
	return name
}

// highSample returns a part of data around its first byte that is not ASCII.
func highSample(data []byte) []byte {
	at := bytes.IndexFunc(data, func(r rune) bool { return r >= utf8.RuneSelf })
	from := max(0, at-sampleSize/2)
	return data[from:min(len(data), from+sampleSize)]
}

// aroundHigh returns a shorter part of data around its first such byte, from
// the beginning of a word on.
func aroundHigh(data []byte) []byte {
	at := bytes.IndexFunc(data, func(r rune) bool { return r >= utf8.RuneSelf })
	from := max(0, at-guessSample/4)
	if space := bytes.IndexByte(data[from:max(at, from)], ' '); space >= 0 && from > 0 {
		from += space
	}
	return data[from:min(len(data), from+guessSample)]
}

// plausibility says how well an encoding explains a text, from 1 down: what
// share of its characters beyond ASCII are letters of its language, or of one
// script where the language is not known, less twice the share of those that no
// text has where they stand.
func plausibility(enc encoding.Encoding, sample []byte) float64 {
	decoded, err := enc.NewDecoder().Bytes(sample)
	if err != nil {
		return -2
	}
	text := string(decoded)
	own, known := alphabets[detectLanguage(text)]
	scripts := map[*unicode.RangeTable]float64{}
	good, bad, all, plain, signs := 0.0, 0.0, 0.0, 0.0, 0.0
	previous := ' '
	for i, r := range text {
		next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		switch {
		case r < utf8.RuneSelf:
			if unicode.IsLetter(r) {
				plain++
			}
		case isMisread(previous, r, next):
			bad, all = bad+1, all+1
		case strings.ContainsRune(usualSigns, r), unicode.IsMark(r):
			signs++
		default:
			all++
			if known && strings.ContainsRune(own, unicode.ToLower(r)) {
				good++
			} else if script := scriptOf(r); !known && script != nil {
				scripts[script] += scriptWeight(script, r)
			}
		}
		previous = r
	}
	if all == 0 {
		return min(signs, 1)
	}
	for script, n := range scripts {
		if script != unicode.Hiragana && script != unicode.Hangul && n < plain {
			n *= 0.5 // a few words of another script
		}
		good = max(good, n)
	}
	return (good - 2*bad) / all
}

// usualSigns are the signs beyond ASCII that texts have.
const usualSigns = "\u00A0\u00AD“”„‟‘’‚‹›«»–—…•·€£¥§©®™°¿¡№、。「」・"

// isMisread reports whether a character beyond ASCII stands where none does: one
// that no text has, a sign or a capital in the middle of a word, or a letter of
// another script in one.
func isMisread(previous, r, next rune) bool {
	switch {
	case r == utf8.RuneError || unicode.IsControl(r):
		return true
	case unicode.IsMark(r) || r == '’' || r == '·' || r == '\u00AD':
		return false
	case !unicode.IsLetter(r):
		return unicode.IsLetter(previous) && unicode.IsLetter(next)
	case unicode.Is(unicode.Latin, r):
		return unicode.IsUpper(r) && unicode.IsLower(previous)
	}
	small := func(r rune) bool { return r >= 'a' && r <= 'z' }
	return unicode.IsUpper(r) && unicode.IsLower(previous) || small(previous) || small(next) ||
		unicode.In(r, unicode.Cyrillic, unicode.Greek) && (previous < utf8.RuneSelf && unicode.IsLetter(previous) || next < utf8.RuneSelf && unicode.IsLetter(next))
}

// scriptOf returns the script of a letter among those that are told apart;
// Chinese signs are taken for Japanese.
func scriptOf(r rune) *unicode.RangeTable {
	if r >= 0xFF61 && r <= 0xFF9F {
		return nil // narrow katakana, which Shift JIS has for any byte
	}
	for _, script := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Arabic, unicode.Hebrew, unicode.Thai, unicode.Hangul} {
		if unicode.Is(script, r) {
			return script
		}
	}
	if unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han) {
		return unicode.Hiragana
	}
	return nil
}

// scriptWeight is how much a letter of a script speaks for an encoding: of those
// that have one for nearly every byte, less.
func scriptWeight(script *unicode.RangeTable, r rune) float64 {
	switch {
	case script == unicode.Latin:
		return 0.5
	case unicode.Is(unicode.Han, r):
		return 0.7
	}
	return 1
}

// alphabets are the letters beyond ASCII of the languages that are mostly
// written in encodings of one byte, in lower case.
var alphabets = map[string]string{
	"fr": "àâæçéèêëîïôœùûüÿ", "de": "äöüß", "es": "áéíñóúü", "it": "àèéìíîòóùú", "pt": "àáâãçéêíóôõúü", "nl": "áéèëïíóöúü",
	"sv": "åäöéàü", "da": "åæøé", "nb": "åæøéòô", "no": "åæøéòô", "fi": "åäöšž", "is": "áðéíóúýþæö", "et": "äõöüšž",
	"pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "ro": "ăâîșțşţ",
	"hr": "čćđšž", "sl": "čšž", "bs": "čćđšž", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "sq": "çë", "tr": "çğıöşüâîûi̇",
	"ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "be": "абвгдежзійклмнопрстуўфхцчшыьэюяё",
	"bg": "абвгдежзийклмнопрстуфхцчшщъьюя", "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш", "sr": "абвгдђежзијклљмнњопрстћуфхцчџшčćđšž",
	"vi": "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
	"el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ", "he": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
	"ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي", "fa": "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنهوی",
}

// isISO2022JP reports whether text in seven bits changes to Japanese signs, as
// mail from Japan does (RFC 1468).
func isISO2022JP(data []byte) bool {
	return bytes.Contains(data, []byte("\x1b$B")) || bytes.Contains(data, []byte("\x1b$@"))
}
