package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// formatHandler reads the number formats of a workbook's cells.
type formatHandler struct {
	custom  map[int]string
	styles  []int // number format of each style of cells
	inCells bool
}

func (h *formatHandler) start(name string, attrs []xml.Attr) {
	id, _ := strconv.Atoi(attr(attrs, "numFmtId")) // 0 is the general format
	switch name {
	case "numFmt":
		if _, twice := h.custom[id]; !twice { // those of conditional styles come later
			h.custom[id] = attr(attrs, "formatCode")
		}
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

// formats returns the number format of each style of cells, nil for the
// general one.
func (h *formatHandler) formats() []*numberFormat {
	parsed := map[int]*numberFormat{}
	formats := make([]*numberFormat, len(h.styles))
	for style, id := range h.styles {
		code, ok := h.custom[id]
		if !ok {
			code = builtInFormat(id)
		}
		if code == "" || strings.EqualFold(code, "general") {
			continue
		}
		if parsed[id] == nil {
			parsed[id] = parseNumberFormat(code)
		}
		formats[style] = parsed[id]
	}
	return formats
}

// builtInFormat returns the code of a format that workbooks do not write out
// (ECMA-376, 18.8.30), empty for the general one. The currency of formats 5 to
// 8, 42 and 44 is that of whoever opens the workbook: no sign is written. The
// dates of East Asia differ with the language and stand as ISO 8601.
func builtInFormat(id int) string {
	switch {
	case id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return "yyyy-mm-dd"
	}
	return map[int]string{
		1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
		5: "#,##0;(#,##0)", 6: "#,##0;(#,##0)", 7: "#,##0.00;(#,##0.00)", 8: "#,##0.00;(#,##0.00)",
		9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
		14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
		18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
		37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
		41: `#,##0;(#,##0);"-"`, 42: `#,##0;(#,##0);"-"`, 43: `#,##0.00;(#,##0.00);"-"`, 44: `#,##0.00;(#,##0.00);"-"`,
		45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	}[id]
}
