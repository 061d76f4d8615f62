package report_test

import (
	"testing"

	"rapport/web/pages/pagestest"
	"rapport/web/pages/report"
)

// TestReport checks that what needs a person is told, with its reason.
func TestReport(t *testing.T) {
	pagestest.Want(t, pagestest.Render(t, report.Page(), "/report"), map[string]string{
		"stale facts":         "Stale facts",
		"their words":         "removed 1,300 mines",
		"a file not read":     "test/<script>.pdf",
		"what would help":     "A copy without the password",
		"a file read in part": "test/<b>bare.pdf",
		"what it lacks":       "corrupt: page 3 of 8 <cannot> be read",
		"what was added":      "test/a",
		"what was changed":    `<bdi>A <changed> note</bdi></a> <code><bdi>test/folder/changed.txt`,
		"counts that moved":   `href="/search?partner=JP"`,
		"by how much":         "\u22122",
		"where to follow it":  `href="/report.atom"`,
		"when it was indexed": "24 November 2026",
	})
}
