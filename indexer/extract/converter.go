package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gabriel-vasile/mimetype"

	"rapport/corpus"
)

// DefaultConversion is how long a Converter may take when it does not say
// otherwise.
const DefaultConversion = 2 * time.Minute

// Converter is a program that makes a file readable which this package does
// not read itself, such as soffice for old Office files or tesseract for
// images. It runs without a shell, in a scratch folder that is its home, with
// an environment of PATH alone; it may do what the user may do.
type Converter struct {
	// Command is the program with its arguments. In them "{in}" stands for
	// the file, whose name has the extension of the original, "{out}" for the
	// file that the program writes, "{dir}" for a folder in which it writes
	// one file under a name of its own. Without "{in}" it reads its standard
	// input; without "{out}" and "{dir}" its standard output is the result.
	Command []string `json:"command" yaml:"command"`
	// Output is the extension of the result, such as ".txt" or ".docx". The
	// content decides when it is empty.
	Output string `json:"output,omitempty" yaml:"output"`
	// Timeout is for one file; zero means DefaultConversion.
	Timeout time.Duration `json:"timeout,omitempty" yaml:"timeout"`
}

// timeout returns how long the program may take.
func (c Converter) timeout() time.Duration {
	if c.Timeout <= 0 {
		return DefaultConversion
	}
	return c.Timeout
}

// Version names what is made of a file with these options: Version, and a
// digest of the converters when there are some.
func (o Options) Version() string {
	if len(o.Converters) == 0 && len(o.OCR.Command) == 0 {
		return Version
	}
	table, err := json.Marshal([]any{o.Converters, o.OCR}) // maps in order of their keys
	if err != nil {
		return Version // strings and numbers always have a form in JSON
	}
	return Version + "+" + corpus.Digest(table)[:12]
}

// Check reports what is wrong with the converters: a type that is none, a
// command that is missing or not installed.
func (o Options) Check() error {
	var faults []error
	for kind, c := range o.Converters {
		if !strings.HasPrefix(kind, ".") && !strings.Contains(kind, "/") || strings.ToLower(kind) != kind {
			faults = append(faults, fmt.Errorf("converter for %s: want an extension (.doc) or a media type (application/msword), in lower case", kind))
		}
		faults = append(faults, c.check("converter for "+kind))
	}
	if len(o.OCR.Command) > 0 {
		faults = append(faults, o.OCR.check("OCR"))
	}
	return errors.Join(faults...)
}

func (c Converter) check(what string) error {
	switch {
	case len(c.Command) == 0:
		return fmt.Errorf("%s: it has no command", what)
	case c.Output != "" && (safeExtension(c.Output) != c.Output):
		return fmt.Errorf("%s: the output %q is no extension, such as .txt", what, c.Output)
	case c.Timeout < 0:
		return fmt.Errorf("%s: the timeout %v is below zero", what, c.Timeout)
	}
	if _, err := exec.LookPath(c.Command[0]); err != nil {
		return fmt.Errorf("%s: %w; install it, or take it out of the configuration", what, err)
	}
	return nil
}

// converter returns the program for a file: by the extension of its name, then
// by the media type of its content.
func (o Options) converter(f File) (Converter, bool) {
	if f.converted || len(f.Data) == 0 || len(o.Converters) == 0 {
		return Converter{}, false
	}
	if c, ok := o.Converters[strings.ToLower(path.Ext(f.fileName()))]; ok {
		return c, true
	}
	kind, _, _ := strings.Cut(mimetype.Detect(f.Data).String(), ";")
	c, ok := o.Converters[kind]
	return c, ok
}

// imageReader returns the OCR program for a file that is an image.
func (o Options) imageReader(f File) (Converter, bool) {
	if f.converted || len(f.Data) == 0 || len(o.OCR.Command) == 0 {
		return Converter{}, false
	}
	kind, _, _ := strings.Cut(mimetype.Detect(f.Data).String(), "/")
	return o.OCR, kind == "image"
}

