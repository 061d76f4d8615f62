package corpus

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// MaxFactsYAML is the largest facts file in YAML, in bytes. It is held in
// memory as a whole; bulk belongs into JSON Lines.
const MaxFactsYAML = 8 << 20

// yaml reads a file with the fields "document" (optional) and "facts".
func (r *factReader) yaml(in io.Reader) {
	data, err := io.ReadAll(io.LimitReader(in, MaxFactsYAML+1))
	if err != nil {
		r.yield(LocatedFact{}, fmt.Errorf("reading %s: %w", r.file, err))
		return
	}
	if len(data) > MaxFactsYAML {
		r.fail(0, "larger than %d MiB; split it, or write bulk as JSON Lines (.jsonl)", MaxFactsYAML>>20)
		return
	}
	root, p := yamlRoot(data)
	if p != nil {
		r.fail(p.line, "%s", p.message)
		return
	}
	document, facts, ok := r.yamlFile(root)
	if !ok {
		return
	}
	for _, n := range facts {
		if !r.fact(n, document) {
			return
		}
	}
}

// yamlFile reads the fields of the file. It reports false when the caller
// wants no more.
func (r *factReader) yamlFile(root node) (document ID, facts []node, ok bool) {
	if root.kind != objectNode {
		return "", nil, r.fail(root.line, `a facts file has the fields "document" and "facts", not %s`, root.kind)
	}
	names := []string{"document", "facts"}
	seen := map[string]bool{}
	for _, f := range root.fields {
		message := ""
		switch {
		case seen[f.name]:
			message = fmt.Sprintf("field %q is given twice", f.name)
		case f.name == "document" && f.value.kind == scalarNode:
			document = ID(f.value.text)
		case f.name == "document" && f.value.kind != nullNode:
			message = wrongKind(f.value, f.name, "an id or a path").message
		case f.name == "facts" && f.value.kind == listNode:
			facts = f.value.items
		case f.name == "facts" && f.value.kind != nullNode:
			message = wrongKind(f.value, f.name, "a list of facts").message
		case f.name != "document" && f.name != "facts":
			message = unknown("field", f.name, names)
		}
		seen[f.name] = true
		if message != "" && !r.fail(f.line, "%s", message) {
			return "", nil, false
		}
	}
	if !seen["facts"] {
		return "", nil, r.fail(root.line, `field "facts" is missing`)
	}
	return document, facts, true
}

// yamlRoot parses the one YAML document in data.
func yamlRoot(data []byte) (node, *problem) {
	decoder := yaml.NewDecoder(strings.NewReader(string(data)))
	var root, second yaml.Node
	if err := decoder.Decode(&root); errors.Is(err, io.EOF) {
		return node{}, &problem{0, "the file is empty"}
	} else if err != nil {
		return node{}, yamlProblem(err)
	}
	if err := decoder.Decode(&second); err == nil {
		return node{}, &problem{second.Line, "a facts file is one YAML document; this is a second one"}
	} else if !errors.Is(err, io.EOF) {
		return node{}, yamlProblem(err)
	}
	n, p := fromYAML(root.Content[0])
	return n, p
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// yamlProblem takes the line out of an error of the YAML parser.
func yamlProblem(err error) *problem {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		return &problem{0, "not valid YAML: " + err.Error()}
	}
	line, _ := strconv.Atoi(m[1]) // 0 when the parser names no line
	return &problem{line, "not valid YAML: " + m[2]}
}

// fromYAML turns a YAML node into ours. Scalars keep their text whatever type
// YAML would give them. Anchors and aliases are refused: a small file could
// stand for a huge one.
func fromYAML(y *yaml.Node) (node, *problem) {
	n := node{line: y.Line, text: y.Value}
	switch y.Kind {
	case yaml.ScalarNode:
		n.kind = scalarNode
		if y.Tag == "!!null" {
			n.kind, n.text = nullNode, ""
		}
	case yaml.SequenceNode:
		n.kind = listNode
		for _, item := range y.Content {
			child, p := fromYAML(item)
			if p != nil {
				return node{}, p
			}
			n.items = append(n.items, child)
		}
	case yaml.MappingNode:
		n.kind = objectNode
		for i := 0; i+1 < len(y.Content); i += 2 {
			key := y.Content[i]
			if key.Kind != yaml.ScalarNode {
				return node{}, &problem{key.Line, "the name of a field must be a text"}
			}
			child, p := fromYAML(y.Content[i+1])
			if p != nil {
				return node{}, p
			}
			n.fields = append(n.fields, field{key.Value, key.Line, child})
		}
	default:
		return node{}, &problem{y.Line, "anchors and aliases (& and *) are not read in facts files; write the value out, or put it in quotes"}
	}
	return n, nil
}
