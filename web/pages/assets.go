package pages

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"slices"
)

// Assets are the style sheet and the script, under addresses that hold a hash
// of their content, so that browsers may keep them for ever. Each is one file
// for all pages, made of the parts that stand beside the templates.
type Assets struct {
	byAddress map[string]Asset
	addresses map[string]string // by file name
}

// Asset is a static file.
type Asset struct {
	Content []byte
	Type    string // media type
}

// AssetRoot is the path under which assets are served.
const AssetRoot = "/static/"

func readAssets(folder fs.FS) (*Assets, error) {
	a := &Assets{byAddress: map[string]Asset{}, addresses: map[string]string{}}
	for _, part := range []string{"style.css", "script.js"} {
		content, err := joined(folder, part)
		if err != nil {
			return nil, fmt.Errorf("static file: %w", err)
		}
		extension := path.Ext(part)
		sum := sha256.Sum256(content)
		address := AssetRoot + "rapport." + hex.EncodeToString(sum[:6]) + extension
		a.byAddress[address] = Asset{Content: content, Type: mime.TypeByExtension(extension)}
		a.addresses["rapport"+extension] = address
	}
	return a, nil
}

// joined returns the parts of a static file one after the other: what all
// pages have first, then that of each page, in order of the names of folders.
func joined(folder fs.FS, part string) ([]byte, error) {
	pages, err := fs.Glob(folder, "*/"+part)
	if err != nil {
		return nil, err
	}
	first := "layout/" + part
	names := append([]string{first}, slices.DeleteFunc(pages, func(name string) bool { return name == first })...)
	var all []byte
	for _, name := range names {
		content, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		all = append(all, content...)
	}
	return all, nil
}

// Address returns where the file of that name is served.
func (a *Assets) Address(name string) string { return a.addresses[name] }

// At returns the file that is served at an address.
func (a *Assets) At(address string) (Asset, bool) {
	asset, ok := a.byAddress[address]
	return asset, ok
}
