package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionNamesItsOriginOnce(t *testing.T) {
	const revision = "899433c27c58aa00112233445566778899aabbcc"
	checkout := []debug.BuildSetting{{Key: "vcs", Value: "git"}, {Key: "vcs.revision", Value: revision}}
	for _, c := range []struct {
		built, module string
		settings      []debug.BuildSetting
		want          string
	}{
		{"", "(devel)", nil, "rapport development build go1.26"},
		{"", "", checkout, "rapport development build 899433c27c58 go1.26"},
		{"", "v0.0.0-20261126024733-899433c27c58", checkout, "rapport v0.0.0-20261126024733-899433c27c58 go1.26"},
		{"", "v1.2.3", checkout, "rapport v1.2.3 899433c27c58 go1.26"},
		{"v1.2.3-4-g899433c", "(devel)", nil, "rapport v1.2.3-4-g899433c go1.26"},
	} {
		info := &debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Version: c.module}, Settings: c.settings}
		if got := describe(c.built, info); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
