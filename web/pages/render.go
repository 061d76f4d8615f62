package pages

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"os"
)

// files holds a folder for each page, with its template and its parts of the
// style sheet and the script.
//
//go:embed */*.html */style.css */script.js
var files embed.FS

// Renderer makes HTML of views. It is safe for concurrent use.
type Renderer struct {
	folder    fs.FS
	dev       bool
	templates map[string]*template.Template
	assets    *Assets
}

// NewRenderer returns a renderer of the embedded templates. With dev, the
// path of a checkout's web/pages folder, templates and static files are read
// from there anew for every page.
func NewRenderer(dev string) (*Renderer, error) {
	r := &Renderer{folder: files, dev: dev != ""}
	if r.dev {
		r.folder = os.DirFS(dev)
	}
	return r, r.load()
}

func (r *Renderer) load() error {
	assets, err := readAssets(r.folder)
	if err != nil {
		return err
	}
	folders, err := fs.Glob(r.folder, "*/page.html")
	if err != nil || len(folders) == 0 {
		return fmt.Errorf("no templates found: is this the folder web/pages? (%w)", fs.ErrNotExist)
	}
	templates := make(map[string]*template.Template, len(folders))
	for _, file := range folders {
		name := file[:len(file)-len("/page.html")]
		t, err := template.New(name).Funcs(functions).ParseFS(r.folder, "layout/*.html", file)
		if err != nil {
			return fmt.Errorf("page %s: %w", name, err)
		}
		templates[name] = t
	}
	r.assets, r.templates = assets, templates
	return nil
}

// Render returns the HTML of the page. Nothing of a page that fails is
// returned.
func (r *Renderer) Render(v *View, status Status) ([]byte, error) {
	if r.dev {
		fresh := &Renderer{folder: r.folder}
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
		fresh, err := readAssets(r.folder)
		if err != nil {
			return Asset{}, false
		}
		assets = fresh
	}
	return assets.At(address)
}
