package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// deployed are the files and pages that tell operators how to run rapport.
var deployed = []string{"deploy/Containerfile", "deploy/rapport.service", "docs/operation.md", "README.md"}

// readRoot reads a file of the checkout.
func readRoot(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Whatever operators are told to set is a setting.
func TestDeployedVariablesAreSettings(t *testing.T) {
	var known []string
	for _, flag := range model(t).flags {
		known = append(known, flag.Envs...)
	}
	others := []string{"RAPPORT_FAULTS", "RAPPORT_LOAD", "RAPPORT_SEED", "RAPPORT_TIMOUT"} // and a mistake that is an example
	for _, name := range deployed {
		variables := regexp.MustCompile(`RAPPORT_[A-Z_]+`).FindAllString(readRoot(t, name), -1)
		if len(variables) == 0 && name != "README.md" {
			t.Errorf("%s sets nothing", name)
		}
		for _, v := range variables {
			if !slices.Contains(known, v) && !slices.Contains(others, v) {
				t.Errorf("%s: nothing reads %s", name, v)
			}
		}
	}
}

// Whatever operators are told to run can be.
func TestDeployedCommandsParse(t *testing.T) {
	commands := map[string]int{}
	for _, name := range deployed[:2] {
		text := readRoot(t, name)
		for _, command := range regexp.MustCompile(`(?m)(?:^ExecStart=/usr/local/bin/rapport|^# +rapport|RAPPORT_PUBLIC=true rapport) ([^(\n]+)`).FindAllStringSubmatch(text, -1) {
			commands[name]++
			m := model(t)
			if _, err := m.parser.Parse(strings.Fields(command[1])); err != nil {
				t.Errorf("%s: rapport %s: %v", name, command[1], err)
			}
		}
	}
	if commands["deploy/Containerfile"] != 1 || commands["deploy/rapport.service"] != 2 {
		t.Errorf("commands were looked for and found so often: %v", commands)
	}
	for _, want := range []string{`ENTRYPOINT ["/usr/local/bin/rapport"]`, `CMD ["serve"]`, "-X main.built=", "-o /root-of-image/usr/local/bin/rapport ./cmd/rapport"} {
		if !strings.Contains(readRoot(t, "deploy/Containerfile"), want) {
			t.Errorf("deploy/Containerfile lacks %s", want)
		}
	}
}

// application is the command line without a command.
type application struct {
	parser *kong.Kong
	flags  []*kong.Flag // of all verbs
}

func model(t *testing.T) application {
	t.Helper()
	t.Setenv("RAPPORT_CONFIG", "")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	ignoreEmptyVariables()
	parser, err := newParser(t.Context(), &commands{}, streams{strings.NewReader(""), io.Discard, io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	a := application{parser, slices.Clone(parser.Model.Flags)}
	for _, c := range parser.Model.Children {
		a.flags = append(a.flags, c.Flags...)
	}
	return a
}

// What .dockerignore lets into an image is enough to build the program, and is
// nothing else.
func TestImageIsBuiltFromWhatItNeeds(t *testing.T) {
	there := t.TempDir()
	allowed, without := ignoreList(t)
	for _, name := range allowed {
		from := filepath.Join("../..", name)
		err := filepath.WalkDir(from, func(path string, e os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			for _, pattern := range without {
				if matched, _ := filepath.Match(pattern, e.Name()); matched && e.IsDir() {
					return filepath.SkipDir
				} else if matched {
					return nil
				}
			}
			to := filepath.Join(there, name, strings.TrimPrefix(path, from))
			if e.IsDir() {
				return os.MkdirAll(to, 0o700)
			}
			return copyFile(path, to)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	list := exec.Command("go", "list", "-deps", "-f", `{{if .Module}}{{if .Module.Main}}{{.ImportPath}}{{end}}{{end}}`, "./cmd/rapport")
	list.Dir = there
	list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")
	out, err := list.CombinedOutput()
	if err != nil {
		t.Fatalf("the program cannot be built: %v\n%s", err, out)
	}
	needed := map[string]bool{"go.mod": true, "go.sum": true}
	for _, path := range strings.Fields(string(out)) {
		needed[strings.Split(path, "/")[1]] = true
	}
	for _, name := range allowed {
		if !needed[name] {
			t.Errorf("%s is sent and not needed", name)
		}
	}
}

// ignoreList reads .dockerignore, which names what is sent, and what in it is
// not.
func ignoreList(t *testing.T) (allowed, without []string) {
	t.Helper()
	all := false
	for line := range strings.Lines(readRoot(t, ".dockerignore")) {
		line = strings.TrimSpace(line)
		name, sent := strings.CutPrefix(line, "!")
		pattern, below := strings.CutPrefix(line, "**/")
		switch {
		case line == "" || line[0] == '#':
		case line == "*":
			all = true
		case sent:
			allowed = append(allowed, name)
		case below:
			without = append(without, pattern)
		default:
			t.Fatalf(".dockerignore: what does %q mean to this test?", line)
		}
	}
	if !all || len(allowed) == 0 || len(without) == 0 {
		t.Fatal(".dockerignore does not ignore all but what it names")
	}
	return allowed, without
}

// systemd knows every line of the unit.
func TestUnitIsValid(t *testing.T) {
	verify, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze here")
	}
	self, err := os.Executable() // systemd wants the program to be there
	if err != nil {
		t.Fatal(err)
	}
	// Calls that this version of systemd does not know are no fault.
	text := strings.NewReplacer("=/usr/local/bin/rapport", "="+self, " landlock_create_ruleset landlock_add_rule landlock_restrict_self", "").
		Replace(readRoot(t, "deploy/rapport.service"))
	unit := filepath.Join(t.TempDir(), "rapport.service")
	if err := os.WriteFile(unit, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(verify, "verify", "--man=no", unit).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
}

// The workers lock themselves up with calls that @system-service does not
// have in every version of systemd; without them the unit ended the server at
// its first document that needs a worker.
func TestUnitAllowsWhatWorkersCall(t *testing.T) {
	var filter string
	for line := range strings.Lines(readRoot(t, "deploy/rapport.service")) {
		if rest, ok := strings.CutPrefix(line, "SystemCallFilter="); ok {
			filter += " " + strings.TrimSpace(rest)
		}
	}
	calls := strings.Fields(filter)
	for _, want := range []string{"@system-service", "seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"} {
		if !slices.Contains(calls, want) {
			t.Errorf("SystemCallFilter=%s lacks %s", filter, want)
		}
	}
}
