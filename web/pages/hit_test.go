package pages

import (
	"reflect"
	"testing"

	"rapport/corpus"
)

// TestSalientTopics checks the order of the topics of a hit: declared ones,
// then those that the text earned most often.
func TestSalientTopics(t *testing.T) {
	tags := []corpus.Tag{{Value: "a", Count: 1}, {Value: "b", Count: 7}, {Value: "c", Declared: true}, {Value: "d", Count: 7}}
	got := SalientTopics(&corpus.Taxonomy{}, tags)
	if want := []string{"c", "b", "d", "a"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if tags[0].Value != "a" {
		t.Error("the tags of the document were reordered")
	}
}

// TestClamp checks that what is a little too long is not shortened by less
// than the note about it.
func TestClamp(t *testing.T) {
	long := make([]byte, 300)
	for i := range long {
		long[i] = 'x'
	}
	if got := Clamp(string(long[:110]), 90); len(got) != 110 {
		t.Errorf("110 characters became %q", got)
	}
	if got := Clamp(string(long), 90); got != "\u2068"+string(long[:90])+"\u2069… [shortened, 300 characters]" {
		t.Errorf("300 characters became %q", got)
	}
}
