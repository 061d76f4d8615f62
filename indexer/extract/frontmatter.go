package extract

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxFrontMatter is how many bytes front matter may have. What is longer is
// text.
const maxFrontMatter = 64 << 10

// cutFrontMatter parts a text into YAML front matter between lines of "---",
// and the rest. Front matter that is no YAML mapping is part of the text, and
// what looks like it and is no YAML is noted as invalid.
func cutFrontMatter(text string) (stated, string) {
	text = strings.TrimPrefix(text, "\uFEFF")
	rest, ok := cutLine(text, "---")
	if !ok {
		return stated{}, text
	}
	for at := 0; at < min(len(rest), maxFrontMatter); {
		line := rest[at:]
		if after, ok := cutLine(line, "---"); ok {
			return parseFrontMatter(rest[:at], after, text)
		}
		if after, ok := cutLine(line, "..."); ok {
			return parseFrontMatter(rest[:at], after, text)
		}
		n := strings.IndexByte(line, '\n')
		if n < 0 {
			break
		}
		at += n + 1
	}
	return stated{}, text
}

// cutLine removes the line from the beginning of the text.
func cutLine(text, line string) (string, bool) {
	first, rest, _ := strings.Cut(text, "\n")
	if strings.TrimRight(first, " \t\r") != line {
		return text, false
	}
	return rest, true
}

// parseFrontMatter reads the fields of the front matter. The whole text stays
// text when it is not sound.
func parseFrontMatter(front, rest, whole string) (stated, string) {
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(front), &root); err != nil {
		return stated{invalid: err}, whole
	}
	if len(root.Content) == 0 {
		return stated{}, rest
	}
	mapping := root.Content[0]
	if mapping.Kind != yaml.MappingNode {
		return stated{}, whole
	}
	var s stated
	dates := map[string]string{}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		name := strings.ToLower(mapping.Content[i].Value)
		values := scalars(mapping.Content[i+1])
		if len(values) == 0 {
			continue
		}
		s.set(name, values...)
		dates[name] = values[0]
	}
	s.setDate(dates)
	return s, rest
}

// scalars returns the value of a field, or those of its list.
func scalars(n *yaml.Node) []string {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return nil
		}
		return []string{n.Value}
	case yaml.SequenceNode:
		var values []string
		for _, item := range n.Content {
			if item.Kind == yaml.ScalarNode && item.Tag != "!!null" {
				values = append(values, item.Value)
			}
		}
		return values
	}
	return nil
}
