package corpus

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestMistyped checks which mistakes are taken for a name, and that codes and
// short names next to each other by chance are not.
func TestMistyped(t *testing.T) {
	for _, c := range []struct {
		text, name string
		mistakes   int // -1: not meant
	}{
		{"zz", "az", -1}, {"jp", "jx", -1}, {"pj", "jp", -1}, {"uk", "ua", -1}, {"x", "y", -1},
		{"jnp", "jpn", 1}, {"jpm", "jpn", -1}, {"kos", "kor", -1}, {"usx", "usa", -1}, {"pfd", "pdf", 1},
		{"txt", "text", 1}, {"irn", "iran", 1}, {"pdff", "pdf", 1}, {"ran", "iran", -1},
		{"vist", "visit", 1}, {"iran", "iraq", 1}, {"apan", "japan", -1}, {"lima", "mali", -1},
		{"lybia", "libya", 2}, {"japen", "japan", 1}, {"jxpqn", "japan", -1}, {"vapan", "japan", 1}, {"rhien", "rhine", 1},
		{"gambia", "zambia", 1}, {"latvai", "latvia", 1}, {"panama", "canada", -1}, {"sweden", "yemen", -1},
		{"phillipines", "philippines", 2}, {"kazahkstan", "kazakhstan", 1}, {"algeria", "nigeria", -1}, {"azerbajian", "azerbaijan", 1},
		{"deminng", "demining", 1}, {"ukrane", "ukraine", 1}, {"österreich", "osterreich", 1}, {"東京都", "東京府", -1},
	} {
		got := -1
		if d, ok := mistyped(c.text, c.name); ok {
			got = d
		}
		if got != c.mistakes {
			t.Errorf("%s for %s: %d mistakes, want %d", c.text, c.name, got, c.mistakes)
		}
	}
}

// TestMistypedAgainstDistance checks what is passed over without telling the
// distance, and that nothing is meant by chance: of random short texts hardly any
// are near to each other.
func TestMistypedAgainstDistance(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		w := make([]rune, 2+r.IntN(8))
		for i := range w {
			w[i] = []rune("abcdé†")[r.IntN(6)]
		}
		return string(w)
	}
	near := 0
	for range 20_000 {
		s, name := word(), word()
		d := EditDistance(s, name)
		got, ok := mistyped(s, name)
		if back, also := mistyped(name, s); back != got && ok || also != ok {
			t.Fatalf("%q for %q: %d, %v, and the other way round %d, %v", s, name, got, ok, back, also)
		}
		if ok && (got != d || d > maxMistakes) {
			t.Fatalf("%q for %q: %d mistakes, and they are %d apart", s, name, got, d)
		}
		if long := min(len([]rune(s)), len([]rune(name))) >= 7; !ok && long && d <= maxMistakes && s[0] == name[0] && s[0] < 0x80 {
			t.Fatalf("%q for %q is not taken for a mistake, and they are %d apart", s, name, d)
		}
		if ok {
			near++
		}
	}
	if near == 0 {
		t.Error("no two texts were near")
	}
}

func TestUnlikeness(t *testing.T) {
	for _, c := range []struct{ text, near, far string }{
		{"marshal", "marshall islands", "marsh harbour"},
		{"demin", "demining", "mine demining fund"},
		{"islands", "marshall islands", "iceland"},
		{"japa", "japan", "new japan"},
		{"canda", "natural resources canada", "candle of candour"},
	} {
		if near, far := Unlikeness(c.text, c.near), Unlikeness(c.text, c.far); near >= far || near >= Unlike {
			t.Errorf("%s is %d from %s and %d from %s", c.text, near, c.near, far, c.far)
		}
	}
	for _, c := range [][2]string{{"ma", "malta"}, {"of", "bank of japan"}, {"zz", "az"}, {"", "japan"}} {
		if d := Unlikeness(c[0], c[1]); d != Unlike {
			t.Errorf("%q is %d from %q", c[0], d, c[1])
		}
	}
}

func TestNearestNames(t *testing.T) {
	partner := func(id, name string, aliases ...string) Partner {
		return Partner{ID: PartnerID(id), Name: name, Aliases: aliases}
	}
	taxonomy := Taxonomy{
		Partners: []Partner{
			partner("MH", "Marshall Islands"), partner("IQ", "Iraq"), partner("JP", "Japan", "Nippon"), partner("SB", "Solomon Islands"),
			partner("AZ", "Azerbaijan"), partner("NG", "Nigeria"), partner("MT", "Malta"), partner("MY", "Malaysia"),
		},
		Topics: []Topic{{ID: "human.demining", Label: "Mine action"}, {ID: "defence.mines", Label: "Naval mines"}},
	}
	taxonomy.index(&partnersFile{Partners: make([]partnerData, len(taxonomy.Partners)), Others: []string{"Nippon Steel"}}, &topicsFile{})
	for text, want := range map[string]string{
		"Marshal": "Marshall Islands", "marshall": "Marshall Islands", "Marhsall": "Marshall Islands", "islands": "Marshall Islands|Solomon Islands",
		"ZZ": "", "JX": "", "XX": "", "MHX": "", "Iran": "", "Niger": "", "Mali": "", "Nippon Stel": "", "Nippon Steel": "",
		"Jpan": "Japan", "Nipon": "Nippon", "Mal": "Malta|Malaysia", "Ma": "", "Azerbajan": "Azerbaijan", "": "",
	} {
		if got := strings.Join(taxonomy.NearestPartners(text), "|"); got != want {
			t.Errorf("partners for %q: %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]string{"demin": "Mine action", "deminng": "Mine action", "min": "Mine action|Naval mines", "naval": "Naval mines", "zz": ""} {
		if got := strings.Join(taxonomy.NearestTopics(text), "|"); got != want {
			t.Errorf("topics for %q: %s, want %s", text, got, want)
		}
	}
	if got := Nearest("contrib", FactKinds()); got != "contribution" {
		t.Errorf("nearest kind: %s", got)
	}
	if codes := Currencies(); slices.Contains(codes, "UXX") || Nearest("UXX", codes) != "" {
		t.Errorf("nearest currency: %s", Nearest("UXX", codes))
	}
}
