package pages

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// FacetView is a group of filters.
type FacetView struct {
	Field   string
	Heading string
	Note    string // how much is selected: "1 of 38"
	Open    bool
	Values  []ValueView // always in sight
	More    []ValueView // behind "Show all"
	Missing *ValueView
	Find    string // label of the box that filters as one types; empty for none
	Shown   int    // values in sight
	Loaded  int    // values on the page
	Total   int    // values there are
	All     string // address of the page with all values, when not all are loaded
	Years   *YearsView
}

// ValueView is a value of a facet: a box to tick and a link to exclude it.
type ValueView struct {
	Field, Value string
	Label        string
	Count        int
	Selected     bool
	Excluded     bool
	Only         string // address of the answer with this value alone selected
	Not          string // address that excludes the value, or stops excluding it
	Narrower     []ValueView
	Group        bool // other values belong to it
	Open         bool // a narrower value is selected or excluded
}

// Room is the class that keeps the link of a value clear of its number: "d" and
// the characters that it has; empty for a number that leaves room, or none.
func (v ValueView) Room() string {
	if n := len(Number(v.Count)); n > 2 && !v.Excluded {
		return "d" + strconv.Itoa(n)
	}
	return ""
}

// inSight is how many values of a facet are shown at first.
const inSight = 8

// loadedValues is how many values of a facet a page holds at most; the page
// of all values has the rest.
const loadedValues = 60

// FacetRequests returns the facets that a page of records of a kind asks for.
func FacetRequests(kind search.Kind) []search.FacetRequest {
	var requests []search.FacetRequest
	for _, field := range search.FacetFields(kind) {
		limit := loadedValues
		if field == search.FieldYear || field == search.FieldPublished {
			limit = 0
		}
		requests = append(requests, search.FacetRequest{Field: field, Limit: limit})
	}
	return requests
}

// facetViews makes groups of filters for an answer at an address.
func facetViews(here Address, facets []search.Facet) []FacetView {
	here = here.Drop("cursor")
	var views []FacetView
	for _, f := range facets {
		if v, worthShowing := facetView(here, f); worthShowing {
			views = append(views, v)
		}
	}
	return views
}

func facetView(here Address, f search.Facet) (FacetView, bool) {
	field := f.Field
	v := FacetView{Field: field, Heading: HeadingOf(field), Total: f.Distinct}
	selected, excluded := here.Params[field], here.Params["-"+field]
	used := len(selected)+len(excluded) > 0
	if f.Distinct == 0 && !used || f.Distinct == 1 && f.Missing == 0 && !used {
		return v, false
	}
	v.Note = note(len(selected), len(excluded), f.Distinct)
	v.Open = used || slices.Contains(openFacets, field)
	if field == search.FieldYear || field == search.FieldPublished {
		v.Years = yearsView(here, f)
		v.Note = ""
		if r := v.Years.chosen(); r != "" {
			v.Note = r
		}
	} else {
		v.list(here, f)
	}
	if f.Missing > 0 || slices.Contains(selected, corpus.None) || slices.Contains(excluded, corpus.None) {
		missing := NewValue(here, field, search.FacetValue{Value: corpus.None, Label: MissingLabel(field), Count: f.Missing})
		v.Missing = &missing
	}
	return v, true
}

// byCountAndLabel orders values as people look for them: an engine knows no
// names of languages, kinds and standings, and orders those by their codes.
func byCountAndLabel(a, b ValueView) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Label, b.Label))
}

// list fills in the values: selected ones first, the rest by count, groups with
// their topics below them.
func (v *FacetView) list(here Address, f search.Facet) {
	below := map[string][]ValueView{}
	var top []ValueView
	known := map[string]bool{}
	for _, value := range f.Values {
		known[value.Value] = true
	}
	for _, value := range f.Values {
		switch {
		case value.Value == corpus.None:
		case value.Parent != "" && known[value.Parent]:
			below[value.Parent] = append(below[value.Parent], NewValue(here, f.Field, value))
		default:
			top = append(top, NewValue(here, f.Field, value))
		}
	}
	v.Loaded = len(top)
	for i := range top {
		top[i].Narrower = below[top[i].Value]
		slices.SortStableFunc(top[i].Narrower, byCountAndLabel)
		v.Loaded += len(top[i].Narrower)
		for _, n := range top[i].Narrower {
			top[i].Open = top[i].Open || n.Selected || n.Excluded
		}
	}
	inUse := func(value ValueView) bool { return value.Selected || value.Excluded || value.Open }
	slices.SortStableFunc(top, func(a, b ValueView) int {
		switch {
		case inUse(a) == inUse(b):
			return byCountAndLabel(a, b)
		case inUse(a):
			return -1
		}
		return 1
	})
	cut := min(inSight, len(top))
	for cut < len(top) && inUse(top[cut]) {
		cut++
	}
	if len(top)-cut <= 2 { // no door for what would fit in its place
		cut = len(top)
	}
	v.Values, v.More = top[:cut], top[cut:]
	v.Shown = cut
	if len(v.More) > 0 {
		v.Find = "Find a " + strings.ToLower(cmp.Or(oneOf[f.Field], v.Heading))
	}
	if f.Distinct > v.Loaded {
		v.All = here.facetPage(f.Field).String()
	}
}

