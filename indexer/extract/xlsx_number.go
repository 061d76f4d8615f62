package extract

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// formatHandler reads which styles of a workbook show numbers as days.
type formatHandler struct {
	custom  map[int]string
	styles  []int // number format of each style of cells
	inCells bool
}

func (h *formatHandler) start(name string, attrs []xml.Attr) {
	id, _ := strconv.Atoi(attr(attrs, "numFmtId")) // 0 is the general format
	switch name {
	case "numFmt":
		h.custom[id] = attr(attrs, "formatCode")
	case "cellXfs":
		h.inCells = true
	case "xf":
		if h.inCells {
			h.styles = append(h.styles, id)
		}
	}
}

func (h *formatHandler) end(name string) {
	if name == "cellXfs" {
		h.inCells = false
	}
}

func (h *formatHandler) text(string) {}

// quotedFormat matches the parts of a number format that are shown as they
// are, or that name a colour or a locale.
var quotedFormat = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]|_.`)

// dates returns the styles whose numbers are days: those with one of the
// built-in formats 14 to 17 and 22, or with one that has a year or a day in it.
func (h *formatHandler) dates() map[int]bool {
	dates := map[int]bool{}
	for style, id := range h.styles {
		code, custom := h.custom[id]
		code = strings.ToLower(quotedFormat.ReplaceAllString(code, ""))
		if id >= 14 && id <= 17 || id == 22 || custom && strings.ContainsAny(code, "yd") && !strings.Contains(code, "general") {
			dates[style] = true
		}
	}
	return dates
}

// number returns the number of a cell as text, a day as ISO 8601. Day 60 of
// the calendar of spreadsheets, 29 February 1900, never was. With from1904 day 0
// is 1 January 1904 (ECMA-376, 18.17.4.1).
func number(value string, isDate, from1904 bool) string {
	n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil {
		return value
	}
	day := n
	if from1904 && day >= 0 {
		day += 1462
	}
	if isDate && day >= 61 && day < 2_958_466 {
		seconds := int64(day*86_400 + 0.5)
		at := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(seconds%86_400)*time.Second).AddDate(0, 0, int(seconds/86_400))
		if seconds%86_400 == 0 {
			return at.Format(time.DateOnly)
		}
		return at.Format("2006-01-02 15:04")
	}
	if strings.ContainsAny(value, "eE") || len(value) > 15 {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return value
}
