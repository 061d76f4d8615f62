package extract

import (
	"fmt"

	"rapport/corpus"
)

// rtfHidden are the destinations whose text is no text of the document.
var rtfHidden = map[string]bool{
	"colortbl": true, "stylesheet": true, "listtable": true, "listoverridetable": true, "revtbl": true, "rsidtbl": true,
	"generator": true, "pict": true, "objdata": true, "objclass": true, "themedata": true, "colorschememapping": true, "datastore": true,
	"latentstyles": true, "xmlnstbl": true, "fldinst": true, "filetbl": true, "mmathPr": true, "wgrffmtfilter": true, "pntext": true,
	"bkmkstart": true, "bkmkend": true, "nonshppict": true, "atnid": true, "atnauthor": true, "atndate": true, "atnref": true, "listtext": true,
	"sp": true, "shprslt": true, "falt": true, "panose": true, "template": true, "private": true, "passwordhash": true, "userprops": true,
	"xe": true, "tc": true, // entries of an index and of a table of contents
}

// rtfShown are destinations for readers that know them whose text is text.
var rtfShown = map[string]bool{"shptxt": true, "shpinst": true, "footnote": true, "annotation": true, "shppict": true, "ud": true}

// rtfCharacters are control words that are one character.
var rtfCharacters = map[string]string{
	"emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
	"emspace": " ", "enspace": " ", "qmspace": " ",
}

// rtfGaps are control words that part the text.
var rtfGaps = map[string]gap{
	"par": paragraphGap, "sect": paragraphGap, "page": paragraphGap, "line": lineGap, "row": lineGap, "nestrow": lineGap,
	"cell": cellGap, "nestcell": cellGap, "tab": wordGap,
}

// rtfBehind are destinations whose text stands behind that of the document, for
// it is none of the sentences around it.
var rtfBehind = map[string]rtfTarget{
	"footnote": rtfNotes, "annotation": rtfNotes,
	"header": rtfRunning, "headerl": rtfRunning, "headerr": rtfRunning, "headerf": rtfRunning,
	"footer": rtfRunning, "footerl": rtfRunning, "footerr": rtfRunning, "footerf": rtfRunning,
}

// rtfTime is a time in the properties of a document.
type rtfTime corpus.Day

// set takes in a control word of a time.
func (t *rtfTime) set(word string, number int) {
	switch word {
	case "yr":
		t.Year = number
	case "mo":
		t.Month = number
	case "dy":
		t.Day = number
	}
}

// stated returns the day of a time, which the property with a name states.
func (t rtfTime) stated(name string) corpus.StatedDate {
	date, err := corpus.ParseDate(fmt.Sprintf("%04d-%02d-%02d", t.Year, t.Month, t.Day))
	if err != nil {
		return corpus.StatedDate{}
	}
	return corpus.Stated(date, name)
}

// rtfCharsets are the code pages of the character sets of fonts. That of
// Western fonts is left to the document.
var rtfCharsets = map[int]int{
	77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
}

// word obeys a control word.
func (r *rtfReader) word(word string, number int, hasNumber bool) {
	starred := r.starred
	r.starred = false
	switch {
	case word == "bin":
		if hasNumber && number > 0 {
			r.at = min(len(r.data), r.at+min(number, len(r.data)))
		}
	case word == "u":
		if hasNumber {
			r.unicode(uint16(number))
		}
	case word == "uc":
		if hasNumber && number >= 0 && number <= 16 {
			r.state.skipAfter = number
		}
	case word == "ansicpg":
		if enc := codePage(number); enc != nil {
			r.encoding = enc
		}
	case word == "fonttbl":
		r.enter(rtfFonts)
	case word == "f":
		r.flush()
		r.font = number
		r.state.encoding = r.fonts[number]
	case word == "fcharset" && r.state.target == rtfFonts:
		if page := rtfCharsets[number]; page != 0 {
			r.fonts[r.font] = codePage(page)
		}
	case word == "v":
		r.flush()
		r.state.hidden = !hasNumber || number != 0
	case word == "deleted":
		r.flush()
		r.state.deleted = !hasNumber || number != 0
	case word == "plain":
		r.flush()
		r.state.hidden, r.state.deleted = false, false
	case word == "pard" || word == "intbl":
		r.state.inCell = word == "intbl"
	case word == "par" && r.state.inCell:
		r.gap(wordGap) // cells of a row stay on one line
	case word == "info":
		r.enter(rtfInfo)
	case word == "title" && r.state.target == rtfInfo:
		r.enter(rtfTitle)
	case word == "author" && r.state.target == rtfInfo:
		r.enter(rtfAuthor)
	case word == "creatim" && r.state.target == rtfInfo:
		r.enter(rtfCreated)
	case word == "revtim" && r.state.target == rtfInfo:
		r.enter(rtfRevised)
	case r.state.target == rtfCreated:
		r.created.set(word, number)
	case r.state.target == rtfRevised:
		r.revised.set(word, number)
	case rtfBehind[word] != rtfBody && r.state.target == rtfBody:
		r.enter(rtfBehind[word])
		r.gap(paragraphGap)
	case rtfHidden[word] || starred && !rtfShown[word] || r.state.target == rtfInfo:
		r.enter(rtfNowhere)
	case rtfCharacters[word] != "":
		r.flush()
		if w := r.writer(); w != nil && !r.state.unseen() {
			w.words(rtfCharacters[word])
		}
	default:
		if g, ok := rtfGaps[word]; ok {
			r.gap(g)
		}
	}
}

// enter sends the rest of the group to a target. Hidden groups stay hidden.
func (r *rtfReader) enter(t rtfTarget) {
	r.flush()
	if r.state.target != rtfNowhere {
		r.state.target = t
	}
}

// unicode takes a character of UTF-16; the bytes that stand for it in the code
// page follow.
func (r *rtfReader) unicode(unit uint16) {
	if len(r.raw) > 0 {
		r.flush()
	}
	r.toSkip = r.state.skipAfter
	if r.state.target != rtfNowhere {
		r.wide = append(r.wide, unit)
	}
}
