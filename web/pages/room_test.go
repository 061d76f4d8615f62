package pages

import "testing"

// TestRoom checks that the link beside a number is told how long that is.
func TestRoom(t *testing.T) {
	for v, want := range map[*ValueView]string{
		{Count: 7}: "", {Count: 42}: "", {Count: 114}: "d3", {Count: 1907}: "d5", {Count: 40_515}: "d6", {Count: 1_234_567}: "d9",
		{Count: 114, Excluded: true}: "",
	} {
		if got := v.Room(); got != want {
			t.Errorf("%d: %q, want %q", v.Count, got, want)
		}
	}
}
