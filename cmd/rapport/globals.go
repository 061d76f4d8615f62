package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"rapport/corpus"
)

// globals are the flags of every verb.
type globals struct {
	Data    string           `help:"Data directory." env:"RAPPORT_DATA" default:"./rapport-data" type:"path" placeholder:"DIR" group:"Settings"`
	Config  string           `help:"Configuration file; rapport config tells more." env:"RAPPORT_CONFIG" type:"path" placeholder:"FILE"`
	JSON    bool             `help:"Print the answer as JSON." name:"json"`
	Quiet   bool             `help:"Print no messages and no progress." short:"q"`
	NoColor bool             `help:"Print without colours." env:"NO_COLOR"`
	Version kong.VersionFlag `help:"Print the version."`

	file *configuration // what the configuration file says
}

// BeforeResolve reads the configuration file, whose values count where neither
// the command line nor the environment says anything.
func (g *globals) BeforeResolve(ctx *kong.Context) error {
	if strings.HasPrefix(ctx.Command(), "worker") {
		return nil // the process that started it has read the file
	}
	if err := checkVariables(ctx.Model); err != nil {
		return err
	}
	var named string
	for _, flag := range ctx.Flags() {
		if flag.Name == "config" {
			named, _ = ctx.FlagValue(flag).(string)
		}
	}
	var err error
	if g.file, err = findConfiguration(named, settings(ctx.Model)); err != nil {
		return err
	}
	ctx.AddResolver(g.file)
	return nil
}

// checkVariables refuses a variable of the environment that is nearly the name
// of one that is read. Others may be anybody's: orchestrators set variables that
// begin with the name of a service.
func checkVariables(app *kong.Application) error {
	var known []string
	for _, node := range append([]*kong.Node{app.Node}, app.Children...) {
		for _, flag := range node.Flags {
			known = append(known, flag.Envs...)
		}
	}
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		own, ours := strings.CutPrefix(name, variablePrefix)
		if !ours || slices.Contains(known, name) {
			continue
		}
		var rest []string
		for _, k := range known {
			if k, ours := strings.CutPrefix(k, variablePrefix); ours {
				rest = append(rest, k)
			}
		}
		if near := corpus.Nearest(own, rest); near != "" {
			return fmt.Errorf("nothing reads the variable %s; did you mean %s%s?", name, variablePrefix, near)
		}
	}
	return nil
}

// variablePrefix begins the variables of the environment that are settings.
const variablePrefix = "RAPPORT_"

// printJSON writes v as indented JSON.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// style colours text for a terminal, and leaves it alone elsewhere.
type style struct{ on bool }

func (g *globals) style(w io.Writer) style { return style{on: !g.NoColor && isTerminal(w)} }

func (s style) wrap(code, text string) string {
	if !s.on || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s style) bold(text string) string  { return s.wrap("1", text) }
func (s style) dim(text string) string   { return s.wrap("2", text) }
func (s style) match(text string) string { return s.wrap("1;33", text) }
