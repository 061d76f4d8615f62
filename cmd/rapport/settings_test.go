package main

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// TestSettingsHaveOneName: a flag that is a setting is one in every verb that
// has it, has a variable of its own name, and is shown by rapport config.
func TestSettingsHaveOneName(t *testing.T) {
	parser, err := newParser(t.Context(), &commands{}, streams{nil, io.Discard, io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	all := settings(parser.Model)
	if len(all) < 10 {
		t.Fatalf("rapport config shows %d settings", len(all))
	}
	for _, flag := range all {
		want := "RAPPORT_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))
		if !slices.Equal(flag.Envs, []string{want}) {
			t.Errorf("--%s is set by %v, not by %s", flag.Name, flag.Envs, want)
		}
	}
	for _, command := range parser.Model.Children {
		for _, flag := range command.Flags {
			if isSetting(flag) && !slices.ContainsFunc(all, func(f *kong.Flag) bool { return f.Name == flag.Name }) {
				t.Errorf("rapport config does not show --%s of rapport %s", flag.Name, command.Name)
			}
		}
	}
}
