package extract

import (
	"regexp"
	"strings"
)

// headerCode matches a code in the header or footer of a sheet (ECMA-376,
// 18.3.1.46): the parts for left, middle and right, fonts, sizes, colours, and
// values such as the number of the page.
var headerCode = regexp.MustCompile(`&(?:"[^"]*"?|[Kk](?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{2}[+-][0-9]{3})|[0-9]+|.)`)

// headerPart matches the codes that begin a part of a header or footer.
var headerPart = regexp.MustCompile(`&[LCR]`)

// sheetHeaderText returns what the header or footer of a sheet says. A part with the
// number of the page says nothing else.
func sheetHeaderText(code string) string {
	var parts []string
	for _, part := range headerPart.Split(code, -1) {
		counted := false
		text := headerCode.ReplaceAllStringFunc(part, func(c string) string {
			switch c {
			case "&&":
				return "&"
			case "&P", "&N":
				counted = true
			}
			return ""
		})
		if text = cleanWords(text); text != "" && !counted {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n")
}
