package extract

import (
	"encoding/json"
	"strings"
)

// linkedData is what the JSON-LD of a page (schema.org) says about it.
type linkedData struct {
	headline, url, published, author, publisher string
}

// maxLinkedDepth is how deep objects are searched in JSON-LD.
const maxLinkedDepth = 8

// read adds what a block of JSON-LD says. A block that is no JSON says
// nothing.
func (l *linkedData) read(source string) {
	source = strings.TrimSpace(source)
	source = strings.TrimSuffix(strings.TrimPrefix(source, "<!--"), "-->")
	var value any
	if json.Unmarshal([]byte(source), &value) == nil {
		l.find(value, 0)
	}
}

// find searches a value for objects that describe the page itself.
func (l *linkedData) find(value any, depth int) {
	if depth > maxLinkedDepth {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			l.find(item, depth+1)
		}
	case map[string]any:
		if describesPage(v["@type"]) {
			l.object(v)
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			l.find(v[key], depth+1)
		}
	}
}

// describesPage reports whether a type of schema.org is one of a text: an
// article, a page, a report, a speech.
func describesPage(kind any) bool {
	switch k := kind.(type) {
	case string:
		for _, suffix := range []string{"Article", "Posting", "WebPage", "Report", "CreativeWork", "Speech", "Review", "LegislationObject", "DigitalDocument", "PressRelease"} {
			if strings.HasSuffix(k, suffix) {
				return true
			}
		}
	case []any:
		for _, one := range k {
			if s, ok := one.(string); ok && describesPage(s) {
				return true
			}
		}
	}
	return false
}

// object takes over the fields of an object that are not known yet.
func (l *linkedData) object(o map[string]any) {
	first(&l.headline, nameOf(o["headline"]))
	first(&l.url, nameOf(o["url"]))
	first(&l.published, nameOf(o["datePublished"]))
	first(&l.author, nameOf(o["author"]))
	first(&l.publisher, nameOf(o["publisher"]))
}

// nameOf returns a string, or the name of an object, or those of a list.
func nameOf(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case map[string]any:
		if name, ok := v["name"].(string); ok {
			return name
		}
	case []any:
		var names []string
		for _, item := range v {
			switch item := item.(type) {
			case string:
				names = append(names, item)
			case map[string]any:
				if name, ok := item["name"].(string); ok {
					names = append(names, name)
				}
			}
		}
		return strings.Join(names, ", ")
	}
	return ""
}
