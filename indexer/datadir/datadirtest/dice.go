// Package datadirtest says how many faults tests try, and draws them.
package datadirtest

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// Faults returns how many faults a test tries: few in every run of the tests,
// and the number in RAPPORT_FAULTS for make faults.
func Faults(few int) int {
	if n, err := strconv.Atoi(os.Getenv("RAPPORT_FAULTS")); err == nil {
		return n
	}
	return few
}

// Dice returns the random numbers of a test. They are the same in every run of
// the tests, and others in every make faults, which prints the RAPPORT_SEED that
// makes them come again. What processes do meanwhile is not in their hands.
func Dice(t testing.TB) *rand.Rand {
	t.Helper()
	seed := uint64(1)
	if given, err := strconv.ParseUint(os.Getenv("RAPPORT_SEED"), 10, 64); err == nil {
		seed = given
	} else if os.Getenv("RAPPORT_FAULTS") != "" {
		seed = rand.Uint64()
	}
	t.Logf("RAPPORT_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, seed))
}
