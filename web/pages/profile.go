package pages

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// ProfileView is what is known of a partner or a topic.
type ProfileView struct {
	Trail     []Link
	Name      string
	Also      string // other names
	ID        string
	Documents int
	Mentions  int
	FactCount int
	Stale     int
	Years     string

	DocumentsLink, MentionsLink, FactsLink, StaleLink string

	Timeline  []yearView
	Undated   int
	UndatedAt string
	Untold    int // facts not on the timeline for want of room
	Narrower  []Link
	Bars      []barView // topics of a partner, partners of a topic
	BarsTitle string
	Sums      *SumsView   // what the sums of money come to, nil when none is stated
	Stages    []stageView // single sums
	MoreSums  int         // that are not listed
	SumsLink  string
	Latest    []HitView
}

// yearView is a year of the timeline, or a gap without facts.
type yearView struct {
	Year  string
	Gap   string
	Facts []FactView
}

// barView is a row of a bar chart with its number.
type barView struct {
	Text, Href string
	Count      int
	Width      string // percent of the longest bar
	Sub        bool
}

// stageView is a sum with what the source says of it, and a doubt about it.
type stageView struct {
	Stage, Sum, Href, When, Doubt string
}

const (
	timelineFacts = 300
	mostBarsRows  = 24
	latestShown   = 5
	stagesShown   = 40
	maxMeant      = 4 // links to what a name may be meant for
)

// Profile gathers what the index holds about one value of a facet.
func (v *Visit) Profile(ctx context.Context, field, value, barsField string) (*ProfileView, error) {
	t := v.Snapshot.Taxonomy()
	filters := search.Filters{field: {Any: []string{value}}}
	documents, err := v.Snapshot.Search(ctx, search.Plan{
		Kind: search.Documents, Query: search.All{}, Filters: filters, Sort: search.Newest, Limit: latestShown,
		Facets: []search.FacetRequest{{Field: search.FieldYear}},
	})
	if err != nil {
		return nil, err
	}
	plan := search.Plan{
		Kind: search.Facts, Query: search.All{}, Filters: filters, Sort: search.Oldest, Limit: timelineFacts,
		Facets: []search.FacetRequest{{Field: search.FieldYear}, {Field: search.FieldStatus}, {Field: barsField}},
	}
	facts, err := v.Snapshot.Search(ctx, plan)
	if err != nil {
		return nil, err
	}
	to := func(path string) Address { return Address{Path: path, Params: url.Values{field: {value}}} }
	p := &ProfileView{
		ID: value, Name: search.LabelOf(t, field, value), Documents: documents.Total, FactCount: facts.Total,
		Years: yearSpan(CountsOf(documents.Facets, search.FieldYear)), Stale: StaleCount(facts.Facets),
		DocumentsLink: to("/search").String(), FactsLink: to("/facts").String(),
	}
	stale := to("/facts")
	for _, s := range StaleStandings() {
		stale = stale.Add(search.FieldStatus, s)
	}
	p.StaleLink, p.UndatedAt = stale.String(), to("/facts").Set(search.FieldYear, corpus.None).String()
	for i := range documents.Hits {
		p.Latest = append(p.Latest, NewHit(Address{Path: "/search", Params: url.Values{}}, t, &documents.Hits[i], "", search.Reading{}))
	}
	p.timeline(t, facts)
	p.bars(t, facts.Facets, to("/facts"), barsField)
	p.SumsLink = to("/facts").Add("-"+search.FieldCurrency, corpus.None).String()
	return p, p.stages(ctx, v, plan)
}

// ProfileOf returns the value of a field that the name in an address stands
// for, below a root such as "/partners/". It returns a *Moved when the address is
// not the canonical one, and a *Missing for what the taxonomy does not have, with
// the values that may be meant.
func ProfileOf[ID ~string](v *Visit, root, field string, lookup func(name string) (ID, bool), nearest func(name string) []string) (ID, error) {
	to := func(id ID) string { return root + url.PathEscape(string(id)) }
	id, ok := lookup(v.Name)
	if !ok {
		missing := &Missing{What: "there is no " + field + " “" + Clamp(v.Name, 60) + "”"}
		for _, name := range nearest(v.Name) {
			if near, ok := lookup(name); ok && len(missing.Near) < maxMeant {
				missing.Near = append(missing.Near, Link{Href: to(near), Text: search.LabelOf(v.Snapshot.Taxonomy(), field, string(near))})
			}
		}
		return "", missing
	}
	if string(id) != v.Name || len(v.Params) > 0 {
		return "", &Moved{To: to(id)}
	}
	return id, nil
}

