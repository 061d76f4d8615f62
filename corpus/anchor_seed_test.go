package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapport/corpus/corpustest"
)

// shared returns the path of a file of test data outside the repository, or
// skips the test when it is not there.
func shared(t testing.TB, path string) string {
	t.Helper()
	root := os.Getenv("RAPPORT_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared") // beside the repository
	}
	full := filepath.Join(root, path)
	if _, err := os.Stat(full); err != nil {
		t.Skipf("test data are not there: %v", err)
	}
	return full
}

// convertSeed returns the facts of seed-facts.yaml, which must have no errors
// and the years that the file says.
func convertSeed(t testing.TB, body string) []Fact {
	data, err := os.ReadFile(shared(t, "knowledge/seed-facts.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	converted, years, err := corpustest.ConvertSeed(data, body, "seed.txt")
	if err != nil {
		t.Fatal(err)
	}
	facts, messages := readAll("seed.facts.yaml", string(converted), nil)
	for _, m := range messages {
		if !strings.HasPrefix(m, "warning: ") {
			t.Error(m)
		}
	}
	if len(facts) != len(years) {
		t.Fatalf("%d of %d facts", len(facts), len(years))
	}
	for _, f := range facts {
		if got, want := f.Years(), years[f.ID]; !slices.Equal(got, want) {
			t.Errorf("%s: years %v, want %v", f.ID, got, want)
		}
	}
	return facts
}

func seedBody(t testing.TB) string {
	data, err := os.ReadFile(shared(t, "corpora/seed/000_3682da9770485475.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// statuses anchors facts in a text and counts them by status.
func statuses(facts []Fact, body string) (count map[AnchorStatus]int, anchored []Evidence) {
	anchorer := NewAnchorer(&Document{Body: body})
	count = map[AnchorStatus]int{}
	for _, f := range facts {
		e := anchorer.Anchor(f.Evidence)
		count[e.Status]++
		anchored = append(anchored, e)
	}
	return count, anchored
}

func TestSeedFacts(t *testing.T) {
	body := seedBody(t)
	facts := convertSeed(t, body)
	count, _ := statuses(facts, body)
	if len(facts) != 70 || count[AnchorExact] != 70 {
		t.Errorf("%d facts anchored as %v, want 70 exact", len(facts), count)
	}
	for i := range facts { // without the hint
		facts[i].Evidence.Offset, facts[i].Evidence.End = 0, 0
	}
	if count, _ := statuses(facts, body); count[AnchorExact] != 70 {
		t.Errorf("without offsets: %v, want 70 exact", count)
	}
	partners, years := map[PartnerID]int{}, map[string]int{}
	for _, f := range facts {
		for _, p := range append([]PartnerID{}, f.Partners...) {
			partners[p]++
		}
		if len(f.Partners) == 0 {
			partners[None]++
		}
		for _, y := range f.Years() {
			years[y]++
		}
		if len(f.Years()) == 0 {
			years[None]++
		}
	}
	for p, want := range map[PartnerID]int{"JP": 62, "AZ": 3, "TJ": 1, "AF": 1, "SE": 1, None: 6} {
		if partners[p] != want {
			t.Errorf("%d facts of %s, want %d", partners[p], p, want)
		}
	}
	// 48 facts have no year: 44 without any date, and 4 of a decade.
	for y, want := range map[string]int{"2005": 1, "2007": 4, "2009": 5, "2011": 11, "2012": 1, "1990s": 4, None: 44} {
		if years[y] != want {
			t.Errorf("%d facts of %s, want %d", years[y], y, want)
		}
	}
}

// TestSeedSurvivesLayout checks that no fact is lost when only the layout of
// its document changes.
func TestSeedSurvivesLayout(t *testing.T) {
	body := seedBody(t)
	facts := convertSeed(t, body)
	paragraphs := strings.Split(body, "\n\n")
	reversed := slices.Clone(paragraphs)
	slices.Reverse(reversed)
	for name, changed := range map[string]string{
		"straight quotes": strings.NewReplacer("“", `"`, "”", `"`, "’", "'").Replace(body),
		"single newlines": strings.ReplaceAll(body, "\n\n", "\n"),
		"one line":        strings.Join(strings.Fields(body), " "),
		"header":          "Home > Topics > Partners\n\n" + body,
		"hard wraps":      corpustest.Wrap(body, 60),
		"reversed":        strings.Join(reversed, "\n\n"),
		"no-break spaces": strings.ReplaceAll(body, " of ", "\u00a0of\u00a0"),
		"soft hyphens":    strings.ReplaceAll(body, "cooperation", "coopera\u00adtion"),
	} {
		count, anchored := statuses(facts, changed)
		if found := count[AnchorExact] + count[AnchorMoved] + count[AnchorNormalised]; found != len(facts) {
			t.Errorf("%s: %v", name, count)
		}
		for i, e := range anchored {
			if got, want := fold(changed[e.Offset:e.End]), fold(facts[i].Evidence.Exact); got != want {
				t.Errorf("%s: %s stands at %q", name, facts[i].ID, got)
			}
		}
	}
}

// TestSeedEdited changes two sums and cuts one sentence that states two
// facts, with the surroundings of the quotations and without.
func TestSeedEdited(t *testing.T) {
	body := seedBody(t)
	facts := convertSeed(t, body)
	edited := strings.ReplaceAll(body, "$2.49 billion", "$3.1 billion")
	edited = strings.ReplaceAll(edited, "571 hectares", "568 hectares")
	start := strings.Index(edited, "Japanese Foreign Minister Takeaki Matsumoto visited")
	end := start + strings.Index(edited[start:], "Secretary General.") + len("Secretary General.")
	edited = edited[:start] + edited[end:]
	want := map[string]struct {
		status AnchorStatus
		now    string
	}{
		"jp2012-036": {AnchorChanged, "As of May 2011, Japan had given $3.1 billion worth of assistance to Afghanistan"},
		"jp2012-056": {AnchorChanged, "the clearing of 568 hectares of contaminated land"},
		"jp2012-017": {AnchorMissing, ""}, "jp2012-018": {AnchorMissing, ""},
	}
	check := func(how string) {
		t.Helper()
		_, before := statuses(facts, body)
		_, anchored := statuses(facts, edited)
		for i, e := range anchored {
			w, edited := want[facts[i].ID]
			if !edited && e.Status.Stale() != before[i].Status.Stale() || edited && (e.Status != w.status || e.Now != w.now) {
				t.Errorf("%s: %s is %s: %q, want %s: %q", how, facts[i].ID, e.Status, e.Now, w.status, w.now)
			}
		}
	}
	check("with surroundings")
	for i := range facts {
		e := &facts[i].Evidence
		e.Prefix, e.Suffix, e.Offset, e.End = "", "", 0, 0
	}
	check("without surroundings")
}
