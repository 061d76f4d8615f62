package corpus

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// prose returns n words, the same for the same seed.
func prose(n int, seed uint64) []string {
	r := rand.New(rand.NewPCG(seed, 7))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("%c%c%cord", 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26))
	}
	return words
}

func likenessOf(text, published string) Likeness {
	d, err := ParseDate(published)
	if published != "" && err != nil {
		panic(err)
	}
	return LikenessOf(&Document{Body: text, Digest: Digest([]byte(text)), Published: d})
}

// A notice as an authority issues them: all but the place and the sum is the
// same each time.
func notice(place, sum, day string) string {
	return fmt.Sprintf(`The Agency announced today that federal assistance has been made available to %s to supplement
recovery efforts in the areas affected by severe storms and flooding on %s. Assistance can include grants for temporary
housing and home repairs, low-cost loans to cover uninsured property losses, and other programs to help individuals and
business owners recover from the effects of the disaster. Funding of up to $%s million is also available to eligible
local governments and certain private nonprofit organizations on a cost-sharing basis for emergency work and the repair
or replacement of facilities. Residents who sustained losses in the designated areas can begin applying for assistance
by registering online or by calling the usual number.`, place, day, sum)
}

func TestNear(t *testing.T) {
	words := prose(400, 1)
	text := strings.Join(words, " ")
	edited := append([]string(nil), words...)
	for _, i := range []int{20, 150, 300} {
		edited[i] = "corrected"
	}
	for _, c := range []struct {
		name string
		a, b Likeness
		want bool
	}{
		{"the same words, other white space", likenessOf(text, ""), likenessOf(strings.ReplaceAll(text, " ", "\n"), ""), true},
		{"the same words, other case and punctuation", likenessOf(text, ""), likenessOf(strings.ToUpper(text[:1])+text[1:]+".", ""), true},
		{"three words of 400 replaced", likenessOf(text, ""), likenessOf(strings.Join(edited, " "), ""), true},
		{"with page numbers", likenessOf(text, ""), likenessOf(strings.Join(words[:200], " ")+" 1 "+strings.Join(words[200:], " ")+" 2", ""), true},
		{"another text", likenessOf(text, ""), likenessOf(strings.Join(prose(400, 2), " "), ""), false},
		{"half of it", likenessOf(text, ""), likenessOf(strings.Join(words[:200], " "), ""), false},
		{"a notice of another place", likenessOf(notice("Vermont", "3", "8 May"), ""), likenessOf(notice("Kansas", "3", "8 May"), ""), false},
		{"a notice of another sum", likenessOf(notice("Vermont", "3", "8 May"), ""), likenessOf(notice("Vermont", "4", "8 May"), ""), false},
		{"a day later", likenessOf(text, "2024-02-28"), likenessOf(text+" ", "2024-03-01"), true},
		{"a month later", likenessOf(text, "2024-02-28"), likenessOf(text+" ", "2024-03-28"), false},
		{"the same bytes a month later", likenessOf(text, "2024-02-28"), likenessOf(text, "2024-03-28"), true},
		{"a month and a day of it", likenessOf(text, "2024-02"), likenessOf(text+" ", "2024-02-01"), true},
		{"no date", likenessOf(text, "2024-02-28"), likenessOf(text+" ", ""), true},
		{"too short to tell", likenessOf("To whom it may concern", ""), likenessOf("To whom it may concern.", ""), false},
	} {
		if got := c.a.Near(&c.b); got != c.want {
			t.Errorf("%s: near is %v", c.name, got)
		}
		if c.a.Near(&c.b) != c.b.Near(&c.a) {
			t.Errorf("%s: near is not symmetrical", c.name)
		}
	}
}

