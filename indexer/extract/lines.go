package extract

import (
	"bytes"
	"errors"
	"path"
	"strconv"

	"rapport/corpus"
)

// readLines reads a JSON Lines file in a container, every line as a member
// named by its number, as a source does outside of containers.
func (j *job) readLines(f File) error {
	rest := bytes.TrimPrefix(f.Data, []byte("\xef\xbb\xbf"))
	found := false
	for number := 1; len(rest) > 0; number++ {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		found = true
		if j.members++; j.members > maxMembers {
			return faultf(corpus.SkipTooLarge, "more than %d files and lines in it; unpack it, then a file may have any number of lines", maxMembers)
		}
		member := f.holding(strconv.Itoa(number), "")
		member.Format, member.Data = formatLine, line
		if err := j.memberFile(member); err != nil {
			return err
		}
	}
	if !found {
		return fault{reason: corpus.SkipNoText}
	}
	return nil
}

// errPackedFacts says why a facts file in a container is left out: its checks
// and its references to documents concern files that a source holds itself.
var errPackedFacts = fault{corpus.SkipUnsupported, errors.New("a facts file inside another file is not read: unpack it into the source")}

// isPackedFacts reports whether a member of a container is a facts file.
func (j *job) isPackedFacts(f File) bool {
	return j.depth > 0 && corpus.IsFactsFile(path.Base(f.fileName()))
}
