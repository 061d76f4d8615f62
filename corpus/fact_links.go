package corpus

import (
	"fmt"
	"hash/maphash"
)

// FactLinks checks what can only be seen over many facts: that ids are unique
// and that links between facts lead somewhere and in no circle. It keeps a mark
// of each id that is added, some forty bytes, and all links. The zero FactLinks
// is ready to use; it is not safe for concurrent use.
type FactLinks struct {
	seed  maphash.Seed
	files []string
	ids   map[idMark]factPlace
	links []factLink
}

type factPlace struct{ file, line int32 }

type factLink struct {
	from, to, field string
	place           factPlace
}

// Add takes in a fact. It returns an error when a fact of another file has the
// same id; ReadFacts tells of those in the same file.
func (l *FactLinks) Add(f LocatedFact) *FactError {
	here := l.follow(f)
	mark := markOf(l.seed, f.Fact.ID)
	first, taken := l.ids[mark]
	if !taken {
		l.ids[mark] = here
		return nil
	}
	if l.files[first.file] == f.File {
		return nil
	}
	return &FactError{
		File: f.File, Line: f.Line, Fact: f.Fact.ID,
		Message: fmt.Sprintf("id is used before, in %s:%d; ids must be unique", l.files[first.file], first.line),
	}
}

// Follow takes in the links of a fact alone: whether facts that were not added
// exist is asked of the caller of Errors.
func (l *FactLinks) Follow(f LocatedFact) { l.follow(f) }

// follow takes in the links of a fact and returns its place.
func (l *FactLinks) follow(f LocatedFact) factPlace {
	if l.ids == nil {
		l.seed, l.ids = maphash.MakeSeed(), map[idMark]factPlace{}
	}
	if len(l.files) == 0 || l.files[len(l.files)-1] != f.File {
		l.files = append(l.files, f.File)
	}
	here := factPlace{int32(len(l.files) - 1), int32(f.Line)}
	for _, id := range f.Fact.Supersedes {
		l.links = append(l.links, factLink{f.Fact.ID, id, "supersedes", here})
	}
	for _, id := range f.Fact.ConflictsWith {
		l.links = append(l.links, factLink{f.Fact.ID, id, "conflicts_with", here})
	}
	return here
}

// Errors returns an error for each link that leads nowhere, and for each fact
// whose supersedes leads in a circle, in the order of the facts. A link leads
// somewhere when its fact was added, or when exists, which may be nil, says so.
func (l *FactLinks) Errors(exists func(id string) bool) []*FactError {
	var errors []*FactError
	report := func(link factLink, format string, args ...any) {
		errors = append(errors, &FactError{
			File: l.files[link.place.file], Line: int(link.place.line), Fact: link.from, Message: fmt.Sprintf(format, args...),
		})
	}
	circular := l.circular()
	for _, link := range l.links {
		if _, ok := l.ids[markOf(l.seed, link.to)]; !ok && (exists == nil || !exists(link.to)) {
			report(link, "%s names the fact %q, which does not exist", link.field, link.to)
		}
		if link.field == "supersedes" && circular[link.from] {
			delete(circular, link.from) // once a fact
			report(link, "supersedes leads in a circle: a fact cannot supersede what supersedes it")
		}
	}
	return errors
}

// circular returns the facts from which supersedes leads into a circle: what
// is left after taking away, again and again, facts that supersede none.
func (l *FactLinks) circular() map[string]bool {
	supersedes, supersededBy, left := map[string]int{}, map[string][]string{}, map[string]bool{}
	for _, link := range l.links {
		if link.field == "supersedes" {
			supersedes[link.from]++
			supersededBy[link.to] = append(supersededBy[link.to], link.from)
			left[link.from], left[link.to] = true, true
		}
	}
	var ends []string
	for id := range left {
		if supersedes[id] == 0 {
			ends = append(ends, id)
		}
	}
	for len(ends) > 0 {
		id := ends[len(ends)-1]
		ends = ends[:len(ends)-1]
		delete(left, id)
		for _, from := range supersededBy[id] {
			if supersedes[from]--; supersedes[from] == 0 {
				ends = append(ends, from)
			}
		}
	}
	return left
}
