package corpus

import (
	"encoding/hex"
	"math/bits"
	"time"
	"unicode"
	"unicode/utf8"
)

// Sketch summarises a text in 64 bytes, so that two texts can be compared
// without reading them. The first half holds four bits of each of 64 minima of
// hashes over the runs of three words (Broder, On the resemblance and
// containment of documents, 1997): two texts agree in about as many of them as
// they have runs in common. The second half is a set of the names and numbers
// in the text, one bit for each. The zero Sketch stands for a text that is too
// short to tell.
type Sketch [sketchMinima/2 + sketchNames/8]byte

const (
	sketchMinima = 64  // of four bits each
	sketchNames  = 256 // bits
	sketchRun    = 3   // words
	// sketchLeast is how many words a text must have. Shorter ones, the form
	// without its entries or the cover of a scan, are alike too easily.
	sketchLeast = 32
)

// The measure of two texts that are nearly identical, chosen by reading pairs
// (docs/duplicates.md has the figures).
const (
	// nearMinima is how many of the minima must agree: nine of ten runs of
	// three words are the same.
	nearMinima = 57
	// nearNames: of so many names and numbers one may be replaced by another.
	// Texts that share all but a place and a sum are not the same text.
	nearNames = 64
	// nearDays is how far apart dates of publication may be. The same words of
	// another month were said again.
	nearDays = 7
)

// SketchOf returns the sketch of a text, in time linear in its length.
func SketchOf(text string) Sketch {
	var (
		s      sketcher
		l      wordList
		sketch Sketch
	)
	for i := range s.minima {
		s.minima[i] = ^uint64(0)
	}
	chunks(text, func(piece string, _ int) {
		l.read(piece)
		for i := range l.words {
			s.add(hashWord(l.fold(i)), distinctive(l.span(i, i)))
		}
	})
	if s.words < sketchLeast {
		return sketch
	}
	for i, least := range s.minima {
		sketch[i/2] |= byte(spread(least)>>60) << (i % 2 * 4)
	}
	copy(sketch[sketchMinima/2:], s.names[:])
	return sketch
}

// sketcher makes a sketch of words in order.
type sketcher struct {
	words  int
	last   [sketchRun]uint64 // hashes, the latest last
	minima [sketchMinima]uint64
	names  [sketchNames / 8]byte
}

func (s *sketcher) add(word uint64, name bool) {
	if name {
		bit := word % sketchNames
		s.names[bit/8] |= 1 << (bit % 8)
	}
	copy(s.last[:], s.last[1:])
	s.last[sketchRun-1] = word
	if s.words++; s.words < sketchRun {
		return
	}
	run := uint64(0)
	for _, h := range s.last {
		run = spread(run ^ h)
	}
	// Each run counts for a quarter of the minima, which makes this four times as
	// fast. Each minimum has a hash of its own: multiply and add (Dietzfelbinger).
	const quarter = sketchMinima / 4
	from := run % 4 * quarter
	minima, seeds := s.minima[from:from+quarter], sketchSeeds[from:from+quarter]
	for i, seed := range seeds {
		if h := run*seed + seed>>7; h < minima[i] {
			minima[i] = h
		}
	}
}

// sketchSeeds are odd numbers without a pattern.
var sketchSeeds = func() (seeds [sketchMinima]uint64) {
	for i := range seeds {
		seeds[i] = spread(uint64(i)+1) | 1
	}
	return seeds
}()

// distinctive reports whether a word is a name or a number: whether it begins
// with a capital or holds a digit.
func distinctive(word string) bool {
	if first, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(first) {
		return true
	}
	for _, r := range word {
		if unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// hashWord returns the FNV-1a hash of a word, its bits spread.
func hashWord(word []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range word {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return spread(h)
}

// spread mixes the bits of a number (the finalizer of SplitMix64).
func spread(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// near reports whether two texts are nearly identical, as far as their
// sketches tell.
func (s *Sketch) near(o *Sketch) bool {
	if *s == (Sketch{}) || *o == (Sketch{}) {
		return false
	}
	differ := 0
	for i, a := range s[:sketchMinima/2] {
		x := a ^ o[i]
		differ += int((x&15+15)>>4 + (x>>4+15)>>4)
	}
	if differ > sketchMinima-nearMinima {
		return false
	}
	onlyHere, onlyThere, all := 0, 0, 0
	for i, a := range s[sketchMinima/2:] {
		b := o[sketchMinima/2+i]
		onlyHere += bits.OnesCount8(a &^ b)
		onlyThere += bits.OnesCount8(b &^ a)
		all += bits.OnesCount8(a | b)
	}
	return min(onlyHere, onlyThere) <= all/nearNames
}

// Likeness is what tells copies and near-copies of a document.
type Likeness struct {
	Digest    [16]byte // the first half of that of the bytes
	Sketch    Sketch
	Published Date
}

// LikenessOf returns the likeness of a document with its body.
func LikenessOf(d *Document) Likeness {
	l := Likeness{Sketch: SketchOf(d.Body), Published: d.Published}
	if n, err := hex.Decode(l.Digest[:], []byte(d.Digest[:min(len(d.Digest), 2*len(l.Digest))])); n == 0 || err != nil {
		copy(l.Digest[:], d.Digest)
	}
	return l
}

// Same reports whether two documents are made of the same bytes.
func (l *Likeness) Same(o *Likeness) bool { return l.Digest == o.Digest && l.Digest != [16]byte{} }

// Near reports whether two documents are made of the same bytes, or say the
// same with nearly the same words, names and numbers at nearly the same time.
// A date that is not stated tells nothing.
func (l *Likeness) Near(o *Likeness) bool {
	return l.Same(o) || datesNear(l.Published, o.Published) && l.Sketch.near(&o.Sketch)
}

// datesNear reports whether two dates can be at most nearDays apart.
func datesNear(a, b Date) bool {
	if a.IsZero() || b.IsZero() || a.Overlaps(b) {
		return true
	}
	if a.Start() > b.Start() {
		a, b = b, a
	}
	gap := timeOf(b.Start()).Sub(timeOf(a.End()))
	return gap <= nearDays*24*time.Hour
}

// timeOf returns the beginning of a day that is written YYYYMMDD.
func timeOf(day int) time.Time {
	return time.Date(day/10000, time.Month(day/100%100), day%100, 0, 0, 0, 0, time.UTC)
}
