package bleve_test

import (
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// TestLanguages asks all languages at once for other forms of words than the
// documents have, and for one language alone. Ukrainian has no stemmer: its
// words are found as they are written, and by their beginning.
func TestLanguages(t *testing.T) {
	x := create(t)
	var b corpus.Batch
	for lang, body := range map[string]string{
		"en": "The officers were trained in clearing mines.",
		"fr": "La formation des officiers et le déminage.",
		"de": "Die Übungen der Streitkräfte in der Region.",
		"es": "Los ministros acordaron los ejercicios.",
		"ru": "Партнёрство и подготовка офицеров.",
		"uk": "Підготовка офіцерів у Києві.",
		"it": "Le esercitazioni della regione.",
		"tr": "Subayların eğitimini görüştüler.",
		"ja": "大臣たちは地雷除去について話し合った。",
		"zh": "部长们讨论军官培训和排雷问题。",
	} {
		d := document(lang, "", body)
		d.Document.Language = lang
		b.Put = append(b.Put, d)
	}
	apply(t, x, b)
	s := acquire(t, x)
	defer s.Release()
	for text, want := range map[string]string{
		"officer": "en", "train mine": "en", "formations": "fr", "DEMINAGE": "fr", "übung": "de", "ubungen": "de",
		"ejercicio": "es", "офицер": "ru", "партнерства": "ru", "esercitazione": "it", "subay": "tr", "egitim": "tr",
		"地雷": "ja", "培训": "zh",
		"офіцерів": "uk", "офіцер*": "uk", "офіцер": "",
		"lang:uk підготовка": "uk", "lang:Russian подготовка": "ru", "lang:German офицер": "",
	} {
		r, err := search.Ask(t.Context(), s, search.Request{Text: text, Match: search.MatchAll, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, h := range r.Hits {
			got += string(h.Document.ID)
		}
		if got != want {
			t.Errorf("%s finds %q, want %q", text, got, want)
		}
	}
}
