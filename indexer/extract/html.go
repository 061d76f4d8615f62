package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rapport/corpus"
)

// readHTML reads a page. Its body is the main text: what readability takes to
// be the article, unless that is so small a part of the page that the page is
// no article but a table or an index; then it is all but navigation, headers,
// footers and asides, and all there is when that leaves nothing. Of a page that
// cannot be a tree it is all text.
func readHTML(f File, _ Options) (*corpus.Document, error) {
	source, err := decode(f.Data, firstOf(f.charset, declaredCharset(f.Data)))
	if err != nil {
		return nil, err
	}
	source = strings.ReplaceAll(source, "\x00", "")
	var root *html.Node
	if treeSize(source) <= maxTree {
		root, err = html.Parse(strings.NewReader(source))
	}
	var doc *corpus.Document
	if root == nil || err != nil { // nested too deep for a tree, or too large
		doc, root = renderFragment(source), beginning(source)
	} else {
		doc = mainText(root)
	}
	readPageMeta(root).apply(doc)
	if doc.Title == "" {
		doc.Title = sectionTitle(doc)
	}
	if doc.Title == "" {
		doc.Title = readHead(doc.Body).title
	}
	return doc, nil
}

// maxTree is how many bytes the tree of a page may take. The text of a page
// with a larger one is read tag by tag, which takes little more than the text,
// and what it says about itself from its first metaBytes.
const (
	maxTree   = 256 << 20
	metaBytes = 256 << 10
)

// treeSize estimates the bytes that the tree of a page takes, from what was
// measured: 260 for a tag with the text behind it, and 120 for an attribute.
func treeSize(source string) int {
	return 260*strings.Count(source, "<") + 120*strings.Count(source, "=")
}

// beginning returns the tree of the beginning of a page, of its head alone when
// what follows is nested too deep.
func beginning(source string) *html.Node {
	source = source[:min(len(source), metaBytes)]
	root, err := html.Parse(strings.NewReader(source))
	if err == nil {
		return root
	}
	if body := bodyTag.FindStringIndex(source); body != nil {
		if root, err = html.Parse(strings.NewReader(source[:body[0]])); err == nil {
			return root
		}
	}
	return &html.Node{}
}

var bodyTag = regexp.MustCompile(`(?i)<body\b`)

// charsetDeclaration matches a declaration of the encoding in the head of a
// page or in an XML declaration.
var charsetDeclaration = regexp.MustCompile(`(?i)<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]+)`)

// declaredCharset returns the encoding that a page declares.
func declaredCharset(data []byte) string {
	m := charsetDeclaration.FindSubmatch(data[:min(len(data), 8192)])
	if m == nil {
		return ""
	}
	return string(m[1]) + string(m[2])
}

// The least part of a page's content that an article must be, and the least
// number of letters that it must have, links not counted: teasers and menus are
// links, tables and comments are not. docs/formats.md has what was measured.
const (
	minArticleShare   = 0.5
	minArticleLetters = 200
)

// mainText returns a document with the main text of the page.
func mainText(root *html.Node) *corpus.Document {
	content := renderTree(root, true)
	if wordRunes(content.Body) == 0 {
		content = renderTree(root, false)
	}
	if nodes(root) > maxArticleNodes {
		return content
	}
	all := plainLetters(root, true)
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	article, err := parser.ParseDocument(root, nil)
	if err != nil || article.Node == nil {
		return content
	}
	if n := plainLetters(article.Node, false); n < minArticleLetters || float64(n) < minArticleShare*float64(all) {
		return content
	}
	return withTitleHeading(renderTree(article.Node, false), content)
}

// maxArticleNodes is the size of a tree beyond which the search for the
// article takes too long.
const maxArticleNodes = 200_000

// withTitleHeading puts the first heading of the page before an article from
// which it was taken as the title.
func withTitleHeading(main, content *corpus.Document) *corpus.Document {
	if len(content.Pages) == 0 || content.Pages[0].Level != 1 || strings.Contains(main.Body, content.Pages[0].Title) {
		return main
	}
	var w bodyWriter
	w.section(1)
	w.words(content.Pages[0].Title)
	w.endSection()
	shift := w.b.Len() + len("\n\n")
	doc := &corpus.Document{Body: w.b.String() + "\n\n" + main.Body, Pages: w.pages}
	for _, p := range main.Pages {
		p.Offset += shift
		w.sections++
		p.Label = sectionLabel(w.sections)
		doc.Pages = append(doc.Pages, p)
	}
	return doc
}

func renderTree(n *html.Node, content bool) *corpus.Document {
	var w bodyWriter
	r := htmlRenderer{w: &w, content: content}
	r.tree(n)
	return w.document()
}

func renderFragment(source string) *corpus.Document {
	var w bodyWriter
	r := htmlRenderer{w: &w}
	r.fragment(source)
	return w.document()
}

// wordRunes counts letters and digits.
func wordRunes(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// plainLetters counts the letters and digits of a tree that are shown and no
// link. With content it leaves out navigation, footers and asides.
func plainLetters(n *html.Node, content bool) int {
	switch {
	case n.Type == html.TextNode:
		return wordRunes(n.Data)
	case n.Type == html.ElementNode && (n.DataAtom == atom.A || (&htmlRenderer{content: content}).hides(n.DataAtom, n.Attr)):
		return 0
	}
	count := 0
	for c := range n.ChildNodes() {
		count += plainLetters(c, content)
	}
	return count
}

func nodes(n *html.Node) int {
	count := 0
	for range n.Descendants() {
		count++
	}
	return count
}

// pageTitle returns the title in the <title> of a page without the name of
// the site: the first heading when it is a part of it.
func pageTitle(title, heading, site string) string {
	title, heading = cleanWords(title), cleanWords(heading)
	if heading != "" && utf8.RuneCountInString(heading) >= 3 && strings.Contains(strings.ToLower(title), strings.ToLower(heading)) {
		return heading
	}
	for _, separator := range []string{" | ", " - ", " – ", " — ", " :: ", " » ", " · "} {
		if before, ok := strings.CutSuffix(title, separator+site); ok && site != "" {
			return before
		}
		if after, ok := strings.CutPrefix(title, site+separator); ok && site != "" {
			return after
		}
	}
	return siteTitle(title)
}

// textOf returns the text of an element as one line.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && (d.Parent == nil || d.Parent.DataAtom != atom.Script) {
			b.WriteString(d.Data)
		}
	}
	return cleanWords(b.String())
}
