package sample

import (
	"embed"
	"io/fs"
)

//go:embed notes
var notes embed.FS

// Notes returns the documents of the sample corpus: briefing notes in
// Markdown and, beside each, a file of its facts.
func Notes() fs.FS {
	sub, err := fs.Sub(notes, "notes")
	if err != nil {
		panic(err) // the folder is embedded under this name
	}
	return sub
}
