package corpus

import "fmt"

// node is a piece of a facts file in any format: what YAML, JSON and CSV have
// in common. Scalars keep the text as written, so that NO stays Norway and
// 2011-05-03 a date.
type node struct {
	line   int
	kind   nodeKind
	text   string  // of a scalar
	items  []node  // of a list
	fields []field // of an object, in the order of the file
}

// field is a named part of an object.
type field struct {
	name  string
	line  int
	value node
}

type nodeKind int

const (
	nullNode nodeKind = iota
	scalarNode
	listNode
	objectNode
)

// String names the kind as error messages do.
func (k nodeKind) String() string {
	switch k {
	case scalarNode:
		return "a text"
	case listNode:
		return "a list"
	case objectNode:
		return "named fields"
	}
	return "nothing"
}

// problem is something wrong at a line of a facts file.
type problem struct {
	line    int
	message string
}

func wrongKind(n node, name, want string) problem {
	return problem{n.line, fmt.Sprintf("%s must be %s, not %s", name, want, n.kind)}
}
