package pages

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"rapport/search"
)

// Address is a page with its parameters. Its methods return changed copies.
type Address struct {
	Path     string
	Params   url.Values
	Fragment string
}

// String returns the address with its parameters in canonical order: the
// question, the filters in the order of the page, then how the answer is
// shown.
func (a Address) String() string {
	var b strings.Builder
	b.WriteString(a.Path)
	separator := byte('?')
	for _, name := range OrderedNames(a.Params) {
		for _, value := range a.Params[name] {
			b.WriteByte(separator)
			separator = '&'
			b.WriteString(url.QueryEscape(name))
			b.WriteByte('=')
			b.WriteString(readable.Replace(url.QueryEscape(value)))
		}
	}
	if a.Fragment != "" {
		b.WriteByte('#')
		b.WriteString(url.PathEscape(a.Fragment))
	}
	return b.String()
}

// readable undoes escapes that a query string does not need.
var readable = strings.NewReplacer("%3A", ":", "%2C", ",", "%2F", "/", "%22", "%22")

// Add returns the address with one more value of a parameter, in canonical
// order: single values come before ranges.
func (a Address) Add(name, value string) Address {
	a = a.clone()
	if !slices.Contains(a.Params[name], value) {
		a.Params[name] = append(a.Params[name], value)
		slices.SortStableFunc(a.Params[name], func(a, b string) int {
			return cmp.Or(cmp.Compare(rangeRank(a), rangeRank(b)), strings.Compare(a, b))
		})
	}
	return a
}

// rangeRank orders values of a parameter: 0 of a single value, 1 of a range.
func rangeRank(value string) int {
	if strings.Contains(value, "..") || strings.HasPrefix(value, "<") || strings.HasPrefix(value, ">") {
		return 1
	}
	return 0
}

// Remove returns the address without a value of a parameter.
func (a Address) Remove(name, value string) Address {
	a = a.clone()
	a.Params[name] = slices.DeleteFunc(a.Params[name], func(v string) bool { return v == value })
	return a
}

// Set returns the address with value as the only one of a parameter; an empty
// value removes the parameter.
func (a Address) Set(name, value string) Address {
	a = a.clone()
	delete(a.Params, name)
	if value != "" {
		a.Params[name] = []string{value}
	}
	return a
}

// Drop returns the address without the parameters.
func (a Address) Drop(names ...string) Address {
	a = a.clone()
	for _, name := range names {
		delete(a.Params, name)
	}
	return a
}

// Under returns the address with another path.
func (a Address) Under(path string) Address {
	a = a.clone()
	a.Path = path
	return a
}

// At returns the address with a fragment.
func (a Address) At(fragment string) Address {
	a.Fragment = fragment
	return a
}

func (a Address) clone() Address {
	params := make(url.Values, len(a.Params))
	for name, values := range a.Params {
		params[name] = slices.Clone(values)
	}
	a.Params = params
	return a
}

// OrderedNames returns the names of params that have values, in canonical
// order.
func OrderedNames(params url.Values) []string {
	var known []string
	known = append(known, "q")
	for _, kind := range []search.Kind{search.Documents, search.Facts} {
		for _, field := range search.FacetFields(kind) {
			if !slices.Contains(known, field) {
				known = append(known, field, "-"+field)
			}
		}
	}
	known = append(known, "match", "sort", "limit", "cursor")
	var names []string
	for _, name := range known {
		if len(params[name]) > 0 {
			names = append(names, name)
		}
	}
	var rest []string
	for name, values := range params {
		if len(values) > 0 && !slices.Contains(known, name) {
			rest = append(rest, name)
		}
	}
	slices.Sort(rest)
	return append(names, rest...)
}

// Outside returns an address that a page may link to: one that begins with
// http:// or https://, else the empty string.
func Outside(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// ParseAddress is the inverse of Address.String.
func ParseAddress(s string) (Address, error) {
	u, err := url.Parse(s)
	if err != nil {
		return Address{}, err
	}
	return Address{Path: u.Path, Params: u.Query(), Fragment: u.Fragment}, nil
}
