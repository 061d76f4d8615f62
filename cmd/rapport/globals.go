package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/mattn/go-isatty"
	"golang.org/x/term"
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

// printJSON writes v as indented JSON.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// terminalWidth returns the characters in a line of the terminal that w is, 0
// when it is none or does not say.
func terminalWidth(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
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
