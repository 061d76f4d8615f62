package pages

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"
)

// Assets are the static files under addresses that hold a hash of their
// content, so that browsers may keep them for ever.
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
	names, err := fs.Glob(folder, "static/*")
	if err != nil {
		return nil, err
	}
	for _, file := range names {
		content, err := fs.ReadFile(folder, file)
		if err != nil {
			return nil, fmt.Errorf("static file: %w", err)
		}
		name, extension := path.Base(file), path.Ext(file)
		sum := sha256.Sum256(content)
		address := AssetRoot + strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:6]) + extension
		a.byAddress[address] = Asset{Content: content, Type: mime.TypeByExtension(extension)}
		a.addresses[name] = address
	}
	return a, nil
}

// Address returns where the file of that name is served.
func (a *Assets) Address(name string) string { return a.addresses[name] }

// At returns the file that is served at an address.
func (a *Assets) At(address string) (Asset, bool) {
	asset, ok := a.byAddress[address]
	return asset, ok
}
