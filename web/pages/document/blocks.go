package document

import (
	"slices"
	"strconv"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

// BlockView is a paragraph or heading of the reader.
type BlockView struct {
	Break   string // label of the physical page that begins here
	BreakID string
	Heading int    // level of the heading from 2, 0 for a paragraph
	ID      string // "p13"
	Number  int    // 0 for a piece that continues a paragraph
	Link    string // permalink of the paragraph
	Cite    string // citation of the paragraph, when it has hits to walk to
	Pieces  []PieceView
}

// PieceView is a stretch of text in one style.
type PieceView struct {
	Text     string
	Here     bool   // the place that was asked for
	Mark     bool   // a hit
	ID       string // of the first piece of a hit
	Evidence bool
	Notes    []NoteView // facts whose words end here
}

// NoteView is a fact beside its sentence.
type NoteView struct {
	pages.FactView
	Number int
}

// mark is a hit or the evidence of a fact in a body.
type mark struct {
	start, end int
	number     int // from 1
	fact       *corpus.Fact
}

// hitMarks numbers the places of a body that match.
func hitMarks(body string, matches []search.Match) []mark {
	var marks []mark
	for i, p := range search.Places(body, matches) {
		marks = append(marks, mark{start: p.Offset, end: p.End, number: i + 1})
	}
	return marks
}

// factMarks returns where facts are stated, in order, numbered from 1.
func factMarks(facts []corpus.Fact, length int) []mark {
	var marks []mark
	for i := range facts {
		e := facts[i].Evidence
		if e.Status.Stale() || e.End <= e.Offset || e.Offset < 0 || e.End > length {
			continue
		}
		marks = append(marks, mark{start: e.Offset, end: e.End, fact: &facts[i]})
	}
	slices.SortStableFunc(marks, func(a, b mark) int {
		if a.end != b.end {
			return a.end - b.end
		}
		return a.start - b.start
	})
	for i := range marks {
		marks[i].number = i + 1
	}
	return marks
}

// foldRepeated returns the facts of a document without those of rules that
// repeat what people stated, and these by the id of what they repeat.
func foldRepeated(facts []corpus.Fact) (shown []corpus.Fact, also map[string][]pages.AlsoView) {
	repeats := corpus.Repeated(facts, facts)
	also = map[string][]pages.AlsoView{}
	for i := range facts {
		if stated := repeats[facts[i].ID]; stated != "" {
			also[stated] = append(also[stated], pages.AlsoView{Anchor: "fact-" + facts[i].ID, Rule: facts[i].Extracted})
		} else {
			shown = append(shown, facts[i])
		}
	}
	return shown, also
}

// reader makes blocks of a part of a document.
type reader struct {
	taxonomy *corpus.Taxonomy
	doc      *corpus.Document
	hits     []mark
	facts    []mark
	also     map[string][]pages.AlsoView // by the id of the fact that rules repeat
	at       int                         // the offset asked for, -1 for none
	link     pages.Address
	cite     func(at int) string // the citation of a passage
}

func (r *reader) blocks(p part) []BlockView {
	var blocks []BlockView
	for _, paragraph := range p.paragraphs {
		b := BlockView{Pieces: r.pieces(paragraph.start, paragraph.end)}
		if !paragraph.continued {
			b.Number = paragraph.number
			b.ID = "p" + strconv.Itoa(paragraph.number)
			b.Link = r.link.Set("at", strconv.Itoa(paragraph.start)).At(b.ID).String()
		}
		if len(overlapping(r.hits, paragraph.start, paragraph.end)) > 0 {
			b.Cite = r.cite(paragraph.start)
		}
		r.head(&b, paragraph)
		blocks = append(blocks, b)
	}
	return blocks
}

// head notes the page or section that begins with a paragraph.
func (r *reader) head(b *BlockView, p paragraph) {
	for i, page := range r.doc.Pages {
		if page.Offset < p.start && !(p.number == 1 && !p.continued) || page.Offset >= p.end {
			continue
		}
		if page.Level == 0 {
			b.Break, b.BreakID = page.Label, "page-"+strconv.Itoa(i+1)
		} else if page.Offset == p.start && p.end-p.start < 400 && !p.continued {
			b.Heading = min(page.Level+1, 4)
		}
	}
}

// pieces cuts body[start:end] at the borders of hits and evidence.
func (r *reader) pieces(start, end int) []PieceView {
	cuts := []int{start, end}
	cut := func(offsets ...int) {
		for _, o := range offsets {
			if o > start && o < end {
				cuts = append(cuts, o)
			}
		}
	}
	hits, facts := overlapping(r.hits, start, end), overlapping(r.facts, start, end)
	for _, m := range hits {
		cut(m.start, m.end)
	}
	for _, m := range facts {
		cut(m.start, m.end)
	}
	if r.at >= 0 {
		cut(r.at)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var pieces []PieceView
	for i := 0; i+1 < len(cuts); i++ {
		pieces = append(pieces, r.piece(cuts[i], cuts[i+1], hits, facts))
	}
	return pieces
}

func (r *reader) piece(start, end int, hits, facts []mark) PieceView {
	p := PieceView{Text: r.doc.Body[start:end], Here: r.at == start}
	for _, m := range hits {
		if m.start <= start && end <= m.end {
			p.Mark = true
			if m.start == start {
				p.ID = "h" + strconv.Itoa(m.number)
			}
		}
	}
	for _, m := range facts {
		if m.start <= start && end <= m.end {
			p.Evidence = true
		}
		if m.end == end {
			f := pages.NewFact(r.taxonomy, m.fact)
			f.Also = r.also[f.ID]
			p.Notes = append(p.Notes, NoteView{f, m.number})
		}
	}
	return p
}

// overlapping returns the marks that have something in body[start:end].
func overlapping(marks []mark, start, end int) []mark {
	var list []mark
	for _, m := range marks {
		if m.start < end && start < m.end {
			list = append(list, m)
		}
	}
	return list
}