// Groups are what comparing all pairs gives, in any order of the documents.
func TestNearGroupsAgreeWithAllPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	var list []Likeness
	for family := range uint64(30) {
		words := prose(120, family)
		for range 1 + r.IntN(8) {
			copied := append([]string(nil), words...)
			for range r.IntN(8) {
				copied[r.IntN(len(copied))] = "other"
			}
			list = append(list, likenessOf(strings.Join(copied, " "), []string{"", "2024-01-01", "2024-01-05", "2024-03-01"}[r.IntN(4)]))
		}
	}
	list = append(list, list[:20]...)
	got, err := NearGroups(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	want := newGroups(len(list))
	near := 0
	for i := range list {
		for j := range list[:i] {
			if list[i].Near(&list[j]) {
				want.join(uint32(i), uint32(j))
				near++
			}
		}
	}
	for i, n := range want.numbers() {
		if got[i] != n {
			t.Fatalf("document %d is in group %d, want %d", i, got[i], n)
		}
	}
	if near < 50 || near > len(list)*len(list)/8 {
		t.Errorf("%d pairs of %d documents are near: the test tells nothing", near, len(list))
	}
}

func TestSameGroups(t *testing.T) {
	list := []Likeness{likenessOf("a", ""), likenessOf("b", ""), {}, likenessOf("a", ""), {}, likenessOf("c", ""), likenessOf("b", "")}
	groups, err := SameGroups(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(groups), "[1 2 0 1 0 0 2]"; got != want {
		t.Errorf("groups are %s, want %s", got, want)
	}
}

// steps is a context that is done after it was looked at n times.
type steps struct {
	context.Context
	left int
}

func (s *steps) Err() error {
	if s.left--; s.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// Grouping ends with its context wherever it is, and looks often enough: within
// a family of forms, too, of which each is compared with hundreds.
func TestGroupingEndsWithItsContext(t *testing.T) {
	forms := make([]Likeness, 3000)
	for i := range forms {
		forms[i] = Likeness{Digest: [16]byte{1, byte(i), byte(i >> 8)}, Sketch: Sketch{1, byte(i), byte(i >> 8)}}
	}
	apart := make([]Likeness, 100_000)
	for i := range apart {
		apart[i] = Likeness{Digest: [16]byte{2, byte(i), byte(i >> 8), byte(i >> 16)}}
		for j := range apart[i].Sketch {
			apart[i].Sketch[j] = byte(i>>(j%3*8)) ^ byte(j*37)
		}
	}
	for _, c := range []struct {
		name string
		list []Likeness
		most int // documents between looks
	}{{"forms", forms, 1000}, {"apart", apart, 2 * unasked}} {
		full := &steps{Context: t.Context(), left: 1 << 30}
		if _, err := NearGroups(full, c.list); err != nil {
			t.Fatal(err)
		}
		looks := 1<<30 - full.left
		if bands := sketchMinima - nearMinima + 1; looks < len(c.list)*bands/c.most {
			t.Errorf("%s: looks at its context but %d times", c.name, looks)
		}
		for left := range looks {
			if groups, err := NearGroups(&steps{Context: t.Context(), left: left}, c.list); !errors.Is(err, context.DeadlineExceeded) || groups != nil {
				t.Fatalf("%s: done after %d looks: %v", c.name, left, err)
			}
			if left > 40 {
				break
			}
		}
	}
	if _, err := SameGroups(&steps{Context: t.Context(), left: 1}, apart); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("copies: %v", err)
	}
}

func BenchmarkSketch(b *testing.B) {
	text := strings.Join(prose(2000, 1), " ")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		SketchOf(text)
	}
}

func BenchmarkNearGroups(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	list := make([]Likeness, 300_000)
	for i := range list {
		for j := range list[i].Sketch {
			list[i].Sketch[j] = byte(r.Uint32())
		}
		list[i].Digest[0], list[i].Digest[1], list[i].Digest[2], list[i].Digest[3] = 1, byte(i), byte(i>>8), byte(i>>16)
		if i > 0 && i%10 == 0 {
			list[i].Sketch = list[i-1].Sketch
		}
	}
	for b.Loop() {
		if _, err := NearGroups(b.Context(), list); err != nil {
			b.Fatal(err)
		}
	}
}
