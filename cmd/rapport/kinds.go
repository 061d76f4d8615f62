package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"rapport/corpus"
	"rapport/corpus/rules"
)

// kindNames name the kinds of facts that rules find.
type kindNames []string

// Names of several kinds.
const (
	defaultKinds = "default"
	allKinds     = "all"
)

// Decode implements kong.MapperValue: it takes names with commas between them,
// or the list of a configuration file, and refuses kinds that no rule finds.
func (k *kindNames) Decode(ctx *kong.DecodeContext) error {
	var names []string
	switch value := ctx.Scan.Pop().Value.(type) {
	case []any:
		for _, name := range value {
			names = append(names, fmt.Sprint(name))
		}
	default:
		names = strings.Split(fmt.Sprint(value), ",")
	}
	for _, name := range names {
		if len(kindsOf(name)) == 0 {
			return fmt.Errorf("no rule finds facts of the kind %q; name %s, %s or some of %s", name, defaultKinds, allKinds, joinKinds(rules.Kinds(), ", "))
		}
	}
	*k = append(*k, names...)
	return nil
}

// kindsOf returns the kinds that a name stands for.
func kindsOf(name string) []corpus.FactKind {
	switch kind := corpus.FactKind(name); {
	case name == allKinds:
		return rules.Kinds()
	case name == defaultKinds:
		return rules.DefaultKinds()
	case slices.Contains(rules.Kinds(), kind):
		return []corpus.FactKind{kind}
	}
	return nil
}

// kinds returns what the names stand for in the order of rules.Kinds; without
// names, what is found by default.
func (k kindNames) kinds() []corpus.FactKind {
	if len(k) == 0 {
		return rules.DefaultKinds()
	}
	var asked []corpus.FactKind
	for _, name := range k {
		asked = append(asked, kindsOf(name)...)
	}
	return slices.DeleteFunc(rules.Kinds(), func(kind corpus.FactKind) bool { return !slices.Contains(asked, kind) })
}

// rulesVersion names the rules that read documents and the kinds of facts that
// they look for, where these are not the default ones.
func rulesVersion(kinds []corpus.FactKind) string {
	if slices.Equal(kinds, rules.DefaultKinds()) {
		return "rules@" + rules.Version
	}
	return "rules@" + rules.Version + ":" + joinKinds(kinds, ",")
}

func joinKinds(kinds []corpus.FactKind, by string) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return strings.Join(names, by)
}
