package analysis

import (
	"strings"
	"unicode/utf8"
)

// compound queues a word, or words that hyphens and the like hold together.
func (s *Scanner) compound() {
	s.parts = s.parts[:0]
	first := len(s.buf)
	for {
		from, start := len(s.buf), s.at
		s.word()
		s.numberTail(from, start)
		s.abbreviation(from, start)
		if len(s.buf) > from {
			s.parts = append(s.parts, span{from: from, to: len(s.buf), start: start, end: s.at})
		}
		size := s.joint(start)
		if size == 0 || s.possessive(size) {
			break
		}
		s.at += size
	}
	s.queueParts(first)
	s.suffix()
}

// word appends the folded letters and digits at the current place to buf.
func (s *Scanner) word() {
	for s.at < len(s.text) {
		c := s.text[s.at]
		if c < utf8.RuneSelf {
			if asciiClass[c] != classWord {
				return
			}
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			s.buf = append(s.buf, c)
			s.at++
			continue
		}
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		if c := classOf(r); c != classWord && c != classIgnored {
			return
		}
		s.buf = appendRune(s.buf, r)
		s.at += size
	}
}

// numberTail goes on with a number: groups of three digits after commas, and
// a decimal part.
func (s *Scanner) numberTail(from, start int) {
	if !digits(s.buf[from:]) {
		return
	}
	grouped := s.at-start <= 3
	for grouped && s.peek(0) == ',' && digit(s.peek(1)) && digit(s.peek(2)) && digit(s.peek(3)) && !wordByte(s.peek(4)) {
		s.buf = append(s.buf, s.text[s.at+1:s.at+4]...)
		s.at += 4
	}
	if s.peek(0) != '.' || !digit(s.peek(1)) {
		return
	}
	end := s.at + 1
	for end < len(s.text) && digit(s.text[end]) {
		end++
	}
	if end < len(s.text) && (s.text[end] == '.' && end+1 < len(s.text) && digit(s.text[end+1]) || wordByte(s.text[end])) {
		return // 1.2.3 is no number
	}
	s.buf = append(s.buf, s.text[s.at:end]...)
	s.at = end
}

// abbreviation makes one term of single letters with dots between them.
func (s *Scanner) abbreviation(from, start int) {
	if utf8.RuneCount(s.buf[from:]) != 1 || digit(s.buf[from]) {
		return
	}
	for s.peek(0) == '.' {
		r, size := utf8.DecodeRuneInString(s.text[s.at+1:])
		if classOf(r) != classWord || r >= '0' && r <= '9' {
			return
		}
		after, _ := utf8.DecodeRuneInString(s.text[s.at+1+size:])
		if classOf(after) == classWord && s.at+1+size < len(s.text) {
			return // the dot ends a sentence or a name follows: J.Smith
		}
		s.buf = appendFolded(s.buf, s.text[s.at+1:s.at+1+size], false)
		s.at += 1 + size
	}
}

// joint returns the size of the hyphen, apostrophe or ampersand that joins the
// part from start to here to the next one, and 0 when there is none.
func (s *Scanner) joint(start int) int {
	if s.at == start || s.at >= len(s.text) {
		return 0
	}
	r, size := utf8.DecodeRuneInString(s.text[s.at:])
	if !isHyphen(r) && !isApostrophe(r) && r != '&' {
		return 0
	}
	next, _ := utf8.DecodeRuneInString(s.text[s.at+size:])
	if s.at+size >= len(s.text) || classOf(next) != classWord {
		return 0
	}
	return size
}

// possessive consumes an apostrophe of the given size and the s of a
// possessive after it, and reports whether it stood there.
func (s *Scanner) possessive(size int) bool {
	r, _ := utf8.DecodeRuneInString(s.text[s.at:])
	if !isApostrophe(r) || s.peek(size)|0x20 != 's' {
		return false
	}
	after, _ := utf8.DecodeRuneInString(s.text[s.at+size+1:])
	if s.at+size+1 < len(s.text) && (classOf(after) == classWord || classOf(after) == classIgnored) {
		return false
	}
	s.at += size + 1
	return true
}

// queueParts queues the parts that were read and their joined form.
func (s *Scanner) queueParts(first int) {
	if len(s.parts) == 0 {
		return
	}
	joined := len(s.buf)
	if len(s.parts) == 1 || len(s.parts) > maxParts || joined-first > MaxTerm {
		for _, p := range s.parts {
			s.piece(p)
		}
		return
	}
	s.piece(s.parts[0])
	// Parts stand side by side in buf: together they are the joined form.
	s.queue = append(s.queue, span{
		from: first, to: joined, start: s.parts[0].start, end: s.parts[len(s.parts)-1].end,
		position: s.position - 1, joined: true,
	})
	for _, p := range s.parts[1:] {
		s.piece(p)
	}
}

// piece queues one part.
func (s *Scanner) piece(p span) {
	whole := s.buf
	s.buf = s.buf[:p.to]
	s.push(p.from, p.start, p.end)
	s.buf = whole
}

// suffix queues the form with signs that are part of a name: c++, c#.
func (s *Scanner) suffix() {
	if len(s.queue) == 0 {
		return
	}
	last := s.queue[len(s.queue)-1]
	if last.end != s.at {
		return // a possessive came between
	}
	sign := ""
	switch {
	case strings.HasPrefix(s.text[s.at:], "++") && s.peek(2) != '+':
		sign = "++"
	case s.peek(0) == '#' && last.to-last.from == 1:
		sign = "#"
	default:
		return
	}
	if wordByte(s.peek(len(sign))) {
		return
	}
	from := len(s.buf)
	s.buf = append(s.buf, s.buf[last.from:last.to]...)
	s.buf = append(s.buf, sign...)
	s.alternative(from, last.start, s.at+len(sign), last.position)
	s.at += len(sign)
}

// peek returns the byte at a distance from the current place, 0 beyond the end.
func (s *Scanner) peek(n int) byte {
	if s.at+n >= len(s.text) {
		return 0
	}
	return s.text[s.at+n]
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// wordByte reports letters and digits of ASCII and any byte beyond it.
func wordByte(c byte) bool { return c >= utf8.RuneSelf || asciiClass[c&0x7f] == classWord }

func digits(term []byte) bool {
	for _, c := range term {
		if !digit(c) {
			return false
		}
	}
	return len(term) > 0
}