// timeline groups facts by year and names the gaps.
func (p *ProfileView) timeline(t *corpus.Taxonomy, found *search.Found) {
	byYear := map[string][]FactView{}
	shown := 0
	for _, hit := range found.Hits {
		shown++
		years := hit.Fact.Years()
		if len(years) == 0 {
			p.Undated++
			continue
		}
		fact := NewFact(t, hit.Fact)
		fact.When = withinYear(fact, years[0])
		byYear[years[0]] = append(byYear[years[0]], fact)
	}
	p.Untold = found.Total - shown
	var keys []string
	for key := range byYear {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	before := 0
	for _, key := range keys {
		if n, ok := Year(key); ok {
			if before > 0 && n > before+1 {
				p.Timeline = append(p.Timeline, yearView{Gap: gap(before+1, n-1)})
			}
			before = n
		}
		p.Timeline = append(p.Timeline, yearView{Year: key, Facts: byYear[key]})
	}
}

// withinYear writes the date of a fact below the heading of its year, which it
// does not repeat.
func withinYear(f FactView, year string) string {
	switch {
	case f.When == year:
		return f.Exactly
	case f.Date.From == f.Date.To && f.Date.From.Month != 0:
		return strings.TrimSuffix(f.When, " "+year)
	}
	return f.When
}

func gap(from, to int) string {
	switch {
	case from == to:
		return fmt.Sprintf("%d: nothing found", from)
	case from+1 == to:
		return fmt.Sprintf("%d and %d: nothing found", from, to)
	}
	return fmt.Sprintf("%d to %d: nothing found", from, to)
}

// bars draws the counts of another facet.
func (p *ProfileView) bars(t *corpus.Taxonomy, facets []search.Facet, here Address, field string) {
	counts := CountsOf(facets, field)
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	row := func(value string, sub bool) {
		if n := counts[value]; n > 0 && len(p.Bars) < mostBarsRows {
			p.Bars = append(p.Bars, barView{
				Text: search.LabelOf(t, field, value), Href: here.Set(field, value).String(), Count: n, Sub: sub,
				Width: strconv.FormatFloat(100*float64(n)/float64(most), 'f', 1, 64),
			})
		}
	}
	byCount := func(values []string) []string {
		slices.SortStableFunc(values, func(a, b string) int { return counts[b] - counts[a] })
		return values
	}
	if field != search.FieldTopic {
		var values []string
		for value := range counts {
			values = append(values, value)
		}
		slices.Sort(values)
		for _, value := range byCount(values) {
			row(value, false)
		}
		return
	}
	var groups []string
	below := map[string][]string{}
	for _, g := range t.Groups {
		groups = append(groups, string(g.ID))
	}
	for _, topic := range t.Topics {
		below[string(topic.Group)] = append(below[string(topic.Group)], string(topic.ID))
	}
	for _, group := range byCount(groups) {
		row(group, false)
		for _, topic := range byCount(below[group]) {
			row(topic, true)
		}
	}
}

// stages says what the sums of the facts that a plan finds come to, and lists
// single ones by stage.
func (p *ProfileView) stages(ctx context.Context, v *Visit, plan search.Plan) error {
	var err error
	if p.Sums, err = v.Sums(ctx, plan); err != nil || p.Sums == nil {
		return err
	}
	p.Sums.Stated = nil // they are listed with their stages
	facts, all, err := statedSums(ctx, v.Snapshot, plan, stagesShown)
	if err != nil {
		return err
	}
	for i := range facts {
		p.Stages = append(p.Stages, newStage(&facts[i]))
	}
	p.MoreSums = all - len(facts)
	slices.SortStableFunc(p.Stages, func(a, b stageView) int { return strings.Compare(a.Stage, b.Stage) })
	return nil
}

func newStage(f *corpus.Fact) stageView {
	s := stageView{Stage: measureText(f.Amount), Sum: amountText(f.Amount), Href: factLink(f), When: factWhen(f.Date)}
	switch {
	case f.Rank == corpus.RankDeprecated:
		s.Doubt = "known to be wrong"
	case f.Extracted != "":
		s.Doubt = "found by rule"
	case f.Evidence.Status.Stale():
		s.Doubt = "stale"
	}
	if s.Stage == "" {
		s.Stage = "not stated"
	}
	return s
}
