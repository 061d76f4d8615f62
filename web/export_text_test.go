package web

import "testing"

// A text cannot become a formula, and a number stays one.
func TestPlainCell(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "Fund": "Fund", "3": "3", "-5": "-5", "+5": "+5", "-2.50": "-2.50", "-1e6": "-1e6", "2.5-3": "2.5-3",
		"=1+1": "'=1+1", "-5+cmd": "'-5+cmd", "-A1": "'-A1", "-": "'-", "+1 2": "'+1 2", "-5\n=1": "'-5\n=1", "-5\n": "'-5\n", "@SUM(A1)": "'@SUM(A1)",
		"\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1", "＝1+1": "'＝1+1", "＋A1": "'＋A1", "－A1": "'－A1", "＠A1": "'＠A1",
		"ÉU": "ÉU",
	} {
		if got := PlainCell(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
}
