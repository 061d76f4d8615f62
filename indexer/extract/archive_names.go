package extract

import (
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decodeNames makes names of files in an archive UTF-8. Older programs write
// names in the encoding of their system, which is not stated: it is told from
// all names together, and is else code page 437, that of the format (PKWARE
// APPNOTE.TXT, appendix D).
func decodeNames(names []string) {
	var foreign []int
	var raw []string
	for i, name := range names {
		if !utf8.ValidString(name) && !strings.Contains(name, "\n") {
			foreign, raw = append(foreign, i), append(raw, name)
		}
	}
	if len(foreign) == 0 {
		return
	}
	text, err := decode([]byte(strings.Join(raw, "\n")), "")
	decoded := strings.Split(text, "\n")
	told := err == nil && len(decoded) == len(foreign) && !strings.Contains(text, "\uFFFD")
	for k, i := range foreign {
		if told {
			names[i] = decoded[k]
			continue
		}
		if name, err := charmap.CodePage437.NewDecoder().String(names[i]); err == nil {
			names[i] = name
		}
	}
}

// label returns how a file of a container is told from the others: by its
// name, or when another file has that, with a number: "notes (2).txt".
func (j *job) label(container File, name string) string {
	if j.labels == nil {
		j.labels = map[string]int{}
	}
	within, ext, label := container.Path+"!", path.Ext(name), name
	last := j.labels[within+name] // of the numbers behind the name, which need not be tried again
	for n := last; j.labels[within+label] > 0; n, last = n+1, n+1 {
		label = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), n+1, ext)
	}
	j.labels[within+name] = max(last, 1)
	j.labels[within+label] = max(j.labels[within+label], 1)
	return label
}
