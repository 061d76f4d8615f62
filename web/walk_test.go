package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestWalk follows every link of the site from the start page: none is dead,
// every address is canonical as it is written, and a number leads to so many.
// Of each kind of address a few are met, some steps deep.
func TestWalk(t *testing.T) {
	t.Parallel()
	for name, w := range map[string]*walker{
		"small corpus":  {server: serve(t, nil), ofAShape: 2, depth: 3, least: 100},
		"sample corpus": {server: serveEngine(t, sampleEngine(), nil), ofAShape: 1, depth: 4, least: 250},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w.walk(t)
		})
	}
}

// walker follows links.
type walker struct {
	server                 *httptest.Server
	ofAShape, depth, least int

	claims map[string][]claim // by address
	held   int
}

// claim is a number that a page shows as a link.
type claim struct {
	page  string
	count int
}

func (w *walker) walk(t *testing.T) {
	type stop struct {
		path  string
		depth int
	}
	w.claims = map[string][]claim{}
	seen, queue := map[string]bool{"/": true}, []stop{{"/", 0}}
	shapes := map[string]int{}
	for len(queue) > 0 {
		path, depth := queue[0].path, queue[0].depth
		queue = queue[1:]
		res, body := get(t, w.server, path)
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s, to %q", path, res.Status, res.Header.Get("Location"))
			continue
		}
		if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			continue
		}
		checkAnchors(t, path, body)
		w.check(t, path, body)
		for _, n := range elements(t, body, "a") {
			u, err := url.Parse(attribute(n, "href"))
			if err != nil {
				t.Errorf("%s: %v", path, err)
				continue
			}
			if u.Host != "" || u.Path == "" {
				continue
			}
			u.Fragment = ""
			next := u.String()
			w.claim(path, next, n)
			if shape := shapeOf(u); !seen[next] && shapes[shape] < w.ofAShape && depth < w.depth {
				seen[next] = true
				shapes[shape]++
				queue = append(queue, stop{next, depth + 1})
			}
		}
	}
	if len(seen) < w.least || w.held < w.least/10 {
		t.Errorf("only %d addresses were met, and %d numbers", len(seen), w.held)
	}
	t.Logf("%d addresses, %d numbers", len(seen), w.held)
}

var claimed = regexp.MustCompile(`^(?:All )?([0-9][0-9,]*)(?:$|, | documents?\b| facts?\b)`)

// claim notes the number that a link shows, when it leads to an answer.
func (w *walker) claim(page, to string, link *html.Node) {
	label := attribute(link, "aria-label")
	if label == "" {
		label = textOf(link)
	}
	if list := link.Parent.Parent; attribute(list, "class") == "az" {
		label = strings.TrimPrefix(textOf(link.Parent), label+" ") // its number stands behind it
	} else if strings.Contains(attribute(list, "class"), "sizes") {
		return // numbers of documents on a page
	}
	m := claimed.FindStringSubmatch(label)
	if m == nil || link.Parent.Data == "th" || !strings.HasPrefix(to, "/search?") && !strings.HasPrefix(to, "/facts?") {
		return
	}
	if n, err := strconv.Atoi(strings.ReplaceAll(m[1], ",", "")); err == nil {
		w.claims[to] = append(w.claims[to], claim{page, n})
	}
}

// check compares the heading of an answer with the numbers that led to it.
func (w *walker) check(t *testing.T, path, body string) {
	for _, c := range w.claims[path] {
		w.held++
		if got := headed(t, body); got != c.count {
			t.Errorf("%s says %d of %s, which has %d", c.page, c.count, path, got)
		}
	}
}

