package help_test

import (
	"testing"

	"rapport/search"
	"rapport/web/pages/help"
	"rapport/web/pages/pagestest"
)

// TestHelp checks that every form of the language is taught with an example to
// click.
func TestHelp(t *testing.T) {
	page := pagestest.Render(t, help.Page(), "/help")
	wants := map[string]string{"what it is": "How to ask"}
	for _, row := range search.Syntax() {
		wants[row.Example] = row.Example + "</"
	}
	if len(wants) < 10 {
		t.Fatalf("the language has %d forms", len(wants))
	}
	pagestest.Want(t, page, wants)
}
