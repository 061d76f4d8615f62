package extract

import (
	"os"
	"path/filepath"
	"testing"
)

func TestCacheKnowsWhatIsCompiled(t *testing.T) {
	cache := t.TempDir()
	file := filepath.Join(cache, "sub", "code")
	write := func(content string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	is := func(when string, want bool) {
		t.Helper()
		if isCompiled(cache, "v1") != want {
			t.Errorf("%s: want %v", when, want)
		}
	}
	note := func(by string) {
		t.Helper()
		if err := noteCompiled(cache, by); err != nil {
			t.Fatal(err)
		}
	}
	is("nothing noted", false)
	note("v1")
	is("nothing compiled", false)
	write("code")
	note("v1")
	is("noted", true)
	write("cod")
	is("a file was cut off", false)
	write("code")
	is("and is whole again", true)
	if isCompiled(cache, "v2") || isCompiled(cache, "") {
		t.Error("it is taken for another version's")
	}
	note("v2")
	is("compiled by another version", false)
	note("v1")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	is("the file is gone", false)
}
