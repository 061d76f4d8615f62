package help_test

import (
	"regexp"
	"strings"
	"testing"

	"rapport/search"
	"rapport/web/pages/help"
	"rapport/web/pages/pagestest"
)

// TestHelp checks that every form of the language is taught with an example to
// click.
func TestHelp(t *testing.T) {
	page := pagestest.Render(t, help.Page(), "/help")
	if whole := `<span class="nb">-p</span>artner:Japan`; !strings.Contains(page, whole) {
		t.Errorf("a line may end between a minus and what it leaves out: the page lacks %s", whole)
	}
	page = regexp.MustCompile(`<span class="nb">(..)</span>`).ReplaceAllString(page, "$1")
	wants := map[string]string{"what it is": "How to ask"}
	for _, row := range search.Syntax() {
		wants[row.Example] = row.Example + "</"
	}
	if len(wants) < 10 {
		t.Fatalf("the language has %d forms", len(wants))
	}
	pagestest.Want(t, page, wants)
}
