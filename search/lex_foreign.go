package search

import "strings"

// This file reads what people bring along from other search engines: regular
// expressions, weights of words, ranges in brackets.

// slashes reports whether a word stands between slashes, as a regular
// expression does, and goes past the first slash.
func (l *lexer) slashes() bool {
	if l.text[l.i] != '/' {
		return false
	}
	end := l.i
	for !l.isEdge(end) {
		_, n := l.runeAt(end)
		end += n
	}
	if end < l.i+3 || l.text[end-1] != '/' {
		return false
	}
	l.i++
	return true
}

// weighable reports whether the word so far is one of letters, and no unit or
// number that can have a power.
func (w *wordScan) weighable() bool {
	text := w.lexer.text[w.begin:w.i]
	return letters(text) >= minLetters && strings.Trim(text, "0123456789.,") != "" && !isDigit(rune(text[len(text)-1]))
}

// boost goes past ^ and a number after a word or a phrase, which weigh it in
// other search engines.
func (l *lexer) boost() bool {
	begin, end := l.i, l.i
	for end++; end < len(l.text) && (isDigit(rune(l.text[end])) || l.text[end] == '.'); {
		end++
	}
	if end == begin+1 || !l.isEdge(end) {
		return false
	}
	l.i = end
	l.warnings.add(begin, "words cannot be weighed; "+l.text[begin:end]+" is left out")
	return true
}

// bracketed reads a range as other search engines write it, "[2005 TO 2012]",
// with braces for bounds that are left out and * for none, at byte i of a text.
// It returns the range as it is written here, and i when there is none.
func bracketed(text string, i int) (value string, end int) {
	if text[i] != '[' && text[i] != '{' {
		return "", i
	}
	length := strings.IndexAny(text[i:], "]}")
	if length < 0 || length > maxBracketed {
		return "", i
	}
	from, to, ok := strings.Cut(text[i+1:i+length], " TO ")
	if !ok {
		return "", i
	}
	if from, ok = bracketBound(from, ">", text[i] == '{'); !ok {
		return "", i
	}
	if to, ok = bracketBound(to, "<", text[i+length] == '}'); !ok {
		return "", i
	}
	return from + ".." + to, i + length + 1
}

// bracketBound returns the bound of a range as it is written here. It reports false
// for what is neither a number, a date nor *.
func bracketBound(text, sign string, excluded bool) (string, bool) {
	switch text = strings.TrimSpace(text); {
	case text == "*":
		return "", true
	case text == "" || !isDigit(rune(text[len(text)-1])) || strings.Contains(text, "..") || !isDigit(rune(text[0])) ||
		strings.ContainsFunc(text, func(r rune) bool { return !isDigit(r) && r != '-' && r != '.' && r != ',' }):
		return "", false
	case excluded:
		return sign + text, true
	}
	return text, true
}

// maxBracketed is the length in bytes of the longest range in brackets.
const maxBracketed = 100
