package rules

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"rapport/corpus"
)

// statement says a finding in a sentence.
func (w *writer) statement(s *scene, f finding) string {
	who, whom, where := names(f.actors), names(f.targets), ""
	if f.where != "" {
		where = " " + f.where
	}
	planned := f.modality == corpus.Planned || f.date != nil && (f.date.Mode == corpus.ModePlanned || f.noun && w.later(f.date.Date))
	var said string
	switch f.kind {
	case corpus.KindQuantity:
		said = fmt.Sprintf("the text counts %s", f.quantity.Quantity.Text)
	case corpus.KindAmount:
		said = fmt.Sprintf("the text names a sum of %s", s.text[f.sum.Start:f.sum.End])
	case corpus.KindVisit:
		if who == "" {
			who = whom
		}
		said = fmt.Sprintf("%s visited %s", who, f.place)
	case corpus.KindMeeting:
		said = meetingSaid(who, whom, f.object) + where
	case corpus.KindAddress:
		said = fmt.Sprintf("%s addressed %s", who, whom)
	case corpus.KindAgreement:
		said = agreementSaid(who, whom, f.verbed, f.object)
	case corpus.KindMembership:
		said = fmt.Sprintf("%s %s %s", who, f.verbed, f.object)
	case corpus.KindAttendance:
		said = fmt.Sprintf("%s attended the %s", who, f.object)
	case corpus.KindDeployment:
		said = fmt.Sprintf("%s deployed people or means to %s", who, f.place)
	case corpus.KindAppointment:
		said = appointmentSaid(who, whom, f.object)
	case corpus.KindContribution:
		said = fmt.Sprintf("%s %s %s", who, giving(f.stage), s.text[f.sum.Start:f.sum.End])
		if whom != "" {
			said += " to " + whom
		}
	}
	if f.date != nil {
		said += " " + when(*f.date)
	}
	if planned {
		said += " (planned)"
	}
	return strings.TrimSuffix(strings.Join(strings.Fields(upperFirst(said)), " "), ".") + "."
}

func meetingSaid(who, whom, noun string) string {
	switch {
	case who != "" && whom != "":
		return who + " met " + whom
	case who != "":
		return who + " met"
	case whom != "":
		return whom + " met"
	case strings.HasSuffix(noun, "s"):
		return noun + " were held"
	}
	return "a " + noun + " was held"
}

func agreementSaid(who, whom, verb, paper string) string {
	if who == "" {
		return fmt.Sprintf("this was %s: %s", verb, paper)
	}
	said := fmt.Sprintf("%s %s this: %s", who, verb, paper)
	if whom != "" {
		said += " with " + whom
	}
	return said
}

func appointmentSaid(who, whom, role string) string {
	if whom != "" {
		return fmt.Sprintf("%s appointed %s: %s", who, whom, role)
	}
	return fmt.Sprintf("%s, appointment: %s", who, role)
}

// giving is the verb of a stage.
func giving(stage corpus.Stage) string {
	switch stage {
	case corpus.StagePledged, corpus.StageCommitted, corpus.StageDisbursed:
		return string(stage)
	case corpus.StageBudgeted:
		return "allocated"
	}
	return "gave"
}

// names joins parties as a sentence does.
func names(parties []party) string {
	all := make([]string, len(parties))
	for i, a := range parties {
		all[i] = a.String()
	}
	if n := len(all); n > 1 {
		return strings.Join(all[:n-1], ", ") + " and " + all[n-1]
	}
	return strings.Join(all, "")
}

// when says a date with its sense.
func when(d DateSpan) string {
	word := map[corpus.DateMode]string{
		corpus.ModeSince: "since", corpus.ModeUntil: "until", corpus.ModeBy: "by", corpus.ModeAsOf: "as of", corpus.ModeDuring: "in",
	}[d.Mode]
	if word == "" {
		word = "in"
		if d.Date.Precision() == corpus.PrecisionDay {
			word = "on"
		}
	}
	switch d.Date.Precision() {
	case corpus.PrecisionDecade:
		return fmt.Sprintf("%s the %ds", word, d.Date.From.Year)
	case corpus.PrecisionRange:
		return fmt.Sprintf("from %s to %s", dayWords(d.Date.From), dayWords(d.Date.To))
	}
	return word + " " + dayWords(d.Date.From)
}

func dayWords(d corpus.Day) string {
	switch {
	case d.Month == 0:
		return fmt.Sprint(d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%s %d", time.Month(d.Month), d.Year)
	}
	return fmt.Sprintf("%d %s %d", d.Day, time.Month(d.Month), d.Year)
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return strings.ToUpper(string(r)) + s[size:]
}
