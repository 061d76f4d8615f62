package main

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"
)

// configCmd is rapport config. Its flags are all settings there are, so that
// what it shows of a flag is what the other verbs would make of it.
type configCmd struct {
	indexSettings `embed:"" group:"Settings"`
	serveSettings `embed:"" group:"Settings"`
	limitSettings `embed:"" group:"Settings"`
}

// Help says where settings come from.
func (configCmd) Help() string {
	return `Examples:
  rapport config                                          what counts, and where it comes from
  rapport config --timeout 5s > rapport.yaml              the same as a file, with one setting changed
  rapport --config rapport.yaml config                    what a file says

Prints the value of every setting and where it comes from: a flag, an environment variable, a line of the configuration
file, or the default, the first of these that there is. What it prints is a configuration file.

The file is the one that --config or $RAPPORT_CONFIG names, else the first of these that is there:
  ` + strings.Join(configurationPlaces(), "\n  ") + `
Its keys are the settings below without the dashes, and "sources", a list of what serve and index read when they are not told.
Paths in it are relative to its own folder. A key that it may not have is an error.`
}

// Validate refuses what serve does.
func (c *configCmd) Validate() error {
	return errors.Join(c.serveSettings.check(), c.limitSettings.check())
}

// setting is a setting with the value that it has.
type setting struct {
	Key   string `json:"key"`
	Value any    `json:"value"`
	From  string `json:"from"`
}

// Run prints the effective configuration.
func (c *configCmd) Run(parsed *kong.Context, g *globals, std *streams) error {
	var list []setting
	for _, flag := range settings(parsed.Model) {
		list = append(list, setting{flag.Name, flag.Target.Interface(), origin(parsed, flag, g.file)})
	}
	list = append(list, g.file.settings()...)
	if g.JSON {
		return printJSON(std.out, struct {
			File     string    `json:"file"`
			Settings []setting `json:"settings"`
		}{g.file.path, list})
	}
	if g.file.path == "" {
		fmt.Fprintln(std.out, "# There is no configuration file.")
	}
	for _, s := range list {
		if err := s.print(std.out); err != nil {
			return err
		}
	}
	return nil
}

// settings returns the keys that are no flags.
func (c *configuration) settings() []setting {
	var list []setting
	fields := reflect.ValueOf(c.fileSettings)
	for i, key := range yamlKeys(fields.Type()) {
		from := "default"
		if line, ok := c.lines[key]; ok {
			from = fmt.Sprintf("%s:%d", c.path, line)
		}
		list = append(list, setting{key, fields.Field(i).Interface(), from})
	}
	return list
}

// origin says where the value of a flag comes from.
func origin(parsed *kong.Context, flag *kong.Flag, file *configuration) string {
	for _, step := range parsed.Path {
		if step.Flag == flag && !step.Resolved {
			return "--" + flag.Name
		}
	}
	if name := environment(flag); name != "" {
		return "$" + name
	}
	if line, ok := file.lines[flag.Name]; ok {
		return fmt.Sprintf("%s:%d", file.path, line)
	}
	return "default"
}

// print writes the setting as YAML, with its origin as a comment. A setting
// without a value is a comment as a whole.
func (s setting) print(w io.Writer) error {
	if v := reflect.ValueOf(s.Value); v.Kind() != reflect.Bool && (v.IsZero() || v.Kind() == reflect.Map && v.Len() == 0) {
		_, err := fmt.Fprintf(w, "%-36s # not set\n", "# "+s.Key+":")
		return err
	}
	data, err := yaml.Marshal(map[string]any{s.Key: s.Value})
	if err != nil {
		return err
	}
	first, rest, _ := strings.Cut(string(data), "\n")
	_, err = fmt.Fprintf(w, "%-36s # %s\n%s", first, s.From, rest)
	return err
}
