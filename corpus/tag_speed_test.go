package corpus_test

import (
	"strings"
	"testing"

	"rapport/corpus"
)

// paragraph has about as many names, triggers and years as the texts that
// the service is for.
const paragraph = `In May 2011 the Prime Minister of Japan met the Secretary General in Brussels, and the two sides
spoke about Afghanistan, where the country supports reconstruction projects, literacy courses and the police. Officials
said that practical work had begun in the early nineties with a series of high-level consultations, and that it now
covers a wide range of fields: crisis management, counter-piracy, the disposal of ammunition and help after earthquakes.
Other neighbours of the region followed with their own programmes; some gave money, some sent experts, and a few opened
their roads and airports. None of this was planned at the beginning, and much of it depended on people who knew each other.

`

func BenchmarkTag(b *testing.B) {
	taxonomy := embeddedTaxonomy(b)
	doc := &corpus.Document{Title: "NATO cooperation with Japan", Body: strings.Repeat(paragraph, 300)}
	b.SetBytes(int64(len(doc.Body)))
	for b.Loop() {
		taxonomy.Tag(doc)
	}
}
