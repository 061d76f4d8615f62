package main

import (
	"errors"
	"fmt"

	"rapport/indexer/extract"
)

// programs are what the user has chosen to read files with that rapport does
// not read itself.
type programs struct {
	Converters map[string]extract.Converter `json:"converters,omitempty"`
	OCR        extract.Converter            `json:"ocr,omitzero"`
}

// choosePrograms returns the programs that the configuration names; that for
// scans only when it is asked for. The error says what is wrong with them.
func choosePrograms(file *configuration, ocr bool) (programs, error) {
	var p programs
	if file == nil {
		file = &configuration{}
	}
	p.Converters = file.Converters
	if ocr {
		if len(file.Scans.Command) == 0 {
			return p, errors.New(`--ocr needs a program: name one under "scans" in the configuration, for instance
scans: {command: [tesseract, "{in}", stdout], output: .txt}`)
		}
		p.OCR = file.Scans
	}
	if err := p.options().Check(); err != nil {
		return p, fmt.Errorf("%s: %w", file.path, err)
	}
	return p, nil
}

// options returns what the readers of files need to know.
func (p programs) options() extract.Options {
	return extract.Options{Converters: p.Converters, OCR: p.OCR}
}
