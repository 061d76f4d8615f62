package main

import "runtime/debug"

// version returns the module's version as the Go tool recorded it, with the
// revision when the program was built from a checkout.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "rapport (version unknown)"
	}
	v := "rapport " + info.Main.Version
	if info.Main.Version == "" || info.Main.Version == "(devel)" {
		v = "rapport development build"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v += " " + s.Value[:min(12, len(s.Value))]
		}
	}
	return v + " " + info.GoVersion
}
