package extract

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
	"unicode"
)

// minPDFQuality is the least mean of the F1 of words against pdftotext.
const minPDFQuality = 0.95

// TestPDFQuality compares the words of the sample PDFs with those that
// pdftotext, of poppler-utils, finds in them.
func TestPDFQuality(t *testing.T) {
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed: ", err)
	}
	p := pool(t, "serve", PoolOptions{Workers: 2, Caches: []string{pdfCache(t)}})
	var sum float64
	read := 0
	for name, data := range samples(t, ".pdf") {
		// Of a processor's time two seconds: some files keep it going for ever.
		cmd := exec.Command("sh", "-c", "ulimit -t 2; exec "+program+" -enc UTF-8 - -")
		cmd.Stdin = bytes.NewReader(data)
		reference, err := cmd.Output()
		want := wordCounts(string(reference))
		if err != nil || len(want) < 20 {
			continue
		}
		docs, _ := through(t, p, name, string(data))
		if len(docs) == 0 || docs[0].Path != name {
			t.Logf("%s: no text, pdftotext finds %d words", name, len(want))
			read++
			continue
		}
		f1 := agreement(wordCounts(docs[0].Body), want)
		if f1 < 0.9 {
			t.Logf("%s: %.3f", name, f1)
		}
		sum += f1
		read++
	}
	if mean := sum / float64(read); read < 20 || mean < minPDFQuality {
		t.Errorf("the mean F1 of words is %.3f over %d files, want %.2f", mean, read, minPDFQuality)
	} else {
		t.Logf("the mean F1 of words is %.3f over %d files", mean, read)
	}
}

// wordCounts counts the words of a text, runs of letters and digits without
// regard to case.
func wordCounts(text string) map[string]int {
	text = strings.ReplaceAll(ligatures.Replace(text), "\u00ad", "")
	counts := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		counts[w]++
	}
	return counts
}

// agreement returns the F1 of two multisets: twice what they share over the
// sum of their sizes.
func agreement(a, b map[string]int) float64 {
	shared, size := 0, 0
	for w, n := range a {
		shared += min(n, b[w])
		size += n
	}
	for _, n := range b {
		size += n
	}
	return 2 * float64(shared) / float64(size)
}
