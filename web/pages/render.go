package pages

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// layout holds the templates, the style and the script of all pages.
//
//go:embed layout
var layout embed.FS

// Renderer makes HTML of views. It is safe for concurrent use.
type Renderer struct {
	layout    fs.FS
	list      []Page
	dev       bool
	templates map[string]*template.Template
	assets    *Assets
}

// NewRenderer returns a renderer of the pages, with their embedded templates.
// With dev, the path of a checkout's web/pages folder, templates and static
// files are read from there anew for every page.
func NewRenderer(dev string, list ...Page) (*Renderer, error) {
	r := &Renderer{dev: dev != "", list: slices.SortedFunc(slices.Values(list), func(a, b Page) int { return strings.Compare(a.Name, b.Name) })}
	if r.dev {
		checkout := os.DirFS(dev)
		if _, err := fs.Stat(checkout, "layout/layout.html"); err != nil {
			return nil, fmt.Errorf("no templates found: is this the folder web/pages? (%w)", err)
		}
		r.layout = under(checkout, "layout")
		for i := range r.list {
			r.list[i].Files = under(checkout, r.list[i].Name)
		}
		return r, r.load()
	}
	r.layout = under(layout, "layout")
	return r, r.load()
}

// under returns a folder of another one.
func under(folder fs.FS, name string) fs.FS {
	sub, err := fs.Sub(folder, name)
	if err != nil {
		panic(err) // names of packages are valid paths
	}
	return sub
}

func (r *Renderer) load() error {
	assets, err := readAssets(r.folders())
	if err != nil {
		return err
	}
	common, err := template.New("").Funcs(functions).ParseFS(r.layout, "*.html")
	if err != nil {
		return fmt.Errorf("layout: %w", err)
	}
	templates := make(map[string]*template.Template, len(r.list))
	for _, p := range r.list {
		t, err := common.Clone()
		if err == nil {
			t, err = t.ParseFS(p.Files, "page.html")
		}
		if err != nil {
			return fmt.Errorf("page %s: %w", p.Name, err)
		}
		templates[p.Name] = t
	}
	r.assets, r.templates = assets, templates
	return nil
}

// folders returns where parts of style sheet and script are: those of all
// pages first.
func (r *Renderer) folders() []fs.FS {
	all := []fs.FS{r.layout}
	for _, p := range r.list {
		all = append(all, p.Files)
	}
	return all
}

// Render returns the HTML of the page. Nothing of a page that fails is
// returned.
func (r *Renderer) Render(v *View, status Status) ([]byte, error) {
	if r.dev {
		fresh := &Renderer{layout: r.layout, list: r.list}
		if err := fresh.load(); err != nil {
			return nil, err
		}
		r = fresh
	}
	t, ok := r.templates[v.Template]
	if !ok {
		return nil, fmt.Errorf("no template %q", v.Template)
	}
	v.Site = Site{Status: status, Style: r.assets.Address("rapport.css"), Script: r.assets.Address("rapport.js")}
	var page bytes.Buffer
	if err := t.ExecuteTemplate(&page, "layout", v); err != nil {
		return nil, fmt.Errorf("page %s: %w", v.Template, err)
	}
	return page.Bytes(), nil
}

// Asset returns the static file that is served at an address.
func (r *Renderer) Asset(address string) (Asset, bool) {
	assets := r.assets
	if r.dev {
		fresh, err := readAssets(r.folders())
		if err != nil {
			return Asset{}, false
		}
		assets = fresh
	}
	return assets.At(address)
}
