package extract

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"rapport/corpus"
)

// readMarkdown sends the document that a Markdown file is, and then a reason
// why its front matter could not be read.
func (j *job) readMarkdown(f File) error {
	doc, invalid, err := parseMarkdown(f)
	if err != nil {
		return err
	}
	if err := j.document(f, formatMarkdown, doc); err != nil || invalid == nil {
		return err
	}
	return faultf(corpus.SkipInvalid, "the front matter is taken as text: %w", invalid)
}

// parseMarkdown reads Markdown (CommonMark with tables, footnotes, definition
// lists and strikethrough) with YAML front matter. Its body is the rendered
// text: targets of links are no text, code and the descriptions of images are.
// Headings begin sections.
func parseMarkdown(f File) (doc *corpus.Document, invalid, err error) {
	source, err := decode(f.Data, "")
	if err != nil {
		return nil, nil, err
	}
	source = strings.ReplaceAll(strings.ReplaceAll(source, "\r\n", "\n"), "\r", "\n")
	front, source := cutFrontMatter(source)
	doc = markdownBody(source)
	front.apply(doc)
	if doc.Title == "" {
		doc.Title = sectionTitle(doc)
	}
	if doc.Title == "" {
		doc.Title = readHead(doc.Body).title
	}
	return doc, front.invalid, nil
}

// sectionTitle returns the title of the first section of the highest level.
func sectionTitle(doc *corpus.Document) string {
	best := corpus.Page{Level: 1 << 10}
	for _, p := range doc.Pages {
		if p.Level > 0 && p.Level < best.Level {
			best = p
		}
	}
	return best.Title
}

// markdownBody renders Markdown. Text that is nested so deep that no person
// wrote it, and that takes the parser more than linear time, is taken as it
// stands.
func markdownBody(source string) *corpus.Document {
	if tooTangled(source) {
		return textBody(source)
	}
	bytes := []byte(source)
	parser := goldmark.New(goldmark.WithExtensions(
		extension.Table, extension.Strikethrough, extension.Footnote, extension.DefinitionList)).Parser()
	root := parser.Parse(text.NewReader(bytes))
	r := markdownRenderer{source: bytes, meant: meantStars(root, bytes)}
	_ = ast.Walk(root, r.visit) // visit never fails
	return r.w.document()
}

// markdownRenderer writes the text of a tree of Markdown nodes.
type markdownRenderer struct {
	w      bodyWriter
	source []byte
	meant  map[int]bool // of meantStars
}

// visit writes what a node adds at its beginning or its end.
func (r *markdownRenderer) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	switch n := n.(type) {
	case *ast.Heading:
		if entering {
			r.w.section(n.Level)
		} else {
			r.w.endSection()
		}
	case *ast.Text:
		r.text(n, entering)
	case *ast.String:
		if entering {
			r.w.words(string(n.Value))
		}
	case *ast.AutoLink:
		if entering {
			r.w.words(string(n.Label(r.source)))
		}
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		if entering {
			r.w.need(paragraphGap)
			r.w.lines(r.rawLines(n))
			r.w.need(paragraphGap)
		}
	case *ast.HTMLBlock:
		if entering {
			r.html(n)
		}
	case *ast.RawHTML:
		if entering && strings.HasPrefix(strings.ToLower(string(n.Segments.Value(r.source))), "<br") {
			r.w.need(lineGap)
		}
	case *ast.ListItem, *ast.TextBlock, *east.TableRow, *east.TableHeader, *east.DefinitionTerm, *east.DefinitionDescription:
		r.w.need(lineGap)
	case *east.TableCell:
		r.w.need(cellGap)
	case *east.FootnoteLink, *east.FootnoteBacklink:
		return ast.WalkSkipChildren, nil
	default:
		if n.Type() == ast.TypeBlock {
			r.block(n)
		}
	}
	return ast.WalkContinue, nil
}

// block separates a block from its neighbours: in lists that are written
// without empty lines the items are lines.
func (r *markdownRenderer) block(n ast.Node) {
	if n.Kind() == ast.KindList && n.Parent().Kind() == ast.KindListItem {
		r.w.need(lineGap)
		return
	}
	r.w.need(paragraphGap)
}

func (r *markdownRenderer) text(n *ast.Text, entering bool) {
	if !entering {
		return
	}
	if n.IsRaw() {
		r.w.words(string(n.Value(r.source)))
	} else {
		r.unescaped(n)
	}
	switch {
	case n.HardLineBreak():
		r.w.need(lineGap)
	case n.SoftLineBreak():
		r.w.need(wordGap)
	}
}

// unescaped writes a text without the stars that mean emphasis.
func (r *markdownRenderer) unescaped(n *ast.Text) {
	value := string(n.Value(r.source))
	from := 0
	for i := 0; len(r.meant) > 0 && i < len(value); i++ {
		if r.meant[n.Segment.Start+i] {
			r.w.words(unescapeMarkdown(value[from:i]))
			i += starsAt(value[i:])
			from = i
		}
	}
	r.w.words(unescapeMarkdown(value[from:]))
}

// rawLines returns the lines of a block of code.
func (r *markdownRenderer) rawLines(n ast.Node) string {
	return string(n.Lines().Value(r.source))
}

// html writes the text of a block of HTML.
func (r *markdownRenderer) html(n *ast.HTMLBlock) {
	raw := r.rawLines(n)
	if n.HasClosure() {
		raw += string(n.ClosureLine.Value(r.source))
	}
	r.w.need(paragraphGap)
	h := htmlRenderer{w: &r.w}
	h.fragment(raw)
	r.w.need(paragraphGap)
}