// headed returns the number in the heading of an answer: of documents, or of
// facts on their own page.
func headed(t *testing.T, body string) int {
	t.Helper()
	m := counted.FindStringSubmatch(textOf(elements(t, body, "h1")[0]))
	if m == nil || m[1] != "" {
		return 0
	}
	n, err := strconv.Atoi(strings.ReplaceAll(m[2], ",", ""))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// shapeOf tells addresses of one kind: a few of each are walked.
func shapeOf(u *url.URL) string {
	path := u.Path
	for _, prefix := range []string{"/documents/", "/partners/", "/topics/"} {
		if strings.HasPrefix(path, prefix) {
			path = prefix
		}
	}
	if strings.Contains(path, ".") || strings.HasSuffix(path, "/original") {
		return path // one export of each form is enough
	}
	names := make([]string, 0, 8)
	for _, name := range strings.FieldsFunc(u.RawQuery, func(r rune) bool { return r == '&' }) {
		name, _, _ = strings.Cut(name, "=")
		if len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	return path + "?" + strings.Join(names, "&")
}

// checkAnchors checks that ids are unique and that links within the page find
// theirs.
func checkAnchors(t *testing.T, path, body string) {
	t.Helper()
	ids := map[string]bool{}
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if id := attribute(n, "id"); n.Type == html.ElementNode && id != "" {
			if ids[id] {
				t.Errorf("%s: two elements with the id %q", path, id)
			}
			ids[id] = true
		}
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, name := range []string{"href", "for", "aria-labelledby", "aria-describedby"} {
			target := attribute(n, name)
			if name == "href" {
				if !strings.HasPrefix(target, "#") {
					continue
				}
				target = target[1:]
			}
			if target != "" && !ids[target] {
				t.Errorf("%s: %s=%q leads nowhere", path, name, target)
			}
		}
	}
}

var counted = regexp.MustCompile(`^(No document, but )?([0-9,]+) (documents?|facts?)`)

// TestShownCounts checks that every number beside a box is what ticking the
// box gives.
func TestShownCounts(t *testing.T) {
	t.Parallel()
	shownCounts(t, serve(t, nil), "/search", "/search?q=trust+fund", "/search?q=cooperation&type=note", "/search?-type=note&partner=JP", "/facts", "/facts?partner=JP&-kind=outcome")
	shownCounts(t, serveEngine(t, sampleEngine(), nil), "/search?q=trust+fund", "/search?-partner=JP&year=2003..2012", "/facts?q=trust+fund&partner=JP")
}

func shownCounts(t *testing.T, server *httptest.Server, paths ...string) {
	t.Helper()
	for _, path := range paths {
		body := page(t, server, path)
		for _, form := range elements(t, body, "form") {
			if attribute(form, "role") == "search" || attribute(form, "method") == "dialog" {
				continue
			}
			tickEach(t, path, attribute(form, "action"), form, func(address string) int {
				for {
					res, body := get(t, server, address)
					if res.StatusCode == http.StatusSeeOther {
						address = res.Header.Get("Location")
						continue
					}
					return headed(t, body)
				}
			})
		}
	}
}

// tickEach sends the form with each box as the only one of its group.
func tickEach(t *testing.T, path, action string, form *html.Node, total func(address string) int) {
	t.Helper()
	type box struct {
		name, value string
		count       int
	}
	params := url.Values{}
	var boxes []box
	for n := range form.Descendants() {
		if n.Type != html.ElementNode || n.Data != "input" || attribute(n, "name") == "" {
			continue
		}
		name, value := attribute(n, "name"), attribute(n, "value")
		if attribute(n, "type") != "checkbox" {
			params.Add(name, value)
			continue
		}
		label := n.Parent
		text := textOf(label)
		if strings.HasSuffix(text, " excluded") {
			if attribute(n, "checked") != "" || !slices.Contains(params["-"+name], value) {
				t.Errorf("%s: %s=%s is said to be excluded", path, name, value)
			}
			continue // ticking it takes the exclusion away, which no count foresees
		}
		count, err := strconv.Atoi(strings.ReplaceAll(text[strings.LastIndexByte(text, ' ')+1:], ",", ""))
		if err != nil {
			t.Errorf("%s: no count in %q", path, text)
			continue
		}
		boxes = append(boxes, box{name, value, count})
		for _, a := range n.Attr {
			if a.Key == "checked" {
				params.Add(name, value)
			}
		}
	}
	for i, b := range boxes {
		if i%3 != 0 && len(boxes) > 60 {
			continue // enough of them
		}
		one := url.Values{}
		for name, values := range params {
			one[name] = values
		}
		one.Set(b.name, b.value)
		one.Del(b.name + ".from")
		one.Del(b.name + ".to")
		if got := total(action + "?" + one.Encode()); got != b.count {
			t.Errorf("%s: %s=%s says %d and gives %d", path, b.name, b.value, b.count, got)
		}
	}
}
