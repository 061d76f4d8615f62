package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlRenderer writes the text of a page as a browser shows it: from a tree
// or, when there is none, from tags as they come.
type htmlRenderer struct {
	w       *bodyWriter
	content bool            // leave out navigation, headers, footers and asides
	hidden  int             // depth in an element that is not shown
	pre     int             // depth in an element whose lines count
	code    strings.Builder // what stands in it
	heading bool
	sup     int       // depth in raised text
	note    *noteLink // that is open, nil for none
}

// What elements do to the text around them.
var (
	hiddenElements = map[atom.Atom]bool{
		atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Head: true, atom.Title: true, atom.Svg: true,
		atom.Iframe: true, atom.Object: true, atom.Select: true, atom.Textarea: true, atom.Button: true, atom.Canvas: true,
		atom.Audio: true, atom.Video: true, atom.Datalist: true, atom.Dialog: true, atom.Noframes: true, atom.Noembed: true,
	}
	frameElements = map[atom.Atom]bool{atom.Nav: true, atom.Footer: true, atom.Aside: true, atom.Menu: true}
	frameRoles    = map[string]bool{"navigation": true, "banner": true, "contentinfo": true, "search": true, "complementary": true, "dialog": true}

	elementGaps = map[atom.Atom]gap{
		atom.P: paragraphGap, atom.Ul: paragraphGap, atom.Ol: paragraphGap, atom.Dl: paragraphGap, atom.Table: paragraphGap,
		atom.Blockquote: paragraphGap, atom.Figure: paragraphGap, atom.Pre: paragraphGap, atom.Hr: paragraphGap, atom.Article: paragraphGap,
		atom.Section: paragraphGap, atom.Main: paragraphGap, atom.Header: paragraphGap, atom.Footer: paragraphGap, atom.Nav: paragraphGap,
		atom.Aside: paragraphGap, atom.Form: paragraphGap, atom.Fieldset: paragraphGap, atom.Details: paragraphGap,
		atom.Div: lineGap, atom.Li: lineGap, atom.Tr: lineGap, atom.Dt: lineGap, atom.Dd: lineGap, atom.Br: lineGap, atom.Caption: lineGap,
		atom.Figcaption: lineGap, atom.Address: lineGap, atom.Center: lineGap, atom.Summary: lineGap, atom.Legend: lineGap, atom.Body: lineGap,
		atom.Td: cellGap, atom.Th: cellGap, atom.Option: lineGap,
	}
	headingLevels = map[atom.Atom]int{atom.H1: 1, atom.H2: 2, atom.H3: 3, atom.H4: 4, atom.H5: 5, atom.H6: 6}
)

// tree writes the text of the tree at n. Parsing has limited its depth.
func (r *htmlRenderer) tree(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.text(n.Data)
		return
	case html.ElementNode:
		if n.DataAtom == atom.Rt || n.DataAtom == atom.Rp {
			return // how to say the signs before it, which would part their words
		}
		if !r.fillsCell(n) {
			r.start(n.DataAtom, n.Attr)
			defer r.end(n.DataAtom, n.Attr)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.tree(c)
	}
}

// fillsCell reports whether a paragraph is all that a cell of a table holds:
// word processors write them so. It does not break the row.
func (r *htmlRenderer) fillsCell(n *html.Node) bool {
	if n.DataAtom != atom.P || n.Parent == nil || n.Parent.DataAtom != atom.Td && n.Parent.DataAtom != atom.Th || r.hides(n.DataAtom, n.Attr) {
		return false
	}
	for c := range n.Parent.ChildNodes() {
		if c != n && (c.Type == html.ElementNode || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "") {
			return false
		}
	}
	return true
}

// start writes what the beginning of an element adds.
func (r *htmlRenderer) start(tag atom.Atom, attrs []html.Attribute) {
	if r.hides(tag, attrs) {
		r.hidden++
	}
	if r.hidden > 0 {
		return
	}
	r.startLink(tag, attrs)
	r.w.need(elementGaps[tag])
	switch {
	case tag == atom.Pre:
		r.pre++
	case tag == atom.Br && r.pre > 0:
		r.code.WriteByte('\n')
	case tag == atom.Img:
		r.w.need(wordGap)
		r.w.words(attribute(attrs, "alt"))
		r.w.need(wordGap)
	case headingLevels[tag] > 0 && !r.heading:
		r.heading = true
		r.w.section(headingLevels[tag])
	}
}

// end writes what the end of an element adds. The attributes are those of its
// beginning.
func (r *htmlRenderer) end(tag atom.Atom, attrs []html.Attribute) {
	if r.hidden > 0 {
		if r.hides(tag, attrs) {
			r.hidden--
		}
		return
	}
	switch {
	case tag == atom.Sup:
		r.sup = max(0, r.sup-1)
	case tag == atom.A || !inlineElements[tag]:
		r.endLink()
	}
	switch {
	case tag == atom.Pre:
		r.endPre()
	case headingLevels[tag] > 0 && r.heading:
		r.heading = false
		r.w.endSection()
	}
	r.w.need(elementGaps[tag])
}

// text writes running text.
func (r *htmlRenderer) text(s string) {
	switch {
	case r.hidden > 0:
	case r.pre > 0 && !r.heading:
		r.code.WriteString(s)
	case r.note != nil:
		r.note.text.WriteString(s)
	default:
		r.w.words(s)
	}
}

// endPre writes what stood in an element whose lines count.
func (r *htmlRenderer) endPre() {
	if r.pre = max(0, r.pre-1); r.pre > 0 {
		return
	}
	r.w.lines(r.code.String())
	r.code.Reset()
}

// hides reports whether an element and all in it is left out.
func (r *htmlRenderer) hides(tag atom.Atom, attrs []html.Attribute) bool {
	if hiddenElements[tag] || r.content && frameElements[tag] {
		return true
	}
	for _, a := range attrs {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			style := strings.ToLower(strings.ReplaceAll(a.Val, " ", ""))
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		case "role":
			if r.content && frameRoles[strings.ToLower(a.Val)] {
				return true
			}
		}
	}
	return false
}

// fragment writes the text of HTML as its tags come, whether they match or
// not.
func (r *htmlRenderer) fragment(source string) {
	tokens := html.NewTokenizer(strings.NewReader(source))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			r.close()
			return
		case html.TextToken:
			r.text(string(tokens.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			t := tokens.Token()
			if inHead(t) || hiddenElements[t.DataAtom] && t.Type != html.StartTagToken {
				continue
			}
			r.start(t.DataAtom, visible(t))
		case html.EndTagToken:
			if t := tokens.Token(); !inHead(t) {
				r.end(t.DataAtom, nil)
			}
		}
	}
}

// inHead reports the tags of the head. Its end may be missing, and all that it
// holds is hidden without it.
func inHead(t html.Token) bool { return t.DataAtom == atom.Head }

// visible returns the attributes of a tag that are safe to obey when its end
// may be missing: none that hides.
func visible(t html.Token) []html.Attribute {
	switch t.DataAtom {
	case atom.Img:
		return t.Attr
	case atom.A:
		return slices.DeleteFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "hidden" || a.Key == "style" })
	}
	return nil
}

// close ends what a fragment left open.
func (r *htmlRenderer) close() {
	r.endLink()
	r.hidden, r.pre = 0, 1
	r.endPre()
	if r.heading {
		r.heading = false
		r.w.endSection()
	}
}

func attribute(attrs []html.Attribute, name string) string {
	for _, a := range attrs {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
