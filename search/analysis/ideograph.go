package analysis

import "unicode/utf8"

// ideographs queues the next character of a run that is written without
// spaces, and the pair that it makes with the one after it. Queries ask for
// the pairs, which are rarer, and end with the last character.
func (s *Scanner) ideographs() {
	start := s.at
	r, size := utf8.DecodeRuneInString(s.text[start:])
	s.at += size
	from := len(s.buf)
	s.buf = appendRune(s.buf, r)
	s.push(from, start, s.at)
	next, width := utf8.DecodeRuneInString(s.text[s.at:])
	if classOf(next) != classIdeograph || len(s.queue) == 0 {
		return
	}
	pair := len(s.buf)
	s.buf = appendRune(s.buf, r)
	s.buf = appendRune(s.buf, next)
	s.alternative(pair, start, s.at+width, s.position-1)
}

// emoji queues a pictograph with its modifiers as one term.
func (s *Scanner) emoji() {
	start, from := s.at, len(s.buf)
	r, size := utf8.DecodeRuneInString(s.text[s.at:])
	s.buf = utf8.AppendRune(s.buf, r)
	s.at += size
	flag := regional(r)
	for s.at < len(s.text) && len(s.buf)-from < MaxTerm-utf8.UTFMax {
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		switch {
		case r == 0xfe0f: // asks for a coloured picture: the same term
		case r == 0x200d: // joins the next picture to this one
			next, width := utf8.DecodeRuneInString(s.text[s.at+size:])
			if classOf(next) != classEmoji {
				s.at += size
				s.push(from, start, s.at)
				return
			}
			s.buf = utf8.AppendRune(utf8.AppendRune(s.buf, r), next)
			size += width
		case r >= 0x1f3fb && r <= 0x1f3ff: // colour of skin
			s.buf = utf8.AppendRune(s.buf, r)
		case flag && regional(r): // the second letter of a flag
			s.buf = utf8.AppendRune(s.buf, r)
			flag = false
		default:
			s.push(from, start, s.at)
			return
		}
		s.at += size
	}
	s.push(from, start, s.at)
}

func regional(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }
