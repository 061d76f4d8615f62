package extract

import (
	"encoding/json"
	"fmt"
	"strings"

	"rapport/corpus"
)

// record is one line of a JSON Lines file. Fields that it does not list are
// ignored; a field of another type is an error.
type record struct {
	ID        textOrNumber `json:"id"`
	IDToo     textOrNumber `json:"_id"`
	Title     string       `json:"title"`
	Text      string       `json:"text"`
	URL       string       `json:"url"`
	Source    string       `json:"source"`
	Date      textOrNumber `json:"date"`
	Type      string       `json:"type"`
	Publisher string       `json:"publisher"`
	Language  string       `json:"language"`
	Author    string       `json:"author"`
	EditionOf string       `json:"edition_of"`
	Partners  textList     `json:"partners"`
	Topics    textList     `json:"topics"`
}

// readRecord reads a line of a JSON Lines file.
func readRecord(f File, _ Options) (*corpus.Document, error) {
	text, err := decode(f.Data, "")
	if err != nil {
		return nil, err
	}
	var r record
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return nil, faultf(corpus.SkipInvalid, "not a record: %w", plainJSONError(err))
	}
	doc := textBody(r.Text)
	var s stated
	s.set("id", string(r.ID))
	s.set("id", string(r.IDToo))
	s.set("title", r.Title)
	s.set("url", r.URL)
	s.set("source", r.Source)
	s.set("type", r.Type)
	s.set("publisher", r.Publisher)
	s.set("language", r.Language)
	s.set("author", r.Author)
	s.set("edition_of", r.EditionOf)
	s.set("partners", r.Partners...)
	s.set("topics", r.Topics...)
	s.setDate(map[string]string{"date": string(r.Date)})
	s.apply(doc)
	if doc.Title == "" {
		doc.Title = readHead(doc.Body).title
	}
	return doc, nil
}

// plainJSONError says in plain words which field has the wrong type.
func plainJSONError(err error) error {
	if wrong, ok := err.(*json.UnmarshalTypeError); ok {
		if wrong.Field == "" {
			return fmt.Errorf("the line is a JSON %s, want an object", wrong.Value)
		}
		return fmt.Errorf("the field %q is a %s, want text", wrong.Field, wrong.Value)
	}
	return err
}

// textOrNumber is a string, or a whole number as it is written.
type textOrNumber string

// UnmarshalJSON reads a string or a whole number; null is empty.
func (t *textOrNumber) UnmarshalJSON(data []byte) error {
	value := string(data)
	switch {
	case value == "null":
		return nil
	case value[0] == '"':
		return json.Unmarshal(data, (*string)(t))
	case strings.Trim(value, "-0123456789") == "":
		*t = textOrNumber(value)
		return nil
	}
	return fmt.Errorf("an id or a date is %s, want a string or a whole number", shortened(value))
}

// textList is a list of strings, or a single one.
type textList []string

// UnmarshalJSON reads a list of strings or a string; null is empty.
func (l *textList) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		var one string
		err := json.Unmarshal(data, &one)
		*l = textList{one}
		return err
	}
	return json.Unmarshal(data, (*[]string)(l))
}

func shortened(s string) string {
	if len(s) > 40 {
		return strings.ToValidUTF8(s[:40], "") + "..."
	}
	return s
}
