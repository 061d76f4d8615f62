package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"rapport/search"
)

// The bounds of the list of unanswered questions.
const (
	unansweredKept   = 50  // questions
	unansweredLength = 200 // characters of one
)

// unanswered keeps the latest questions that found nothing or were refused,
// so that the operator can see what people miss. It is held in memory alone,
// and nothing is kept of who asked, or when.
type unanswered struct {
	mu        sync.Mutex
	questions []string // the latest last
}

// note keeps a question. One that is there already becomes the latest.
func (u *unanswered) note(question string) {
	question = strings.Join(strings.Fields(question), " ")
	if question == "" {
		return
	}
	if utf8.RuneCountInString(question) > unansweredLength {
		question = string([]rune(question)[:unansweredLength]) + "…"
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.questions = slices.DeleteFunc(u.questions, func(q string) bool { return q == question })
	u.questions = append(u.questions, question)
	u.questions = slices.Delete(u.questions, 0, max(0, len(u.questions)-unansweredKept))
}

// list returns the questions, the latest first.
func (u *unanswered) list() []string {
	u.mu.Lock()
	defer u.mu.Unlock()
	list := slices.Clone(u.questions)
	slices.Reverse(list)
	return list
}

// asked counts a question that found nothing or was refused, and keeps it
// unless the operator does not want that.
func (s *server) asked(question string, result *search.Result, err error) {
	switch {
	case errors.Is(err, search.ErrTooExpensive):
		s.metrics.expensive.Inc()
	case err == nil && result.Total == 0:
		s.metrics.empty.Inc()
	default:
		return
	}
	if !s.options.ForgetQuestions {
		s.unanswered.note(question)
	}
}

type operatorKey struct{}

// ForOperator returns the site as its operator may see it, who needs no token:
// the status lists questions that found no answer. Others see in /metrics how
// many there were.
func ForOperator(site http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		site.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), operatorKey{}, true)))
	})
}

func isOperator(ctx context.Context) bool { return ctx.Value(operatorKey{}) != nil }
