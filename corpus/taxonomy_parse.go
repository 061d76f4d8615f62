package corpus

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// The files of a taxonomy's folder. The first two must be there.
const (
	partnersName      = "partners.yaml"
	topicsName        = "topics.yaml"
	synonymsName      = "synonyms.yaml"
	organisationsName = "organisations.yaml"
)

// maxTaxonomyFile bounds a file of a taxonomy in bytes.
const maxTaxonomyFile = 16 << 20

// TaxonomyError is one fault of a taxonomy's file.
type TaxonomyError struct {
	File    string
	Line    int // from 1; 0 is the file as a whole
	Message string
}

// Error returns file, line and message.
func (e *TaxonomyError) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Message
	}
	return e.File + ":" + strconv.Itoa(e.Line) + ": " + e.Message
}

// ParseTaxonomy reads a taxonomy from a folder. The error joins a
// *TaxonomyError for every fault of every file.
func ParseTaxonomy(folder fs.FS) (*Taxonomy, error) {
	p := &taxonomyParser{folder: folder, digest: sha256.New()}
	var partners partnersFile
	var topics topicsFile
	var synonyms synonymsFile
	var organisations organisationsFile
	p.read(partnersName, true, &partners)
	p.read(topicsName, true, &topics)
	p.read(synonymsName, false, &synonyms)
	p.read(organisationsName, false, &organisations)
	t := &Taxonomy{Title: partners.Title, digest: hex.EncodeToString(p.digest.Sum(nil))}
	for name, check := range map[string]func(){
		partnersName:      func() { p.partners(t, &partners) },
		topicsName:        func() { p.topics(t, &topics) },
		synonymsName:      func() { p.synonyms(t, &synonyms) },
		organisationsName: func() { p.organisations(t, &organisations) },
	} {
		if p.root[name] != nil { // a file that could not be read has been reported
			check()
		}
	}
	slices.SortStableFunc(p.errs, func(a, b *TaxonomyError) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) })
	if len(p.errs) > 0 {
		errs := make([]error, len(p.errs))
		for i, e := range p.errs {
			errs[i] = e
		}
		return nil, errors.Join(errs...)
	}
	t.index(&partners, &topics)
	return t, nil
}

// taxonomyParser collects the faults of a taxonomy.
type taxonomyParser struct {
	folder fs.FS
	digest hash.Hash
	errs   []*TaxonomyError
	root   map[string]*yaml.Node
}

func (p *taxonomyParser) fail(file string, line int, format string, args ...any) {
	p.errs = append(p.errs, &TaxonomyError{file, line, fmt.Sprintf(format, args...)})
}

// read decodes a file strictly.
func (p *taxonomyParser) read(name string, required bool, into any) {
	data, err := fs.ReadFile(p.folder, name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !required:
		return
	case errors.Is(err, fs.ErrNotExist):
		p.fail(name, 0, "is missing; a taxonomy is a folder with %s and %s", partnersName, topicsName)
		return
	case err != nil:
		p.fail(name, 0, "cannot be read: %v", err)
		return
	case len(data) > maxTaxonomyFile:
		p.fail(name, 0, "is larger than %d MiB", maxTaxonomyFile>>20)
		return
	}
	fmt.Fprintf(p.digest, "%s %d\n", name, len(data))
	p.digest.Write(data)
	var root, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		p.yamlErrors(name, err)
		return
	}
	if err := decoder.Decode(&second); err == nil {
		p.fail(name, second.Line, "a second YAML document begins; a file holds one")
		return
	}
	if err := yaml.Unmarshal(data, &root); err == nil && len(root.Content) > 0 {
		if p.root == nil {
			p.root = map[string]*yaml.Node{}
		}
		p.root[name] = root.Content[0]
	}
}

var (
	decoderLine = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)
	yamlUnknown = regexp.MustCompile(`^field (\S+) not found in type corpus\.(\w+)$`)
	yamlType    = regexp.MustCompile("^cannot unmarshal !!(\\w+)(?: `(.*)`)? into (.*)$")
)

// yamlErrors reports what the decoder found, each with its line.
func (p *taxonomyParser) yamlErrors(name string, err error) {
	messages := []string{err.Error()}
	var typed *yaml.TypeError
	if errors.As(err, &typed) {
		messages = typed.Errors
	}
	for _, m := range messages {
		line := 0
		if found := decoderLine.FindStringSubmatch(m); found != nil {
			line, _ = strconv.Atoi(found[1])
			m = found[2]
		}
		if found := yamlUnknown.FindStringSubmatch(m); found != nil {
			legal := legalKeys(found[2])
			m = fmt.Sprintf("unknown key %q; expected one of %s", found[1], strings.Join(legal, ", "))
			if near := Nearest(found[1], legal); near != "" {
				m = fmt.Sprintf("unknown key %q; did you mean %q?", found[1], near)
			}
		} else if found := yamlType.FindStringSubmatch(m); found != nil {
			m = fmt.Sprintf("expected %s, found %s", yamlKind(found[3]), yamlFound(found[1], found[2]))
		}
		p.fail(name, line, "%s", strings.TrimPrefix(m, "yaml: "))
	}
}

func yamlKind(goType string) string {
	switch {
	case goType == "string":
		return "a text"
	case goType == "bool":
		return "true or false"
	case strings.HasPrefix(goType, "[]"):
		return "a list"
	}
	return "named keys"
}

func yamlFound(tag, value string) string {
	switch tag {
	case "seq":
		return "a list"
	case "map":
		return "named keys"
	}
	return strconv.Quote(value)
}

// line returns the line of a place in a file: keys and indexes from the root.
func (p *taxonomyParser) line(file string, path ...any) int {
	n := p.root[file]
	if n == nil {
		return 0
	}
	for _, step := range path {
		next := child(n, step)
		if next == nil {
			break
		}
		n = next
	}
	return n.Line
}

func child(n *yaml.Node, step any) *yaml.Node {
	switch s := step.(type) {
	case int:
		if n.Kind == yaml.SequenceNode && s < len(n.Content) {
			return n.Content[s]
		}
	case string:
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == s {
				return n.Content[i+1]
			}
		}
	}
	return nil
}
