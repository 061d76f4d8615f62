package search

import (
	"strings"
	"testing"
)

func TestSyntaxExamples(t *testing.T) {
	seen := map[string]bool{}
	named := ""
	for _, row := range Syntax() {
		q, warnings := Parse(row.Example)
		if q.String() != row.Reads {
			t.Errorf("%s: the example %q is read as %q, not as %q", row.Form, row.Example, q, row.Reads)
		}
		if len(warnings) > 0 {
			t.Errorf("%s: the example %q has warnings: %v", row.Form, row.Example, warnings)
		}
		if seen[row.Example] || row.Means == "" || strings.HasSuffix(row.Means, ".") {
			t.Errorf("%s: the example %q stands twice, or its meaning %q is no sentence without a full stop", row.Form, row.Example, row.Means)
		}
		seen[row.Example] = true
		named += " " + row.Form + " " + row.Example
	}
	for _, field := range fields() {
		if field != FieldDocument && !strings.Contains(named, field+":") {
			t.Errorf("the field %s is not explained", field)
		}
	}
}
