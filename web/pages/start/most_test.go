package start

import (
	"fmt"
	"testing"

	"rapport/web/pages"
)

// TestMost checks that of many partners those with the most are shown, in
// order, and that of few none is left out.
func TestMost(t *testing.T) {
	var partners []pages.PartnerEntry
	for i := range 200 {
		partners = append(partners, pages.PartnerEntry{Name: fmt.Sprintf("%03d", i), Documents: i % 100, Facts: i / 100})
	}
	got := most(partners)
	if len(got) != shown || got[0].Name != "076" || got[23].Name != "099" || got[24].Name != "176" || got[shown-1].Name != "199" {
		t.Errorf("%d partners, from %q to %q", len(got), got[0].Name, got[len(got)-1].Name)
	}
	if few := partners[:fitting]; len(most(few)) != fitting {
		t.Errorf("%d of %d partners", len(most(few)), fitting)
	}
	if partners[0].Name != "000" {
		t.Error("the partners were reordered")
	}
}
