// Package analysis turns text into terms, the same way for documents and for
// questions.
//
// A term is a word without case and accents. No words are left out: WHO, IT
// and "to be" can be found. Words that people write in several ways give
// several terms at one position, so that each way finds the others:
//
//	trust-fund      trust, trustfund | fund
//	O'Brien         o, obrien | brien
//	AT&T            at, att | t
//	U.S., N.A.T.O.  us, nato
//	Japan's         japan
//	1,000,000       1000000
//	2.49            2.49
//	C++             c, c++
//	日本語           日, 日本 | 本, 本語 | 語
package analysis

import "unicode/utf8"

// Token is a term and where it stands.
type Token struct {
	// Term is the folded word: never empty, valid UTF-8, at most MaxTerm bytes.
	// It is valid until the next call of Next.
	Term []byte
	// Start and End are the bytes of the text that the term comes from.
	Start, End int
	// Position counts words from 0. A joined form has the position of its
	// first part.
	Position int
	// Joined reports that the term is an additional form of one or more
	// words: "trustfund", "c++", a pair of ideographs.
	Joined bool
}

// MaxTerm is the length of the longest term in bytes. A longer word is cut
// into pieces at consecutive positions, so that nothing is lost.
const MaxTerm = 255

// maxParts bounds the parts that a joined form is made of. Chains of more
// parts, such as rules drawn with hyphens between letters, have no joined form.
const maxParts = 8

// Scanner cuts a text into tokens. The zero value scans the empty text. It
// allocates nothing once its buffers have grown.
type Scanner struct {
	text     string
	at       int // next byte of text
	position int // of the next word

	queue []span // tokens of the current chunk
	next  int
	buf   []byte // their terms
	parts []span // parts of the compound being read
}

// span is a token whose term is buf[from:to].
type span struct {
	from, to   int
	start, end int
	position   int
	joined     bool
}

// Reset starts over with another text.
func (s *Scanner) Reset(text string) {
	s.text, s.at, s.position = text, 0, 0
	s.queue, s.next, s.buf, s.parts = s.queue[:0], 0, s.buf[:0], s.parts[:0]
}

// Next sets t to the next token and reports whether there is one. Tokens come
// in order of position.
func (s *Scanner) Next(t *Token) bool {
	for s.next == len(s.queue) {
		if !s.chunk() {
			return false
		}
	}
	q := s.queue[s.next]
	s.next++
	*t = Token{
		Term: s.buf[q.from:q.to], Start: q.start, End: q.end,
		Position: q.position, Joined: q.joined,
	}
	return true
}

// Skip goes to the first token whose position is at least the given one. What
// stands before it is passed over without making its terms where it is plain,
// which takes about a tenth of the time of Next.
func (s *Scanner) Skip(position int) {
	for {
		for s.next < len(s.queue) && s.queue[s.next].position < position {
			s.next++
		}
		if s.next < len(s.queue) {
			return
		}
		s.plain(position)
		if s.position >= position || !s.chunk() {
			return
		}
	}
}

// plain passes over words of two or more ASCII letters with ASCII characters
// behind them that neither join them to what follows nor belong to them. It
// stops at the position, and before whatever is not as plain as that.
func (s *Scanner) plain(position int) {
	text, at := s.text, s.at
	for s.position < position {
		for at < len(text) && asciiRole[text[at]]&roleApart != 0 {
			at++
		}
		start := at
		for at < len(text) && asciiRole[text[at]]&roleLetter != 0 {
			at++
		}
		if n := at - start; n < 2 || n > MaxTerm || at < len(text) && asciiRole[text[at]]&roleEnd == 0 {
			at = start
			break
		}
		s.position++
	}
	s.at = at
}

// chunk queues the tokens of the next word, compound, emoji or run of
// ideographs. It reports false at the end of the text.
func (s *Scanner) chunk() bool {
	s.queue, s.next, s.buf = s.queue[:0], 0, s.buf[:0]
	for s.at < len(s.text) {
		c := s.text[s.at]
		if c < utf8.RuneSelf {
			if asciiClass[c] == classWord {
				s.compound()
				return true
			}
			s.at++
			continue
		}
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		switch classOf(r) {
		case classWord:
			s.compound()
			return true
		case classIdeograph:
			s.ideographs()
			return true
		case classEmoji:
			s.emoji()
			return true
		}
		s.at += size
	}
	return false
}

// push queues a word whose term is the end of buf from the index on, in
// pieces when it is too long.
func (s *Scanner) push(from, start, end int) {
	for len(s.buf)-from > MaxTerm {
		to := from + MaxTerm
		for !utf8.RuneStart(s.buf[to]) {
			to--
		}
		s.queue = append(s.queue, span{from: from, to: to, start: start, end: end, position: s.position})
		s.position++
		from = to
	}
	if len(s.buf) > from {
		s.queue = append(s.queue, span{from: from, to: len(s.buf), start: start, end: end, position: s.position})
		s.position++
	}
}

// alternative queues another form for the given position.
func (s *Scanner) alternative(from, start, end, position int) {
	if n := len(s.buf) - from; n == 0 || n > MaxTerm {
		return
	}
	s.queue = append(s.queue, span{from: from, to: len(s.buf), start: start, end: end, position: position, joined: true})
}
