package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/alecthomas/kong"
	"github.com/alecthomas/units"

	"rapport/web"
)

// settingsGroup is the group of the flags that the environment and a
// configuration file may set, too: --base-url is RAPPORT_BASE_URL in the
// environment and base-url in the file.
const settingsGroup = "Settings"

// indexSettings decide what is made of the sources.
type indexSettings struct {
	Taxonomy string    `help:"Folder of the taxonomy; it belongs to the index from then on." env:"RAPPORT_TAXONOMY" placeholder:"DIR" type:"existingdir"`
	Facts    []string  `help:"A facts file besides those found in the sources." env:"RAPPORT_FACTS" placeholder:"FILE" type:"path"`
	Rules    kindNames `help:"Kinds of facts that rules find: default, all, or names such as visit; default,visit adds one." env:"RAPPORT_RULES" placeholder:"KIND,..." predictor:"rules"`
	NoRules  bool      `help:"Find no facts by rules." env:"RAPPORT_NO_RULES"`
	OCR      bool      `help:"Read images, and PDFs without text, with the program that the configuration names under scans." name:"ocr" env:"RAPPORT_OCR"`
}

// serveSettings decide where the server answers, and whom.
type serveSettings struct {
	Addr    string `help:"Address to listen on." env:"RAPPORT_ADDR" default:"127.0.0.1:8080"`
	Public  bool   `help:"Allow an address that other machines reach, without a token." env:"RAPPORT_PUBLIC"`
	Token   string `help:"File with the token that every request must carry." name:"token-file" env:"RAPPORT_TOKEN_FILE" placeholder:"FILE" type:"existingfile"`
	BaseURL string `help:"Scheme and host as users type them, for citations and feeds." name:"base-url" env:"RAPPORT_BASE_URL" placeholder:"URL"`
	Watch   bool   `help:"Follow the sources and index what changes." env:"RAPPORT_WATCH"`
	Forget  bool   `help:"Keep no list of questions that found nothing (without it: the latest 50, in memory, and not who asked)." name:"forget-questions" env:"RAPPORT_FORGET_QUESTIONS"`
}

// limitSettings keep one client from hurting the others.
type limitSettings struct {
	Concurrency   int              `help:"Requests answered at a time." env:"RAPPORT_CONCURRENCY" default:"${concurrency}" placeholder:"N"`
	Queue         time.Duration    `help:"A request waits this long for its turn." env:"RAPPORT_QUEUE" default:"${queue}" placeholder:"TIME"`
	Timeout       time.Duration    `help:"Most time for an answer." env:"RAPPORT_TIMEOUT" default:"${timeout}" placeholder:"TIME"`
	ExportTimeout time.Duration    `help:"Most time for an export or a download." env:"RAPPORT_EXPORT_TIMEOUT" default:"${export_timeout}" placeholder:"TIME"`
	StallTimeout  time.Duration    `help:"A client that takes nothing of its answer for so long loses it." env:"RAPPORT_STALL_TIMEOUT" default:"${stall_timeout}" placeholder:"TIME"`
	MaxBody       units.Base2Bytes `help:"Largest body of a request." env:"RAPPORT_MAX_BODY" default:"${max_body}" placeholder:"SIZE"`
	MaxHeader     units.Base2Bytes `help:"Largest header of a request." env:"RAPPORT_MAX_HEADER" default:"${max_header}" placeholder:"SIZE"`
}

// limitDefaults are the defaults of limitSettings, which package web knows.
func limitDefaults() kong.Vars {
	l := web.Limits{}.WithDefaults()
	return kong.Vars{
		"concurrency": strconv.Itoa(l.Concurrency), "queue": l.Queue.String(),
		"timeout": l.Timeout.String(), "export_timeout": l.Export.String(), "stall_timeout": l.Stall.String(),
		"max_body": units.Base2Bytes(l.Body).String(), "max_header": units.Base2Bytes(l.Header).String(),
	}
}

// check refuses limits that let nobody in.
func (l *limitSettings) check() error {
	for _, limit := range []struct {
		name  string
		value int64
	}{
		{"concurrency", int64(l.Concurrency)}, {"queue", int64(l.Queue)}, {"timeout", int64(l.Timeout)}, {"export-timeout", int64(l.ExportTimeout)},
		{"stall-timeout", int64(l.StallTimeout)}, {"max-body", int64(l.MaxBody)}, {"max-header", int64(l.MaxHeader)},
	} {
		if limit.value <= 0 {
			return fmt.Errorf("the limit %s must be above zero", limit.name)
		}
	}
	return nil
}

func (l *limitSettings) limits() web.Limits {
	return web.Limits{
		Concurrency: l.Concurrency, Queue: l.Queue, Timeout: l.Timeout, Export: l.ExportTimeout, Stall: l.StallTimeout,
		Body: int64(l.MaxBody), Header: int(l.MaxHeader),
	}
}

// isSetting reports whether the environment and a configuration file may set
// a flag.
func isSetting(flag *kong.Flag) bool {
	return flag.Group != nil && flag.Group.Key == settingsGroup
}

// environment returns the variable that sets a flag, empty when none does.
func environment(flag *kong.Flag) string {
	i := slices.IndexFunc(flag.Envs, func(name string) bool { _, ok := os.LookupEnv(name); return ok })
	if i < 0 {
		return ""
	}
	return flag.Envs[i]
}

// settings returns the flags of rapport config that are settings, which are
// all there are, in the order of their declaration.
func settings(app *kong.Application) []*kong.Flag {
	flags := app.Flags
	for _, c := range app.Children {
		if c.Name == "config" {
			flags = slices.Concat(flags, c.Flags)
		}
	}
	return slices.DeleteFunc(slices.Clone(flags), func(f *kong.Flag) bool { return !isSetting(f) })
}
