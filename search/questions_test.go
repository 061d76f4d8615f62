package search

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestQuestions holds how real-looking questions of the awkward kinds are
// read. A block of the file is a question, "? " as it is typed or "?? " as a
// Go string, its canonical form after "=", and its warnings, each after "!"
// and its position in bytes.
func TestQuestions(t *testing.T) {
	file, err := os.ReadFile("testdata/questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	taxonomy := testTaxonomy(t)
	count := 0
	for block := range strings.SplitSeq(string(file), "\n\n") {
		block = strings.Trim(block, "\n")
		if block == "" || strings.HasPrefix(block, "# ") {
			continue
		}
		first, _, _ := strings.Cut(block, "\n")
		question, ok := strings.CutPrefix(first, "? ")
		if !ok {
			if question, err = strconv.Unquote(strings.TrimPrefix(first, "?? ")); err != nil {
				t.Fatalf("%s: %v", first, err)
			}
		}
		q, warnings := Read(question, taxonomy)
		got := strings.TrimSuffix(first+"\n= "+q.String(), " ")
		for _, w := range warnings {
			got += fmt.Sprintf("\n! %d %s", w.Position, w.Message)
		}
		if got != block {
			t.Errorf("wanted\n%s\ngot\n%s", block, got)
		}
		checkParse(t, question)
		count++
	}
	if count < 150 {
		t.Errorf("%d questions are too few", count)
	}
}

// TestLongQuestions reads what people paste, and what is meant to hurt.
func TestLongQuestions(t *testing.T) {
	prose := strings.Repeat("The partners agreed on a trust fund (see annex), which is under way. ", 145)[:9_990]
	for _, c := range []struct {
		name, text string
		refused    bool
	}{
		{"10,000 characters of prose", prose, false},
		{"10,000 letters", strings.Repeat("a", MaxText), false},
		{"10,000 Japanese characters", strings.Repeat("日", MaxText), false},
		{"10,001 characters", strings.Repeat("日", MaxText+1), true},
		{"200 redundant parentheses", strings.Repeat("(", 200) + "a" + strings.Repeat(")", 200), false},
		{"200 nested groups", strings.Repeat("(a OR (b ", 200) + "c" + strings.Repeat("))", 200), true},
		{"60 nested groups", strings.Repeat("(a OR (b ", 30) + "c" + strings.Repeat("))", 30), false},
		{"5,000 alternatives", strings.Repeat("ab OR ", 5000) + "b", true},
		{"2,500 words", strings.Repeat("abc ", 2500), false},
	} {
		checkParse(t, c.text)
		q, _ := Parse(c.text)
		err := Check(c.text, q)
		if (err != nil) != c.refused {
			t.Errorf("%s: %v", c.name, err)
		}
		if err != nil && !errors.Is(err, ErrTooExpensive) {
			t.Errorf("%s: %v is not ErrTooExpensive", c.name, err)
		}
	}
}
