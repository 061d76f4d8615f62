package extract

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"golang.org/x/sys/cpu"
)

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