// oneOf names a value of a facet whose heading is no name for one.
var oneOf = map[string]string{search.FieldMention: "partner"}

// NewValue makes a value of a facet for an answer at an address.
func NewValue(here Address, field string, value search.FacetValue) ValueView {
	v := ValueView{Field: field, Value: value.Value, Label: value.Label, Count: value.Count}
	if v.Label == "" {
		v.Label = v.Value
	}
	v.Label = Display(field, v.Value, v.Label)
	v.Selected = slices.Contains(here.Params[field], v.Value)
	v.Excluded = slices.Contains(here.Params["-"+field], v.Value)
	v.Only = here.Set(field, v.Value).Remove("-"+field, v.Value).String()
	if v.Excluded {
		v.Not = here.Remove("-"+field, v.Value).String()
	} else {
		v.Not = here.Remove(field, v.Value).Add("-"+field, v.Value).String()
	}
	return v
}

// facetPage returns the address of the page with all values of a facet.
func (a Address) facetPage(field string) Address {
	a = a.Drop("sort", "collapse", "limit", "cursor")
	if a.Path == "/facts" {
		a.Params["of"] = []string{string(search.Facts)}
	}
	a.Path = "/facets/" + field
	return a
}

func note(selected, excluded, distinct int) string {
	var parts []string
	switch {
	case selected > distinct: // nothing was found with them
		parts = append(parts, Number(selected)+" selected")
	case selected > 0:
		parts = append(parts, Number(selected)+" of "+Number(distinct))
	}
	if excluded > 0 {
		parts = append(parts, Number(excluded)+" excluded")
	}
	return strings.Join(parts, ", ")
}

// openFacets are the groups that are open though nothing in them is in use.
var openFacets = []string{search.FieldPartner, search.FieldYear, search.FieldTopic, search.FieldType, search.FieldKind}

// NoFacet returns the *Missing that says that records of a kind have no facet of
// a name, which there are, and which one may be meant.
func NoFacet(kind search.Kind, name string) *Missing {
	there := search.FacetFields(kind)
	missing := &Missing{What: "there is no facet “" + Clamp(name, 60) + "” of " + string(kind) + "; there are " + strings.Join(there, ", ")}
	if near := corpus.Nearest(name, there); near != "" {
		at := Address{Path: "/facets/" + near}
		if kind == search.Facts {
			at = at.Set("of", string(kind))
		}
		missing.Near = []Link{{Href: at.String(), Text: near}}
	}
	return missing
}

// HeadingOf returns what people call a field; the field itself when it has no
// other name.
func HeadingOf(field string) string {
	switch field {
	case search.FieldPartner:
		return "Partner"
	case search.FieldMention:
		return "Mentions"
	case search.FieldTopic:
		return "Topic"
	case search.FieldYear:
		return "Year"
	case search.FieldPublished:
		return "Published"
	case search.FieldType:
		return "Kind of source"
	case search.FieldPublisher:
		return "Publisher"
	case search.FieldFormat:
		return "Format"
	case search.FieldLang:
		return "Language"
	case search.FieldSource:
		return "Collection"
	case search.FieldKind:
		return "Kind of fact"
	case search.FieldStatus:
		return "Standing"
	case search.FieldCurrency:
		return "Currency"
	case search.FieldDocument:
		return "Document"
	case search.FieldSame:
		return "Same file as"
	case search.FieldNear:
		return "Near-identical to"
	case search.FieldWork:
		return "Edition of"
	}
	return field
}

// MissingLabel names the records that have no value in a field.
func MissingLabel(field string) string {
	switch field {
	case search.FieldYear:
		return "No year stated"
	case search.FieldPublished:
		return "No date stated"
	case search.FieldPartner:
		return "About no partner"
	case search.FieldMention:
		return "Mentions no partner"
	case search.FieldTopic:
		return "On no topic"
	case search.FieldCurrency:
		return "Without a sum"
	}
	return "Not stated"
}

// Display improves the labels of values that are codes.
func Display(field, value, label string) string {
	switch {
	case value == corpus.None:
		return MissingLabel(field)
	case field == search.FieldLang:
		if name, ok := languages[value]; ok {
			return name
		}
	case field == search.FieldStatus:
		if name, ok := standings[value]; ok {
			return name
		}
	case field == search.FieldKind:
		return strings.ReplaceAll(label, "-", " ")
	}
	return label
}

var languages = map[string]string{
	"ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian",
	"ja": "Japanese", "ko": "Korean", "pt": "Portuguese", "ru": "Russian", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}
