package extract

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"golang.org/x/sys/cpu"
)

// compileInto returns the first of the folders that holds the compiled PDF
// reader, or in which it could be written now. It is empty when there is none,
// as on a read-only or full disk: a cache saves seconds, and no file is left
// out for want of it.
func compileInto(folders []string) string {
	by := compiler()
	for _, folder := range folders {
		if isCompiled(folder, by) {
			return folder
		}
		if !isWritable(folder) {
			continue
		}
		engine := NewPDFEngine(folder)
		if errors.Join(engine.Start(context.Background()), engine.Close()) != nil {
			continue
		}
		if by != "" {
			_ = noteCompiled(folder, by) // without it the next process looks again
		}
		return folder
	}
	return ""
}

// isWritable reports whether a file can be made in the folder, which is made
// when it is missing.
func isWritable(folder string) bool {
	if os.MkdirAll(folder, 0o700) != nil {
		return false
	}
	trial, err := os.CreateTemp(folder, compiledFile)
	if err != nil {
		return false
	}
	return errors.Join(trial.Close(), os.Remove(trial.Name())) == nil
}

// compiled says what the cache of the PDF reader holds, so that a process that
// only hands PDFs on to workers need not load all of it to know.
type compiled struct {
	By    string           `json:"by"`    // what the compiled form depends on
	Files map[string]int64 `json:"files"` // sizes by path in the cache
}

// compiledFile is the file of the cache that says so.
const compiledFile = "compiled.json"

// compiler names what a compiled form depends on: the versions of the library
// and its compiler, and the processor. It is empty when they are not known.
func compiler() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	by := ""
	for _, m := range info.Deps {
		if m.Path == "github.com/klippa-app/go-pdfium" || m.Path == "github.com/tetratelabs/wazero" {
			by += m.Path + "@" + m.Version + " "
			if m.Replace != nil {
				return "" // may change without its version
			}
		}
	}
	if by == "" {
		return ""
	}
	return fmt.Sprint(by, runtime.GOOS, " ", runtime.GOARCH, " ", cpu.X86, " ", cpu.ARM64)
}

// isCompiled reports whether the cache holds what this program would compile.
func isCompiled(cache, by string) bool {
	data, err := os.ReadFile(filepath.Join(cache, compiledFile))
	var c compiled
	if err != nil || json.Unmarshal(data, &c) != nil || by == "" || c.By != by || len(c.Files) == 0 {
		return false
	}
	for name, size := range c.Files {
		info, err := os.Stat(filepath.Join(cache, filepath.FromSlash(name)))
		if err != nil || info.Size() != size {
			return false
		}
	}
	return true
}

// noteCompiled notes what the cache holds now. Without the note the next
// process loads the cache to see, so a failure does no harm.
func noteCompiled(cache, by string) error {
	c := compiled{By: by, Files: map[string]int64{}}
	err := fs.WalkDir(os.DirFS(cache), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || name == compiledFile {
			return err
		}
		info, err := e.Info()
		if err == nil {
			c.Files[name] = info.Size()
		}
		return err
	})
	if err != nil {
		return err
	}
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	temporary, err := os.CreateTemp(cache, compiledFile)
	if err != nil {
		return err
	}
	_, err = temporary.Write(data)
	if closing := temporary.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(temporary.Name(), filepath.Join(cache, compiledFile))
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
	}
	return err
}

// findCache asks the parent of a worker, once, where the compiled reader is.
// The parent compiles it only then: most runs see no PDF that is new, and one
// can be in any container.
func (j *job) findCache() error {
	if !j.options.PDF.isLost() {
		return nil
	}
	found := make(chan string, 1)
	if err := j.send(result{cache: found}); err != nil {
		return err
	}
	select {
	case cache := <-found:
		j.options.PDF.find(cache)
		return nil
	case <-j.ctx.Done():
		return j.ctx.Err()
	}
}
