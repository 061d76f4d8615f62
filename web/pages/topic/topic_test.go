package topic_test

import (
	"errors"
	"testing"

	"rapport/search"
	"rapport/web/pages/pagestest"
	"rapport/web/pages/topic"
)

// TestTopic checks what the page of a topic and that of a group show.
func TestTopic(t *testing.T) {
	pagestest.Want(t, pagestest.Render(t, topic.Page(), "/topics/human.funds"), map[string]string{
		"the name":             "<h1><bdi>Trust funds</bdi></h1>",
		"the group above":      `<a href="/topics/human"><bdi>Human security</bdi></a>`,
		"the timeline":         "Facts by year",
		"the partners":         `aria-label="1 fact, Japan"`,
		"the latest documents": "Latest documents",
	})
	pagestest.Want(t, pagestest.Render(t, topic.Page(), "/topics/human"), map[string]string{
		"the name":     "<h1><bdi>Human security</bdi></h1>",
		"one topic":    `<a href="/topics/human.demining"><bdi>Demining</bdi></a>`,
		"another":      `<a href="/topics/human.funds"><bdi>Trust funds</bdi></a>`,
		"a stale fact": "Stale",
	})
	if to := pagestest.MovedTo(t, topic.Page(), "/topics/demining"); to != "/topics/human.demining" {
		t.Errorf("a label leads to %q", to)
	}
	if err := pagestest.Error(t, topic.Page(), "/topics/nope"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("a topic that is not there: %v", err)
	}
}
