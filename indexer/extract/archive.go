package extract

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"strings"

	"rapport/corpus"
)

// readZIP reads the files in a ZIP file, each a document of its own.
func (j *job) readZIP(f File) error {
	z, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil {
		return err
	}
	names := make([]string, len(z.File))
	for i, entry := range z.File {
		names[i] = entry.Name
	}
	decodeNames(names)
	for i, entry := range z.File {
		name := memberName(names[i])
		if entry.FileInfo().IsDir() || isHiddenMember(name) {
			continue
		}
		if err := j.zipEntry(f, name, entry); err != nil {
			return err
		}
	}
	return j.ifAny(f)
}

// zipEntry reads one file of a ZIP file.
func (j *job) zipEntry(f File, name string, entry *zip.File) error {
	label := j.label(f, name)
	member := f.holding(label, name)
	if entry.Flags&1 != 0 {
		j.members++
		return j.skipMember(member, member.skip(corpus.SkipEncrypted, nil))
	}
	in, err := entry.Open()
	if err != nil {
		j.members++
		if errors.Is(err, zip.ErrAlgorithm) {
			return j.skipMember(member, member.skip(corpus.SkipUnsupported, err))
		}
		return j.skipMember(member, asSkip(member, err))
	}
	defer in.Close()
	return j.member(f, name, label, in)
}

// readTAR reads the files in a TAR file. One that is cut off yields those
// before the cut.
func (j *job) readTAR(f File, in io.Reader) error {
	for files := tar.NewReader(in); ; {
		h, err := files.Next()
		if errors.Is(err, io.EOF) {
			return j.ifAny(f)
		}
		if err != nil {
			return err
		}
		names := []string{h.Name}
		decodeNames(names)
		name := memberName(names[0])
		if h.Typeflag != tar.TypeReg || isHiddenMember(name) {
			continue
		}
		if err := j.member(f, name, j.label(f, name), files); err != nil {
			return err
		}
	}
}

// readGZIP reads a file that is compressed.
func (j *job) readGZIP(f File) error {
	in, err := gzip.NewReader(bytes.NewReader(f.Data))
	if err != nil {
		return err
	}
	return j.readUnpacked(f, in, memberName(in.Name), ".tgz", ".tar.gz")
}

// readUnpacked reads what a compressed file holds: a web archive, a TAR file,
// which is told by the endings of names, or one file. Without a name it has
// that of the compressed file.
func (j *job) readUnpacked(f File, in io.Reader, name string, tarEndings ...string) error {
	content := bufio.NewReader(in)
	if head, _ := content.Peek(len(warcMark)); string(head) == warcMark {
		return j.readWARC(f, &unpackLimit{from: content, job: j})
	}
	base := path.Base(f.fileName())
	for _, ending := range tarEndings {
		if strings.HasSuffix(strings.ToLower(base), ending) {
			return j.readTAR(f, &unpackLimit{from: content, job: j})
		}
	}
	name = cmp.Or(name, strings.TrimSuffix(base, path.Ext(base)))
	return j.member(f, name, name, content)
}

// unpackLimit counts what is unpacked and passed over.
type unpackLimit struct {
	from io.Reader
	job  *job
	read int64
}

// Read reads unpacked bytes.
func (l *unpackLimit) Read(b []byte) (int, error) {
	n, err := l.from.Read(b)
	if l.read += int64(n); l.read > 2*maxUnpacked {
		return 0, faultf(corpus.SkipTooLarge, "more than %d bytes when unpacked", maxUnpacked)
	}
	return n, err
}

// ifAny returns a reason to leave out a container without files.
func (j *job) ifAny(File) error {
	if j.members == 0 {
		return faultf(corpus.SkipNoText, "no files in it")
	}
	return nil
}
