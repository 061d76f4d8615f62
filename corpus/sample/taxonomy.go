// Package sample holds the taxonomy and the small corpus that rapport serves
// before it has been given documents of its own.
package sample

import (
	"embed"
	"io/fs"
)

//go:embed taxonomy/*.yaml
var taxonomyFiles embed.FS

// Taxonomy returns the folder of the embedded taxonomy, for
// corpus.ParseTaxonomy.
func Taxonomy() fs.FS {
	folder, err := fs.Sub(taxonomyFiles, "taxonomy")
	if err != nil {
		panic(err) // the name is constant and valid
	}
	return folder
}
