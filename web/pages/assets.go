package pages

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"path"
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

func readAssets(folders []fs.FS) (*Assets, error) {
	a := &Assets{byAddress: map[string]Asset{}, addresses: map[string]string{}}
	for _, part := range []string{"style.css", "script.js"} {
		content, err := joined(folders, part)
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

// joined returns the parts of a static file one after the other, in the order
// of the folders. The first one, which has what all pages share, must have a
// part.
func joined(folders []fs.FS, part string) ([]byte, error) {
	var all []byte
	for i, folder := range folders {
		content, err := fs.ReadFile(folder, part)
		if err != nil && (i == 0 || !errors.Is(err, fs.ErrNotExist)) {
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
