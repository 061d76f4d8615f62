package bench

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestPercentile(t *testing.T) {
	hundred := make([]time.Duration, 100)
	for i := range hundred {
		hundred[i] = time.Duration(i + 1)
	}
	for _, c := range []struct {
		list []time.Duration
		p    float64
		want time.Duration
	}{
		{nil, 0.5, 0},
		{[]time.Duration{7}, 0, 7},
		{[]time.Duration{7}, 0.99, 7},
		{[]time.Duration{1, 2}, 0.5, 1},
		{[]time.Duration{1, 2, 3}, 0.5, 2},
		{[]time.Duration{1, 2, 3, 4, 5}, 0.9, 5},
		{hundred, 0.5, 50},
		{hundred, 0.9, 90},
		{hundred, 0.99, 99},
		{hundred, 1, 100},
	} {
		if got := Percentile(c.list, c.p); got != c.want {
			t.Errorf("percentile %v of %d durations is %d, want %d", c.p, len(c.list), got, c.want)
		}
	}
}

func TestPercentileHoldsItsShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) time.Duration {
			return time.Duration(rapid.IntRange(0, 50).Draw(t, "duration"))
		}), 1, 200).Draw(t, "durations")
		share := float64(rapid.IntRange(1, 100).Draw(t, "percent")) / 100
		slices.Sort(list)
		got := Percentile(list, share)
		below, upTo := 0, 0
		for _, d := range list {
			if d < got {
				below++
			}
			if d <= got {
				upTo++
			}
		}
		n := float64(len(list))
		if float64(upTo) < share*n-1e-9 || float64(below) >= share*n+1e-9 {
			t.Fatalf("percentile %v of %v is %d: %d are below, %d up to it", share, list, got, below, upTo)
		}
	})
}

func TestBestIsTheRoundWithTheLowestMedian(t *testing.T) {
	got := best([][]time.Duration{{9, 9, 1}, {5, 2, 30}, {6, 6, 6}})
	if !slices.Equal(got, []time.Duration{2, 5, 30}) {
		t.Errorf("best round is %v", got)
	}
	if best(nil) != nil {
		t.Error("no rounds have a best one")
	}
}
