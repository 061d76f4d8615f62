package corpustest

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

// propertySeed is the seed of property tests when nothing else is asked for.
const propertySeed = "20261124"

// Run runs the tests of a package whose property tests use
// pgregory.net/rapid, for its TestMain, and returns the exit code. They try the
// same values in every run, so that a failure speaks of the change at hand;
// -rapid.seed or RAPID_SEED asks for others, 0 for new ones each time.
func Run(m *testing.M) int {
	flag.Parse()
	chosen := os.Getenv("RAPID_SEED") != ""
	flag.Visit(func(f *flag.Flag) { chosen = chosen || f.Name == "rapid.seed" })
	if !chosen {
		if err := flag.Set("rapid.seed", propertySeed); err != nil {
			fmt.Fprintln(os.Stderr, "setting the seed of property tests:", err)
			return 2
		}
	}
	return m.Run()
}