// convert runs the program for f and returns what it makes of it, a file of
// the same path.
func (c Converter) convert(ctx context.Context, f File, limit int64) (File, error) {
	dir, err := os.MkdirTemp("", "rapport-convert-")
	if err != nil {
		return f, f.skip(corpus.SkipUnreadable, err)
	}
	defer os.RemoveAll(dir)
	run := conversion{Converter: c, dir: dir, limit: limit,
		in: filepath.Join(dir, "in"+safeExtension(f.fileName())), out: filepath.Join(dir, "out"+safeExtension(c.Output)), folder: filepath.Join(dir, "made")}
	data, err := run.do(ctx, f.Data)
	if err != nil {
		return f, asSkip(f, err)
	}
	base := path.Base(f.fileName())
	made := f
	made.Format, made.Data, made.converted, made.charset = "", data, true, ""
	made.name = strings.TrimSuffix(base, path.Ext(base)) + c.Output
	return made, nil
}

// safeExtension returns the extension of a name when it is a short word.
func safeExtension(name string) string {
	ext := path.Ext(name)
	if len(ext) > 12 || strings.ContainsFunc(strings.TrimPrefix(ext, "."), func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') }) {
		return ""
	}
	return ext
}

// conversion is one run of a program.
type conversion struct {
	Converter
	dir, in, out, folder string

	limit int64 // bytes of the result
}

// do runs the program and returns its result.
func (c conversion) do(ctx context.Context, data []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout())
	defer cancel()
	if err := errors.Join(os.WriteFile(c.in, data, 0o600), os.Mkdir(c.folder, 0o700)); err != nil {
		return nil, fault{corpus.SkipUnreadable, err}
	}
	said, made := &opening{}, &limitedBuffer{limit: c.limit}
	cmd := c.command(ctx, data)
	cmd.Stdout, cmd.Stderr = made, said
	ownGroup(cmd)
	err := cmd.Start()
	if err != nil {
		return nil, fault{corpus.SkipUnsupported, fmt.Errorf("the converter does not start: %w", err)}
	}
	limitFiles(cmd.Process.Pid, c.limit)
	err = cmd.Wait()
	switch first, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n"); {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, faultf(corpus.SkipTimeout, "%s took more than %v", c.Command[0], c.timeout())
	case made.over:
		return nil, faultf(corpus.SkipTooLarge, "%s made more than %d bytes", c.Command[0], c.limit)
	case err != nil:
		return nil, fmt.Errorf("%s: %w %s", c.Command[0], err, cleanWords(strings.ToValidUTF8(first, "\uFFFD")))
	}
	return c.result(made.b.Bytes())
}

// command returns the program with the names of this run.
func (c conversion) command(ctx context.Context, data []byte) *exec.Cmd {
	names := strings.NewReplacer("{in}", c.in, "{out}", c.out, "{dir}", c.folder)
	args := make([]string, len(c.Command))
	for i, a := range c.Command {
		args[i] = names.Replace(a)
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = c.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + c.dir, "TMPDIR=" + c.dir, "LANG=C.UTF-8"}
	cmd.WaitDelay = 2 * time.Second
	if !c.names("{in}") {
		cmd.Stdin = bytes.NewReader(data)
	}
	return cmd
}

// names reports whether the command names one of its files.
func (c conversion) names(mark string) bool {
	return slices.ContainsFunc(c.Command, func(a string) bool { return strings.Contains(a, mark) })
}

// result returns what the program wrote.
func (c conversion) result(written []byte) ([]byte, error) {
	file := c.out
	switch {
	case c.names("{dir}"):
		made, err := os.ReadDir(c.folder)
		if err != nil || len(made) != 1 {
			return nil, errors.Join(fmt.Errorf("%s made %d files, want one", c.Command[0], len(made)), err)
		}
		file = filepath.Join(c.folder, made[0].Name())
	case !c.names("{out}"):
		return written, nil
	}
	info, err := os.Lstat(file)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s made no file: %w", c.Command[0], err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s made something else than a file", c.Command[0])
	case info.Size() > c.limit:
		return nil, faultf(corpus.SkipTooLarge, "%s made %d bytes, the limit is %d", c.Command[0], info.Size(), c.limit)
	}
	return os.ReadFile(file)
}

// limitedBuffer keeps what is written to it, and fails beyond a limit.
type limitedBuffer struct {
	b     bytes.Buffer
	limit int64
	over  bool
}

// Write keeps p.
func (l *limitedBuffer) Write(p []byte) (int, error) {
	if int64(l.b.Len()+len(p)) > l.limit {
		l.over = true
		return 0, errors.New("more than the limit")
	}
	return l.b.Write(p)
}
