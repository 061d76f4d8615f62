package main

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"

	"rapport/corpus"
)

// checkFlag reports a value of a kind that the flag cannot have.
func (c *configuration) checkFlag(flag *kong.Flag, value *yaml.Node) error {
	values := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		if values = value.Content; !isList(flag) {
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
	if strings.HasPrefix(flag.Tag.Type, "existing") {
		return nil // whether it is there is for the verbs that need it to say
	}
	if err := decodes(flag, c.flagValue(flag, value)); err != nil {
		return c.fail(value.Line, "%s: %w", flag.Name, err)
	}
	return nil
}

// decodes reports why a value is none for a flag.
func decodes(flag *kong.Flag, value any) error {
	trial := reflect.New(flag.Target.Type()).Elem()
	decode := kong.DecodeContext{Value: flag.Value, Scan: kong.Scan().PushTyped(value, kong.FlagValueToken)}
	return flag.Mapper.Decode(&decode, trial)
}

// isList reports whether a flag takes several values. kong's own answer leaves
// out types with a name.
func isList(flag *kong.Flag) bool { return flag.Target.Kind() == reflect.Slice }

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
