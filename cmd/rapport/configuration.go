package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"

	"rapport/indexer/extract"
)

// maxConfiguration bounds a configuration file in bytes.
const maxConfiguration = 1 << 20

// fileSettings are the keys of a configuration file that are no flags.
type fileSettings struct {
	// Sources are served and indexed when the command names none.
	Sources []string `yaml:"sources"`
	// Converters are programs for types of files that rapport does not read
	// itself, or not well enough, by extension or media type.
	Converters map[string]extract.Converter `yaml:"converters"`
	// Scans is the program that --ocr reads images and scanned PDFs with.
	Scans extract.Converter `yaml:"scans"`
}

// configuration is what a configuration file says. The zero value is that of
// no file.
type configuration struct {
	path  string                // absolute
	flags map[string]*yaml.Node // values of flags, by name
	lines map[string]int        // of every key
	fileSettings
}

// configurationPlaces returns where a configuration file is looked for when
// none is named; the first that is there counts. The working directory is not
// among them: a configuration names programs to run, and a folder of documents
// may come from anybody.
func configurationPlaces() []string {
	var places []string
	if folder, err := os.UserConfigDir(); err == nil {
		places = append(places, filepath.Join(folder, "rapport", "rapport.yaml"))
	}
	return append(places, "/etc/rapport/rapport.yaml")
}

// findConfiguration reads the file named, else the first of the default
// places that is there. flags are the settings
// that it may hold.
func findConfiguration(named string, flags []*kong.Flag) (*configuration, error) {
	if named != "" {
		return readConfiguration(named, flags)
	}
	for _, place := range configurationPlaces() {
		c, err := readConfiguration(place, flags)
		if !errors.Is(err, fs.ErrNotExist) {
			return c, err
		}
	}
	return &configuration{}, nil
}

func readConfiguration(path string, flags []*kong.Flag) (*configuration, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxConfiguration+1))
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	if len(data) > maxConfiguration {
		return nil, fmt.Errorf("%s: a configuration has at most %d bytes", path, maxConfiguration)
	}
	c := &configuration{path: path, flags: map[string]*yaml.Node{}, lines: map[string]int{}}
	return c, c.parse(data, flags)
}

// parse reads the file strictly. The error names file and line of every fault.
func (c *configuration) parse(data []byte, flags []*kong.Flag) error {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, second yaml.Node
	switch err := decoder.Decode(&document); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return c.decodeErrors(err)
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		return c.fail(second.Line, "the file holds more than one YAML document")
	}
	root := document.Content[0]
	if root.Tag == "!!null" {
		return nil
	}
	structured := reflect.ValueOf(&c.fileSettings).Elem()
	var names []string
	for _, f := range flags {
		names = append(names, f.Name)
	}
	if err := c.checkKeys(root, structured.Type(), names); err != nil {
		return err
	}
	var faults []error
	for i := 0; i < len(root.Content); i += 2 {
		key, value := root.Content[i].Value, root.Content[i+1]
		c.lines[key] = root.Content[i].Line
		if f := slices.Index(names, key); f >= 0 {
			faults = append(faults, c.checkFlag(flags[f], value))
			c.flags[key] = value
			continue
		}
		field := structured.Field(slices.Index(yamlKeys(structured.Type()), key))
		if err := c.checkKeys(value, field.Type(), nil); err != nil {
			faults = append(faults, err)
		} else if err := value.Decode(field.Addr().Interface()); err != nil {
			faults = append(faults, c.decodeErrors(err))
		}
	}
	for i, source := range c.Sources {
		c.Sources[i] = c.resolvePath(source)
	}
	for _, program := range c.Converters {
		c.resolveCommand(program.Command)
	}
	c.resolveCommand(c.Scans.Command)
	return errors.Join(faults...)
}

// Validate implements kong.Resolver; the file was checked when it was read.
func (c *configuration) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver: it returns the file's value of a setting
// that neither the command line nor the environment sets.
func (c *configuration) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	node, ok := c.flags[flag.Name]
	if !ok || !isSetting(flag) || environment(flag) != "" {
		return nil, nil
	}
	value := c.flagValue(flag, node)
	if err := decodes(flag, value); err != nil {
		return nil, c.fail(node.Line, "%w", err)
	}
	return value, nil
}

// flagValue returns a value as kong takes it: a text, or a list of texts.
func (c *configuration) flagValue(flag *kong.Flag, node *yaml.Node) any {
	text := func(n *yaml.Node) string {
		if n.Kind == yaml.AliasNode {
			n = n.Alias
		}
		if flag.Tag.Type != "" { // a file or folder
			return c.resolvePath(n.Value)
		}
		return n.Value
	}
	if !isList(flag) {
		return text(node)
	}
	list := []any{}
	if node.Kind != yaml.SequenceNode {
		return append(list, text(node))
	}
	for _, n := range node.Content {
		list = append(list, text(n))
	}
	return list
}

// resolvePath returns a path of the file, which is relative to the file's own
// folder.
func (c *configuration) resolvePath(path string) string {
	if strings.HasPrefix(path, "~/") || filepath.IsAbs(path) {
		return kong.ExpandPath(path)
	}
	return filepath.Join(filepath.Dir(c.path), path)
}

// resolveCommand makes the program of a command absolute when it is named by a
// path and not by a name that is looked for in PATH.
func (c *configuration) resolveCommand(command []string) {
	if len(command) > 0 && strings.ContainsRune(command[0], filepath.Separator) {
		command[0] = c.resolvePath(command[0])
	}
}

// fail returns an error about a line of the file.
func (c *configuration) fail(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", c.path, line, fmt.Errorf(format, args...))
}
