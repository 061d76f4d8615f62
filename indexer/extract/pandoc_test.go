package extract

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// markedSource is a text in which every kind of content holds a marker.
const markedSource = `---
title: MARKTITLE of it
author: MARKAUTHOR
---

# MARKHEADING one

A paragraph with *MARKEMPHASIS*, **MARKSTRONG**, ` + "`MARKCODE`" + `, a [MARKLINK](https://e.org/target) and MARKUNICODE Zürich Київ 日本語.
It has a note.[^1] [MARKCOMMENT]{.comment-start id="1" author="A"}commented[]{.comment-end id="1"}

- MARKBULLET
  - MARKNESTED

1. MARKNUMBERED

> MARKQUOTE

MARKTERM
:   MARKDEFINITION

| MARKHEAD | b |
|----------|---|
| MARKCELL | MARKOTHER |

    MARKBLOCK

## MARKSECOND two

MARKLAST words.

[^1]: MARKFOOTNOTE.
`

// TestFilesOfPandoc reads documents that pandoc makes of one source: nothing
// that a reader sees may be lost.
func TestFilesOfPandoc(t *testing.T) {
	pandoc, err := exec.LookPath("pandoc")
	if err != nil {
		t.Skip("pandoc is not installed: ", err)
	}
	all := strings.Fields(`MARKHEADING MARKEMPHASIS MARKSTRONG MARKCODE MARKLINK MARKUNICODE Zürich Київ 日本語 MARKBULLET MARKNESTED
		MARKNUMBERED MARKQUOTE MARKTERM MARKDEFINITION MARKHEAD MARKCELL MARKOTHER MARKBLOCK MARKSECOND MARKLAST MARKFOOTNOTE`)
	for _, format := range []string{"docx", "odt", "pptx", "epub", "rtf", "html"} {
		file := filepath.Join(t.TempDir(), "made."+format)
		cmd := exec.Command(pandoc, "-s", "-f", "markdown", "-o", file)
		cmd.Stdin = strings.NewReader(markedSource)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("pandoc: %v %s", err, out)
		}
		doc := one(t, file, readFile(t, file))
		markers := all
		if format == "docx" {
			markers = append(markers, "MARKCOMMENT")
		}
		for _, m := range markers {
			if !strings.Contains(doc.Body, m) {
				t.Errorf("%s: %s is missing in\n%s", format, m, doc.Body)
			}
		}
		if !strings.Contains(doc.Title, "MARKTITLE") {
			t.Errorf("%s: title %q", format, doc.Title)
		}
		if format != "rtf" && doc.Author != "MARKAUTHOR" {
			t.Errorf("%s: author %q", format, doc.Author)
		}
		if strings.Contains(doc.Body, "e.org/target") {
			t.Errorf("%s: the target of a link is text", format)
		}
		if format != "rtf" && len(doc.Pages) == 0 {
			t.Errorf("%s: no pages or sections", format)
		}
		row := strings.Index(doc.Body, "MARKCELL")
		if line, _, _ := strings.Cut(doc.Body[max(row, 0):], "\n"); !strings.Contains(line, "MARKOTHER") {
			t.Errorf("%s: the cells of a row are not on one line: %q", format, line)
		}
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestFilesOfLibreOffice reads what LibreOffice makes of a document of pandoc.
// RAPPORT_SOFFICE names the program, which takes seconds for each file.
func TestFilesOfLibreOffice(t *testing.T) {
	pandoc, err := exec.LookPath("pandoc")
	office := os.Getenv("RAPPORT_SOFFICE")
	if err != nil || office == "" {
		t.Skip("needs pandoc and RAPPORT_SOFFICE=soffice")
	}
	folder := t.TempDir()
	source := filepath.Join(folder, "source.docx")
	cmd := exec.Command(pandoc, "-s", "-f", "markdown", "-o", source)
	cmd.Stdin = strings.NewReader(markedSource)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("pandoc: %v %s", err, out)
	}
	for _, format := range []string{"docx", "odt", "rtf", "html", "epub"} {
		made := filepath.Join(folder, "made")
		cmd := exec.Command(office, "--headless", "--convert-to", format, "--outdir", made, source)
		cmd.Env = append(os.Environ(), "HOME="+folder)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s", office, err, out)
		}
		doc := one(t, "source."+format, readFile(t, filepath.Join(made, "source."+format)))
		for _, m := range strings.Fields("MARKHEADING MARKLINK Zürich Київ 日本語 MARKNESTED MARKNUMBERED MARKCELL MARKSECOND MARKLAST MARKFOOTNOTE") {
			if !strings.Contains(doc.Body, m) {
				t.Errorf("%s: %s is missing in\n%s", format, m, doc.Body)
			}
		}
		line, _, _ := strings.Cut(doc.Body[max(strings.Index(doc.Body, "MARKCELL"), 0):], "\n")
		if format != "epub" && !strings.Contains(line, "MARKOTHER") || doc.Author != "MARKAUTHOR" || !strings.Contains(doc.Title, "MARKTITLE") {
			t.Errorf("%s: row %q, author %q, title %q", format, line, doc.Author, doc.Title)
		}
	}
}
