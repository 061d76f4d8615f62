package corpus

// topicTagger finds topics in texts.
type topicTagger struct{ triggers phrases }

func (p *topicTagger) build(f *topicsFile) {
	p.triggers = phrases{spellings: map[string]string{}, plurals: true}
	for from, to := range f.Spellings {
		p.triggers.spellings[foldName(from)] = foldName(to)
	}
	for from := range p.triggers.spellings {
		p.triggers.begin(from)
	}
	for i, d := range f.Topics {
		for _, trigger := range d.Triggers {
			p.triggers.add(trigger, roleStrong, i, false)
		}
		for _, trigger := range d.Weak {
			p.triggers.add(trigger, roleWeak, i, false)
		}
		for _, phrase := range d.Not {
			p.triggers.add(phrase, roleNone, i, false)
		}
	}
}

// topicsFound is what a document has of each topic, by index.
type topicsFound struct {
	*topicTagger
	found map[int]*found
}

func (p *topicTagger) search() *topicsFound { return &topicsFound{p, map[int]*found{}} }

// read finds the triggers of all topics in a piece of text. A phrase that means
// something else takes its words away from the triggers inside it, and at the
// same words from its own topic alone.
func (r *topicsFound) read(l *wordList, offset int, title bool) {
	for i := 0; i < len(l.words); {
		senses, n := r.triggers.match(l, i)
		if n == 0 {
			i++
			continue
		}
		written := l.span(i, i+n-1)
		for _, s := range senses {
			if s.role == roleNone || !s.accepts(written) || cancelled(senses, s.index) {
				continue
			}
			if r.found[s.index] == nil {
				r.found[s.index] = &found{first: -1}
			}
			if s.role == roleWeak {
				r.found[s.index].weak++
				continue
			}
			r.found[s.index].add(l, i, i+n-1, offset, title)
		}
		i += n
	}
}

// cancelled reports whether the same words mean something else for a topic.
func cancelled(senses []sense, topic int) bool {
	for _, s := range senses {
		if s.role == roleNone && s.index == topic {
			return true
		}
	}
	return false
}

// tags returns a tag for each topic with a strong trigger, in the order of the
// taxonomy. Weak triggers add to its count.
func (r *topicsFound) tags(t *Taxonomy) []Tag {
	var tags []Tag
	for i := range t.Topics {
		if f := r.found[i]; f != nil && f.count > 0 {
			tag := f.tag(string(t.Topics[i].ID))
			tag.Count += f.weak
			tags = append(tags, tag)
		}
	}
	return tags
}
