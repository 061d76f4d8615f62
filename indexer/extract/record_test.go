package extract

import (
	"context"
	"errors"
	"strings"
	"testing"

	"rapport/corpus"
)

// line reads a record.
func line(data string) (*corpus.Document, error) {
	var doc *corpus.Document
	var err error
	for doc, err = range Documents(context.Background(), File{Source: "src", Path: "a.jsonl!3", Format: corpus.LineFormat, Data: []byte(data)}, Options{}) {
	}
	return doc, err
}

func TestRecord(t *testing.T) {
	doc, err := line(`{"_id":"x-1","title":" A  title ","text":"One\r\ntwo\u0000","url":"https://example.org/1","date":"2011-05","type":"speech","publisher":"P","language":"fr",` +
		`"partners":["JP"],"topics":"cyber","unknown":{"deep":[1,2]}}`)
	if err != nil {
		t.Fatal(err)
	}
	checkDocument(t, doc)
	if doc.ID != "x-1" || doc.Title != "A title" || doc.Body != "One\ntwo" || doc.URL != "https://example.org/1" || doc.Published.String() != "2011-05" || doc.Type != "speech" ||
		doc.Publisher != "P" || doc.Language != "fr" || doc.Format != "jsonl" || doc.Declared.Partners[0] != "JP" || doc.Declared.Topics[0] != "cyber" {
		t.Errorf("document %+v", doc)
	}
}

func TestRecordIdentity(t *testing.T) {
	for data, want := range map[string]corpus.ID{
		`{"id":"a","_id":"b","text":"x"}`: "a",
		`{"_id":17,"text":"x"}`:           "17",
		`{"id":"a/b","text":"x"}`:         corpus.NewID("src", "a.jsonl!3"),
		`{"text":"x","id":null}`:          corpus.NewID("src", "a.jsonl!3"),
		`{"title":"only a title"}`:        corpus.NewID("src", "a.jsonl!3"),
	} {
		if doc, err := line(data); err != nil || doc.ID != want {
			t.Errorf("%s: %+v, %v, want id %q", data, doc, err, want)
		}
	}
	if doc, _ := line(`{"text":"words without a title. They go on."}`); doc.Title != "a 3" {
		t.Errorf("title %q", doc.Title)
	}
}

func TestBadRecords(t *testing.T) {
	for data, want := range map[string]corpus.SkipReason{
		`{"text":`:                    corpus.SkipInvalid,
		`["text"]`:                    corpus.SkipInvalid,
		`{"text":17}`:                 corpus.SkipInvalid,
		`{"text":"x","partners":[1]}`: corpus.SkipInvalid,
		`{"text":"x","id":1.5}`:       corpus.SkipInvalid,
		`{"text":"x","date":{}}`:      corpus.SkipInvalid,
		`{"text":"x"} {"text":"y"}`:   corpus.SkipInvalid,
		`{}`:                          corpus.SkipNoText,
		`{"title":"..","text":" "}`:   corpus.SkipNoText,
		strings.Repeat(`[`, 20_000):   corpus.SkipInvalid,
	} {
		_, err := line(data)
		var skip *corpus.SkipError
		if !errors.As(err, &skip) || skip.Reason != want || skip.Path != "a.jsonl!3" {
			t.Errorf("%.40s: %v, want %s", data, err, want)
		}
	}
}
