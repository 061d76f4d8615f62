package corpus

import (
	"fmt"
	"io"
	"iter"
	"regexp"

	"go.yaml.in/yaml/v3"
)

// writeFactsYAML writes the facts of one document, as ReadFacts reads them.
// Evidence in that document does not repeat it; with an empty document each
// evidence names its own.
func writeFactsYAML(w io.Writer, document ID, facts iter.Seq[Fact]) error {
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for f := range facts {
		if f.Evidence.Document == document {
			f.Evidence.Document = ""
		}
		n, err := nodeOf(f)
		if err != nil {
			return err
		}
		list.Content = append(list.Content, n.yaml())
	}
	root := &yaml.Node{Kind: yaml.MappingNode}
	if document != "" {
		root.Content = append(root.Content, yamlText("document"), yamlText(string(document)))
	}
	root.Content = append(root.Content, yamlText("facts"), list)
	encoder := yaml.NewEncoder(w)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		return fmt.Errorf("writing facts: %w", err)
	}
	return encoder.Close()
}

// yaml returns the node as YAML.
func (n node) yaml() *yaml.Node {
	switch n.kind {
	case listNode:
		y := &yaml.Node{Kind: yaml.SequenceNode}
		for _, item := range n.items {
			y.Content = append(y.Content, item.yaml())
		}
		return y
	case objectNode:
		y := &yaml.Node{Kind: yaml.MappingNode}
		for _, f := range n.fields {
			y.Content = append(y.Content, yamlText(f.name), f.value.yaml())
		}
		return y
	}
	return yamlText(n.text)
}

// yamlPlain are the texts that no version of YAML takes for anything else
// than a text: no date, no number, no truth value such as NO.
var yamlPlain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9 ,_/()-]*[A-Za-z0-9)]$`)

var yamlWords = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null)$`)

// yamlText returns a text that reads back as itself: quoted unless it is
// plain.
func yamlText(s string) *yaml.Node {
	y := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	if !yamlPlain.MatchString(s) || yamlWords.MatchString(s) {
		y.Style = yaml.DoubleQuotedStyle
	}
	return y
}
