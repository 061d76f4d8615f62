package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"rapport/corpus"
	"rapport/web"
)

// statusCmd is rapport status.
type statusCmd struct {
	Skipped bool `help:"List the files that were left out or read in part, and why."`
}

// Help gives examples.
func (statusCmd) Help() string {
	return `Examples:
  rapport status              what is in the index, and since when
  rapport status --skipped    which files were left out, why, and since when
  rapport status --json       the same for a program

Exit status: 0 told, 2 there is no index, or it cannot answer.`
}

// statusAnswer is the answer of the API.
type statusAnswer struct {
	Generation string           `json:"generation"`
	Documents  int              `json:"documents"`
	Facts      int              `json:"facts"`
	Indexed    time.Time        `json:"indexed"`
	Sources    []string         `json:"sources"`
	Skipped    int              `json:"skipped"`
	Sample     bool             `json:"sample"`
	BuiltIn    bool             `json:"built_in_taxonomy"`
	Version    string           `json:"version"`
	Files      []corpus.Skip    `json:"skipped_files"`
	Partial    []corpus.Partial `json:"partial_files"`
	Unanswered []string         `json:"unanswered"`
	Reading    *web.Reading     `json:"reading"`
	Failed     string           `json:"failed"`
}

// Run asks and prints.
func (c *statusCmd) Run(ctx context.Context, g *globals, io *streams) error {
	o, err := open(ctx, g, io)
	if err != nil {
		return err
	}
	defer o.Close()
	if g.JSON {
		return printFound(ctx, o, "/api/v1/status", nil, io.out)
	}
	var a statusAnswer
	if err := ask(ctx, o, "/api/v1/status", nil, &a); err != nil {
		return err
	}
	printStatus(io.out, &a, c.Skipped)
	return nil
}

func printStatus(w io.Writer, a *statusAnswer, skipped bool) {
	fmt.Fprintf(w, "generation  %s\n", a.Generation)
	switch {
	case a.Reading != nil && a.Reading.Ended:
		fmt.Fprintln(w, "incomplete  the sources have not been read to their end; go on with rapport index FOLDER")
	case a.Reading != nil:
		fmt.Fprintf(w, "reading     %s\n", a.Reading.Progress())
	}
	fmt.Fprintf(w, "documents   %d\n", a.Documents)
	fmt.Fprintf(w, "facts       %d\n", a.Facts)
	fmt.Fprintf(w, "sources     %s\n", clean(strings.Join(a.Sources, ", ")))
	if a.BuiltIn {
		fmt.Fprintln(w, "taxonomy    built in")
	} else {
		fmt.Fprintln(w, "taxonomy    not the one that is built in")
	}
	if !a.Indexed.IsZero() {
		fmt.Fprintf(w, "last run    %s\n", a.Indexed.Local().Format(time.DateTime))
	}
	fmt.Fprintf(w, "left out    %s\n", count(a.Skipped, "file"))
	if ignored := len(a.Files) - a.Skipped; ignored > 0 {
		fmt.Fprintf(w, "ignored     %s\n", count(ignored, "path"))
	}
	if len(a.Partial) > 0 {
		fmt.Fprintf(w, "in part     %s\n", count(len(a.Partial), "file"))
	}
	if a.Failed != "" {
		fmt.Fprintf(w, "undone      %s\n", clean(a.Failed))
	}
	if a.Sample {
		fmt.Fprintln(w, "this is the built-in sample corpus")
	}
	switch {
	case !skipped && len(a.Files)+len(a.Partial) > 0:
		fmt.Fprintln(w, "            rapport status --skipped lists them and says why")
	case skipped:
		for _, s := range a.Files {
			fmt.Fprintf(w, "  %s: %s%s\n", clean(corpus.ShownPath(s.Path)), skipText(s), seen(s))
		}
		for _, p := range a.Partial {
			fmt.Fprintf(w, "  %s: read in part: %s\n", clean(corpus.ShownPath(p.Path)), clean(strings.Join(p.Lacks, "; ")))
		}
	}
	if len(a.Unanswered) > 0 {
		fmt.Fprintln(w, "questions that found nothing or were refused:")
		for _, q := range a.Unanswered {
			fmt.Fprintf(w, "  %s\n", clean(q))
		}
	}
}

// skipText says why a file was left out.
func skipText(s corpus.Skip) string {
	text := string(s.Reason)
	if s.Detail != "" {
		text += ": " + clean(s.Detail)
	}
	if s.Kept {
		text += " (the former version is kept)"
	}
	return text
}

// seen says when a file was left out first and last.
func seen(s corpus.Skip) string {
	if s.FirstSeen.IsZero() || s.LastSeen.IsZero() {
		return ""
	}
	return fmt.Sprintf(" (since %s, last seen %s)", s.FirstSeen.Local().Format(time.DateTime), s.LastSeen.Local().Format(time.DateTime))
}
