package extract

import (
	"errors"
	"io"
	"path"
	"strings"

	"rapport/corpus"
)

// The limits of files that hold files.
const (
	maxContainers = 5         // containers in each other
	maxMembers    = 20_000    // of one file and of what is in it
	maxUnpacked   = 512 << 20 // bytes of them together
	maxMember     = 128 << 20 // bytes of one of them
)

// member reads a file that is in another. What cannot be read is sent as the
// reason for its own path; only what ends the reading of the whole container
// is returned.
func (j *job) member(container File, name, label string, in io.Reader) error {
	f := container.holding(label, name)
	data, err := j.unpack(in)
	switch {
	case j.beyondLimits():
		return err
	case err != nil:
		return j.skipMember(f, asSkip(f, err))
	}
	f.Data = data
	return j.memberFile(f)
}

// unpack reads a member, which counts against the limits of its container. An
// error that is not one of the limits concerns the member alone.
func (j *job) unpack(in io.Reader) ([]byte, error) {
	if j.members++; j.members > maxMembers {
		return nil, faultf(corpus.SkipTooLarge, "more than %d files in it", maxMembers)
	}
	room := min(maxUnpacked-j.unpacked, maxMember)
	data, err := io.ReadAll(io.LimitReader(in, room+1))
	switch j.unpacked += int64(len(data)); {
	case j.beyondLimits():
		return nil, faultf(corpus.SkipTooLarge, "more than %d bytes when unpacked", maxUnpacked)
	case int64(len(data)) > maxMember:
		return nil, faultf(corpus.SkipTooLarge, "more than %d bytes when unpacked", maxMember)
	}
	return data, err
}

// beyondLimits reports whether the container cannot be read any further.
func (j *job) beyondLimits() bool { return j.members > maxMembers || j.unpacked > maxUnpacked }

// holding returns a member of the container, whose bytes are not read yet.
func (f File) holding(label, name string) File {
	member := File{Source: f.Source, Path: f.Path + "!" + label, name: name, converted: f.converted}
	if f.capture != nil { // what a captured file holds was captured with it
		member.capture = &capture{Captured: f.capture.Captured, In: f.capture.In}
	}
	return member
}

// memberFile reads a member whose bytes are known.
func (j *job) memberFile(f File) error {
	if j.depth++; j.depth > maxContainers {
		j.depth--
		return j.skipMember(f, f.skip(corpus.SkipTooLarge, errors.New("too many files in each other")))
	}
	err := j.read(f)
	j.depth--
	if err == nil || errors.Is(err, errStopped) || j.beyondLimits() {
		return err
	}
	return j.skipMember(f, asSkip(f, err))
}

func (j *job) skipMember(f File, skip *corpus.SkipError) error {
	skip.Path = f.Path
	return j.send(result{err: skip})
}

// memberName returns a safe form of a name in a container: relative, without
// steps to folders above, in one line of UTF-8.
func memberName(name string) string {
	name = strings.ReplaceAll(strings.ToValidUTF8(name, "\uFFFD"), `\`, "/")
	return strings.TrimPrefix(path.Clean("/"+cleanWords(name)), "/")
}

// isHiddenMember reports whether a member is hidden, as in folders, or holds
// the resource forks that macOS adds.
func isHiddenMember(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || part == "__MACOSX" {
			return true
		}
	}
	return name == ""
}
