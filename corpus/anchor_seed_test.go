package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
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

// seedFile is the layout of seed-facts.yaml, which is older than the format
// of facts files. It differs from it as convertSeed shows.
type seedFile struct {
	Facts []struct {
		ID, Kind, Class, Statement, Role, Event, Modality, Note, Corroboration string

		Partners, Organisations, People, Topics, Places []string

		OtherCountries []string `yaml:"other_countries"`
		Date           struct {
			EDTF  *string
			Mode  string
			AsOf  string   `yaml:"as_of"`
			Years []string `yaml:"facet_years"`
			Tens  []string `yaml:"facet_decades"`
		}
		Amount   *struct{ Value, Currency, Text, Measure, Stage string }
		Quantity *struct{ Value, Unit, What, Bound, Text string }
		Evidence struct {
			Doc, Exact, Prefix, Suffix string
			Start, End                 int
		}
	}
}

// convertSeed turns seed-facts.yaml into a facts file in YAML:
//
//   - the document is named by its path instead of described;
//   - precision, years and span are left out, since they follow from edtf and mode;
//   - bounds are signs instead of words, and follow the text;
//   - an unspecified stage is no stage, currency_basis follows from the text;
//   - evidence has offsets in bytes instead of code points, and neither
//     paragraphs nor occurrences;
//   - corroboration becomes a source.
func convertSeed(t testing.TB, body string) []Fact {
	data, err := os.ReadFile(shared(t, "knowledge/seed-facts.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var seed seedFile
	if err := yaml.Unmarshal(data, &seed); err != nil {
		t.Fatal(err)
	}
	bytesAt := make([]int, 0, len(body))
	for i := range body {
		bytesAt = append(bytesAt, i)
	}
	bytesAt = append(bytesAt, len(body))
	bounds := map[string]string{"more-than": ">", "exact": ""}
	var out strings.Builder
	out.WriteString("document: seed.txt\nfacts:\n")
	for _, s := range seed.Facts {
		fact := map[string]any{
			"id": s.ID, "kind": s.Kind, "class": s.Class, "statement": s.Statement, "role": s.Role, "event": s.Event,
			"modality": s.Modality, "note": s.Note, "partners": s.Partners, "organisations": s.Organisations,
			"people": s.People, "topics": s.Topics, "places": s.Places, "other_countries": s.OtherCountries,
			"evidence": map[string]any{
				"exact": s.Evidence.Exact, "prefix": s.Evidence.Prefix, "suffix": s.Evidence.Suffix,
				"offset": strconv.Itoa(bytesAt[s.Evidence.Start]), "end": strconv.Itoa(bytesAt[s.Evidence.End]),
			},
		}
		date := map[string]string{"mode": s.Date.Mode, "as_of": s.Date.AsOf}
		if s.Date.EDTF != nil {
			date["edtf"] = *s.Date.EDTF
		}
		fact["date"] = date
		if s.Corroboration != "" {
			fact["sources"] = []string{s.Corroboration}
		}
		if a := s.Amount; a != nil {
			stage := strings.TrimPrefix(a.Stage, "unspecified")
			fact["amount"] = map[string]string{"value": a.Value, "currency": a.Currency, "text": a.Text, "measure": a.Measure, "stage": stage}
		}
		if q := s.Quantity; q != nil {
			fact["quantity"] = map[string]string{"value": q.Value, "unit": q.Unit, "what": q.What, "text": q.Text, "bound": bounds[q.Bound]}
		}
		line, err := yaml.Marshal([]any{fact})
		if err != nil {
			t.Fatal(err)
		}
		out.Write(line)
	}
	facts, messages := readAll("seed.facts.yaml", out.String(), nil)
	for _, m := range messages {
		if !strings.HasPrefix(m, "warning: ") {
			t.Error(m)
		}
	}
	if len(facts) != len(seed.Facts) {
		t.Fatalf("%d of %d facts", len(facts), len(seed.Facts))
	}
	for i, s := range seed.Facts {
		want := slices.Concat(s.Date.Years, s.Date.Tens)
		if got := facts[i].Years(); !slices.Equal(got, want) {
			t.Errorf("%s: years %v, want %v", s.ID, got, want)
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
		"hard wraps":      wrap(body, 60),
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
// facts.
func TestSeedEdited(t *testing.T) {
	body := seedBody(t)
	facts := convertSeed(t, body)
	edited := strings.ReplaceAll(body, "$2.49 billion", "$3.1 billion")
	edited = strings.ReplaceAll(edited, "571 hectares", "568 hectares")
	start := strings.Index(edited, "Japanese Foreign Minister Takeaki Matsumoto visited")
	end := start + strings.Index(edited[start:], "Secretary General.") + len("Secretary General.")
	edited = edited[:start] + edited[end:]
	_, anchored := statuses(facts, edited)
	want := map[string]struct {
		status AnchorStatus
		now    string
	}{
		"jp2012-036": {AnchorChanged, "As of May 2011, Japan had given $3.1 billion worth of assistance to Afghanistan"},
		"jp2012-056": {AnchorChanged, "the clearing of 568 hectares of contaminated land"},
		"jp2012-017": {AnchorMissing, ""}, "jp2012-018": {AnchorMissing, ""},
	}
	for i, e := range anchored {
		w, edited := want[facts[i].ID]
		if !edited && e.Status.Stale() || edited && (e.Status != w.status || e.Now != w.now) {
			t.Errorf("%s is %s: %q, want %s: %q", facts[i].ID, e.Status, e.Now, w.status, w.now)
		}
	}
}

// wrap breaks the lines of a text after at most width bytes where there is a
// space.
func wrap(text string, width int) string {
	var out strings.Builder
	for _, line := range strings.SplitAfter(text, "\n") {
		at := 0
		for i, word := range strings.SplitAfter(line, " ") {
			if at += len(word); i > 0 && at > width {
				out.WriteString("\n")
				at = len(word)
			}
			out.WriteString(word)
		}
	}
	return out.String()
}
