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

	"rapport/corpus"
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

// checkFlag reports a value of a kind that the flag cannot have.
func (c *configuration) checkFlag(flag *kong.Flag, value *yaml.Node) error {
	values := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		if values = value.Content; !flag.IsSlice() {
			return c.fail(value.Line, "%s is one value, not a list", flag.Name)
		}
	}
	for _, v := range values {
		if v.Kind == yaml.AliasNode {
			v = v.Alias
		}
		if v.Kind != yaml.ScalarNode || v.Tag == "!!null" {
			return c.fail(v.Line, "%s needs a value: a text, a number, true or false", flag.Name)
		}
	}
	return nil
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
	trial := reflect.New(flag.Target.Type()).Elem()
	decode := kong.DecodeContext{Value: flag.Value, Scan: kong.Scan().PushTyped(value, kong.FlagValueToken)}
	if err := flag.Mapper.Decode(&decode, trial); err != nil {
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
	if !flag.IsSlice() {
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

// checkKeys reports keys that a type does not have, and keys that come twice,
// in the node and all below it. more are keys that the type has besides.
func (c *configuration) checkKeys(node *yaml.Node, t reflect.Type, more []string) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	var faults []error
	switch {
	case node.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
		for _, n := range node.Content {
			faults = append(faults, c.checkKeys(n, t.Elem(), nil))
		}
	case t.Kind() != reflect.Struct && t.Kind() != reflect.Map:
		return nil // whether the value fits is for the decoder to say
	case node.Kind != yaml.MappingNode:
		return c.fail(node.Line, "expected keys with values")
	default:
		legal, seen := slices.Concat(more, yamlKeys(t)), map[string]bool{}
		for i := 0; i < len(node.Content); i += 2 {
			key, value := node.Content[i], node.Content[i+1]
			switch {
			case seen[key.Value]:
				faults = append(faults, c.fail(key.Line, "key %q comes twice", key.Value))
			case t.Kind() == reflect.Map:
				faults = append(faults, c.checkKeys(value, t.Elem(), nil))
			case !slices.Contains(legal, key.Value):
				faults = append(faults, c.fail(key.Line, "%s", unknownKey(key.Value, legal)))
			case more == nil:
				faults = append(faults, c.checkKeys(value, t.Field(slices.Index(legal, key.Value)).Type, nil))
			}
			seen[key.Value] = true
		}
	}
	return errors.Join(faults...)
}

// unknownKey says which legal key is nearest, or which there are.
func unknownKey(key string, legal []string) string {
	if near := corpus.Nearest(key, legal); near != "" {
		return fmt.Sprintf("unknown key %q; did you mean %q?", key, near)
	}
	return fmt.Sprintf("unknown key %q; want one of %s", key, strings.Join(legal, ", "))
}

// yamlKeys returns the keys of a struct's fields, in their order.
func yamlKeys(t reflect.Type) []string {
	if t.Kind() != reflect.Struct {
		return nil
	}
	var keys []string
	for i := range t.NumField() {
		key, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		keys = append(keys, key)
	}
	return keys
}

// decodeErrors puts the file's name before what the decoder found.
func (c *configuration) decodeErrors(err error) error {
	messages := []string{err.Error()}
	var typed *yaml.TypeError
	if errors.As(err, &typed) {
		messages = typed.Errors
	}
	var faults []error
	for _, m := range messages {
		m = strings.TrimPrefix(m, "yaml: ")
		if line, rest, ok := strings.Cut(strings.TrimPrefix(m, "line "), ": "); ok && strings.HasPrefix(m, "line ") {
			faults = append(faults, fmt.Errorf("%s:%s: %s", c.path, line, rest))
		} else {
			faults = append(faults, fmt.Errorf("%s: %s", c.path, m))
		}
	}
	return errors.Join(faults...)
}
