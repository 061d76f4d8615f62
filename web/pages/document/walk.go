package document

import (
	"strconv"

	"rapport/corpus"
	"rapport/web/pages"
)

// turnPages links the parts before and after.
func (b *View) turnPages(link pages.Address, parts []part, now int) {
	to := func(p part) string { return link.Set("at", strconv.Itoa(p.start)).At("at").String() }
	if now > 0 {
		b.PartBack = to(parts[now-1])
	}
	if now+1 < len(parts) {
		b.PartNext = to(parts[now+1])
	}
}

// walkHits links the hits before and after the current one, which is the
// first at or behind the place asked for.
func (b *View) walkHits(link pages.Address, hits []mark, p part, at int) {
	if len(hits) == 0 {
		return
	}
	now := len(hits) - 1
	for i, h := range hits {
		if h.end > max(at, 0) {
			now = i
			break
		}
	}
	b.HitNow = hits[now].number
	to := func(m mark) string { return link.Set("at", strconv.Itoa(m.start)).At("at").String() }
	b.Previous = to(hits[(now+len(hits)-1)%len(hits)])
	b.Following = to(hits[(now+1)%len(hits)])
	b.FarBack, b.FarNext = far(hits, p, to)
	first := max(0, min(now-mostNumbers/2, len(hits)-mostNumbers))
	for _, h := range hits[first:min(first+mostNumbers, len(hits))] {
		b.Numbers = append(b.Numbers, numberView{Number: h.number, Href: to(h), Now: h.number == b.HitNow})
	}
}

// far links the last hit before a part and the first one behind it, or, at the
// ends of the document, those at its other end; empty when the part has all.
func far(hits []mark, p part, to func(mark) string) (back, next string) {
	first, last := len(hits), -1
	for i, h := range hits {
		if h.start >= p.start && h.start < p.end {
			first, last = min(first, i), i
		}
	}
	if last-first+1 == len(hits) || last < 0 {
		return "", ""
	}
	return to(hits[(first+len(hits)-1)%len(hits)]), to(hits[(last+1)%len(hits)])
}

// contents lists pages and sections with their hits. Of a long list it keeps
// those with hits and those near the part shown.
func (b *View) contents(link pages.Address, doc *corpus.Document, hits []mark, now part) {
	for i, page := range doc.Pages {
		end := len(doc.Body)
		if i+1 < len(doc.Pages) {
			end = doc.Pages[i+1].Offset
		}
		s := sectionView{Level: page.Level, Now: page.Offset < now.end && end > now.start}
		s.Text = page.Title
		if s.Text == "" {
			s.Text = page.Label
			if page.Level == 0 {
				s.Text = "Page " + page.Label
			}
		}
		for _, h := range hits {
			if h.start >= page.Offset && h.start < end {
				s.Hits++
			}
		}
		s.Href = link.Set("at", strconv.Itoa(page.Offset)).At("at").String()
		b.Sections = append(b.Sections, s)
	}
	if len(b.Sections) <= mostSections {
		return
	}
	var few []sectionView
	for _, s := range b.Sections {
		if (s.Now || s.Hits > 0) && len(few) < mostSections {
			few = append(few, s)
		}
	}
	b.Omitted = len(b.Sections) - len(few)
	b.Sections = few
}
