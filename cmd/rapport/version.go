package main

import (
	"runtime/debug"
	"strings"
)

// built names the version of a program that was built without a checkout to
// read it from, as in an image: go build -ldflags "-X main.built=v1.2.3".
var built string

// version returns the version that the linker was given, else the one that the
// Go tool recorded, and the revision unless the version ends with it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{GoVersion: "(Go version unknown)"}
	}
	return describe(built, info)
}

func describe(built string, info *debug.BuildInfo) string {
	v := built
	if v == "" {
		v = info.Main.Version
	}
	if v == "" || v == "(devel)" {
		v = "development build"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			if short := s.Value[:min(12, len(s.Value))]; !strings.Contains(v, short) {
				v += " " + short
			}
		}
	}
	return "rapport " + v + " " + info.GoVersion
}
