// Command rapport indexes documents and facts and answers questions about
// them, in the terminal and on web pages.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
	kongcompletion "github.com/jotaen/kong-completion"

	"rapport/indexer"
	"rapport/search"
)

// The exit codes of the contract.
const (
	exitOK      = 0
	exitNothing = 1 // nothing found, or findings of a check
	exitFailed  = 2
	exitSkipped = 3 // done, but some files were left out
)

// exitCode ends the program with a code that is no failure to report: what
// there was to say has been said.
type exitCode int

// Error names the code; it is not printed.
func (e exitCode) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ignoreEmptyVariables()
	out := &output{file: os.Stdout}
	code := run(ctx, os.Args[1:], streams{os.Stdin, out, os.Stderr})
	stop()
	os.Exit(out.check(code, os.Stderr))
}

// ignoreEmptyVariables makes a variable that is set to nothing mean what one
// that is not set means, as in service files that list all of them.
func ignoreEmptyVariables() {
	for _, variable := range os.Environ() {
		if name, value, _ := strings.Cut(variable, "="); strings.HasPrefix(name, variablePrefix) && value == "" {
			os.Unsetenv(name)
		}
	}
}

// streams are the three standard streams of a command.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// run parses the arguments, runs the verb and returns the exit code.
func run(ctx context.Context, args []string, io streams) (code int) {
	var cli commands
	exited := -1
	parser, err := newParser(ctx, &cli, io, kong.Exit(func(c int) { exited = c }))
	if err != nil {
		fmt.Fprintln(io.err, "rapport:", err)
		return exitFailed
	}
	kongcompletion.Register(parser, completions()...)
	parsed, err := parser.Parse(args)
	if exited >= 0 { // --help and --version have printed and are done
		return exited
	}
	if err != nil && len(args) == 0 {
		fmt.Fprintf(io.err, "rapport: name a command: %s\nTry rapport --help.\n", strings.Join(verbs(parser), ", "))
		return exitFailed
	}
	if err != nil {
		verb, message := verbOf(err), err.Error()
		if rest, ok := strings.CutPrefix(message, "unexpected argument "); ok && verb == "" {
			message = "there is no command " + rest
		}
		fmt.Fprintf(io.err, "rapport: %s\nTry %s --help.\n", message, strings.TrimSpace("rapport "+verb))
		if asks(verb) && strings.HasPrefix(message, "unknown flag -") {
			fmt.Fprintf(io.err, "A question with a hyphen goes into quotes: rapport %[1]s 'fund -Japan'; one that begins with it comes after --: rapport %[1]s -- -Japan\n", verb)
		}
		return exitFailed
	}
	return report(parsed.Run(), io.err)
}

// newParser returns the parser of the command line.
func newParser(ctx context.Context, cli *commands, io streams, more ...kong.Option) (*kong.Kong, error) {
	return kong.New(cli, append([]kong.Option{
		kong.Name("rapport"),
		kong.Description("Full-text search with exact facets over documents and facts."),
		kong.Vars{"version": version()},
		limitDefaults(),
		kong.Writers(io.out, io.err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&cli.globals, &io),
	}, more...)...)
}

// verbs lists the commands that people use.
func verbs(parser *kong.Kong) []string {
	var names []string
	for _, c := range parser.Model.Children {
		if !c.Hidden {
			names = append(names, c.Name)
		}
	}
	return names
}

// asks reports whether a verb takes a question.
func asks(verb string) bool { return verb == "search" || verb == "facts" || verb == "matrix" }

// verbOf returns the command that was named in arguments with an error, empty
// when none was.
func verbOf(err error) string {
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context != nil {
		if c := parse.Context.Selected(); c != nil && !c.Hidden {
			return c.Name
		}
	}
	return ""
}

// report prints an error and returns the exit code that it stands for.
func report(err error, w io.Writer) int {
	var code exitCode
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, syscall.EPIPE):
		return exitOK // the reader, such as head, has seen enough
	case errors.Is(err, context.Canceled) && !errors.Is(err, indexer.ErrInterrupted) && !errors.Is(err, errNothingKept):
		err = errors.New("interrupted before it was done")
	}
	fmt.Fprintln(w, "rapport:", err)
	if errors.Is(err, search.ErrDamaged) && !strings.Contains(err.Error(), "--rebuild") {
		fmt.Fprintln(w, "Restore a backup, or read everything again with rapport index --rebuild.")
	}
	return exitFailed
}
