package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"rapport/corpus"
)

// factsCheck checks facts files, each fact alone and all beside each other.
type factsCheck struct {
	taxonomy *corpus.Taxonomy
	links    corpus.FactLinks
	findings []finding
}

// folder checks a facts file, or all facts files below a folder.
func (c *factsCheck) folder(root string) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() || path != root && !corpus.IsFactsFile(path):
			return nil
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		return c.file(path, f)
	})
}

func (c *factsCheck) file(name string, r io.Reader) error {
	for located, err := range corpus.ReadFacts(name, r, c.taxonomy) {
		var fault *corpus.FactError
		switch {
		case errors.As(err, &fault):
			c.find(fault)
			continue
		case err != nil:
			return err
		}
		for _, w := range located.Warnings {
			c.find(w)
		}
		for _, doubt := range corpus.CheckFactDocument(&located.Fact, nil, c.taxonomy) {
			c.find(&corpus.FactError{File: name, Line: located.Line, Fact: located.Fact.ID, Message: doubt.Message})
		}
		if repeated := c.links.Add(located); repeated != nil {
			c.find(repeated)
		}
	}
	return nil
}

func (c *factsCheck) find(e *corpus.FactError) {
	c.findings = append(c.findings, finding{"facts", e.Error()})
}

// linkFindings lists the links that lead nowhere or in a circle. Exists tells
// of facts besides those of the files, and may be nil.
func (c *factsCheck) linkFindings(exists func(id string) bool) []finding {
	var findings []finding
	for _, e := range c.links.Errors(exists) {
		findings = append(findings, finding{"facts", e.Error()})
	}
	return findings
}
