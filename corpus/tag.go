package corpus

import (
	"cmp"
	"slices"
)

// Tag returns what a document is about, from its title, its body and what its
// source declares. It takes time linear in the text.
func (t *Taxonomy) Tag(doc *Document) Tags {
	partners, topics, years := t.partners.search(), t.topics.search(), searchYears(t.numbered)
	var l wordList
	eachText(doc, func(piece string, offset int, title bool) {
		if l.read(piece); title {
			l.before = 0
		}
		partners.read(&l, offset, title)
		topics.read(&l, offset, title)
		years.read(&l, offset, title)
		if !title {
			l.before += len(l.words)
		}
	})
	partners.size = l.before
	partners.settle(doc)
	tags := Tags{Mentions: partners.tags(t), Topics: topics.tags(t), Years: years.tags()}
	tags.Partners = partners.salient(tags.Mentions)
	t.declare(doc.Declared, &tags)
	return tags
}

// declare puts declared partners and topics in the place of computed ones.
// What is declared is mentioned, too.
func (t *Taxonomy) declare(d Declared, tags *Tags) {
	if declared := declaredTags(d.Partners, tags.Mentions, func(name string) (string, bool) {
		id, ok := t.LookupPartner(name)
		return string(id), ok
	}); declared != nil {
		tags.Partners = declared
		for _, tag := range declared {
			if i := slices.IndexFunc(tags.Mentions, func(m Tag) bool { return m.Value == tag.Value }); i >= 0 {
				tags.Mentions[i].Declared = true
			} else {
				tags.Mentions = append(tags.Mentions, tag)
			}
		}
	}
	if declared := declaredTags(d.Topics, tags.Topics, func(name string) (string, bool) {
		id, ok := t.LookupTopic(name)
		return string(id), ok
	}); declared != nil {
		tags.Topics = declared
	}
}

// declaredTags resolves declared names, with the evidence that the text has.
func declaredTags(names []string, computed []Tag, lookup func(string) (string, bool)) []Tag {
	var tags []Tag
	for _, name := range names {
		value, ok := lookup(name)
		if !ok || slices.ContainsFunc(tags, func(t Tag) bool { return t.Value == value }) {
			continue
		}
		tag := Tag{Value: value}
		if i := slices.IndexFunc(computed, func(c Tag) bool { return c.Value == value }); i >= 0 {
			tag = computed[i]
		}
		tag.Declared = true
		tags = append(tags, tag)
	}
	return tags
}

// found is what a text has of one partner, topic or year.
type found struct {
	count   int
	weak    int
	inTitle bool
	first   int // offset of the first place in the body, -1 for none
	lead    int // places in the lead
	words   []Words
}

// leadWords is the length of the part of a text that says what it is about.
const leadWords = 100

// add counts words i to j of a piece of the title or body, which begins at an
// offset, and keeps them.
func (f *found) add(l *wordList, i, j, offset int, title bool) {
	offset += l.words[i].start
	if f.count+f.weak == 0 {
		f.first = -1
	}
	f.count++
	switch {
	case title:
		f.inTitle = true
		offset = -1 - offset
	default:
		if f.first < 0 {
			f.first = offset
		}
		if l.before+i < leadWords {
			f.lead++
		}
	}
	if len(f.words) < MaxEvidence {
		f.words = append(f.words, Words{Text: l.span(i, j), Offset: offset})
	}
}

// join adds what was found elsewhere.
func (f *found) join(o *found) {
	if f.count == 0 || o.first >= 0 && (f.first < 0 || o.first < f.first) {
		f.first = o.first
	}
	f.count += o.count
	f.weak += o.weak
	f.lead += o.lead
	f.inTitle = f.inTitle || o.inTitle
	f.words = append(f.words, o.words...)
	slices.SortStableFunc(f.words, textOrder)
	f.words = f.words[:min(len(f.words), MaxEvidence)]
}

// textOrder orders words as a reader meets them: the title, then the body.
func textOrder(a, b Words) int {
	if a.Offset < 0 && b.Offset < 0 {
		return cmp.Compare(b.Offset, a.Offset)
	}
	return cmp.Compare(a.Offset, b.Offset)
}

// tag makes a tag of what was found.
func (f *found) tag(value string) Tag {
	slices.SortStableFunc(f.words, textOrder)
	return Tag{Value: value, Count: f.count, Evidence: f.words}
}

// eachText calls f with the title and with the body in pieces.
func eachText(doc *Document, f func(piece string, offset int, title bool)) {
	if doc.Title != "" {
		f(doc.Title, 0, true)
	}
	chunks(doc.Body, func(piece string, offset int) { f(piece, offset, false) })
}
