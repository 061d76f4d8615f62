package main

import (
	"context"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// Every command shows how it is used, and every flag says what it does.
func TestHelpGivesExamples(t *testing.T) {
	var cli commands
	parser, err := newParser(context.Background(), &cli, streams{}, kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range parser.Model.Children {
		if c.Hidden || c.Name == "completion" { // whose help is the library's
			continue
		}
		if !strings.Contains(c.Detail, "Examples:\n  ") || !strings.Contains(c.Detail, "rapport "+c.Name) && c.Name != "search" {
			t.Errorf("%s has no examples:\n%s", c.Name, c.Detail)
		}
		for _, f := range c.Flags {
			if f.Help == "" {
				t.Errorf("%s --%s says nothing", c.Name, f.Name)
			}
		}
	}
}
