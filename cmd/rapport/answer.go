package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"rapport/corpus"
	"rapport/search"
	"rapport/web"
)

// The answers of the API, as far as the command line prints them.
type (
	readAnswer struct {
		Text     string             `json:"text"`
		Read     string             `json:"read"`
		Synonyms []search.Expansion `json:"synonyms"`
		Warnings []search.Warning   `json:"warnings"`
		Match    string             `json:"match"`
		Relaxed  bool               `json:"relaxed"`
		Suggest  string             `json:"suggest"`
		Mentions int                `json:"mentions"`
	}
	searchAnswer struct {
		Query      readAnswer              `json:"query"`
		Generation string                  `json:"generation"`
		Total      int                     `json:"total"`
		Folded     int                     `json:"folded"`
		Took       float64                 `json:"took_ms"`
		Hits       []documentHit           `json:"hits"`
		Facets     map[string]search.Facet `json:"facets"`
		Facts      struct {
			Total int `json:"total"`
		} `json:"facts"`
		Reading *web.Reading `json:"reading"`
		Unread  int          `json:"unread_files"`
		Next    string       `json:"next"`
	}
	documentHit struct {
		ID        string           `json:"id"`
		Title     string           `json:"title"`
		URL       string           `json:"url"`
		Publisher string           `json:"publisher"`
		Published string           `json:"published"`
		Partners  []string         `json:"partners"`
		Years     []string         `json:"years"`
		Snippets  []search.Snippet `json:"snippets"`
		Missing   []string         `json:"missing_words"`
		Folded    int              `json:"folded"`
	}
	factsAnswer struct {
		Query      readAnswer              `json:"query"`
		Generation string                  `json:"generation"`
		Total      int                     `json:"total"`
		Hits       []factHit               `json:"hits"`
		Facets     map[string]search.Facet `json:"facets"`
		Next       string                  `json:"next"`
		Reading    *web.Reading            `json:"reading"`
		Totals     *corpus.Totals          `json:"totals"`
		TooMany    int                     `json:"too_many_to_add"`
	}
	factHit struct {
		corpus.Fact
		Repeats string `json:"repeats,omitempty"`
	}
	problemAnswer struct {
		Code   string `json:"code"`
		Title  string `json:"title"`
		Detail string `json:"detail"`
	}
)

// ask gets a route of the API and decodes its answer.
func ask(ctx context.Context, o owner, path string, params url.Values, into any) error {
	address := "http://rapport" + path
	if len(params) > 0 {
		address += "?" + params.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "application/json")
	resp, err := (&http.Client{Transport: o.Transport()}).Do(req)
	if err != nil {
		return fmt.Errorf("asking the index: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return problemOf(resp)
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	return nil
}

// problemOf makes an error of a problem that the API reported.
func problemOf(resp *http.Response) error {
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	var p problemAnswer
	if json.Unmarshal(body, &p) != nil || p.Detail == "" && p.Title == "" {
		return fmt.Errorf("the index answered %s: %s", resp.Status, strings.TrimSpace(string(body)))
	}
	if p.Detail == "" {
		p.Detail = p.Title
	}
	return fmt.Errorf("%s", p.Detail)
}
