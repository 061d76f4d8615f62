package analysis

// Variant is a sequence of terms at consecutive positions.
type Variant []string

// Query returns how a word or phrase of a question looks in an index, as one
// or two sequences of which either matches: the parts of its words as they
// stand, and, when there are compounds, the sequence with each compound as
// its joined form, which finds "trustfund" for "trust-fund". Words copied
// from a document are found by the first. It is empty when the text holds no
// word.
func Query(text string) []Variant {
	var s Scanner
	s.Reset(text)
	var parts, joined Variant
	compounds := false
	skipTo := -1 // parts before this byte are in the joined form already
	for t := (Token{}); s.Next(&t); {
		term := string(t.Term)
		switch {
		case !t.Joined:
			parts = append(parts, term)
			if t.Start >= skipTo {
				joined = append(joined, term)
			}
		case IsPair(term) || hasSign(term):
			// A pair of ideographs, and a name such as c++, say more than
			// the first character alone and stand at its position.
			parts[len(parts)-1] = term
			if len(joined) > 0 {
				joined[len(joined)-1] = term
			}
		default:
			compounds = true
			joined[len(joined)-1] = term
			skipTo = t.End
		}
	}
	switch {
	case len(parts) == 0:
		return nil
	case !compounds:
		return []Variant{parts}
	}
	return []Variant{parts, joined}
}

// IsPair reports whether a term is made of ideographs. A joined one is a pair
// of them.
func IsPair(term string) bool {
	for _, r := range term {
		return isIdeograph(r)
	}
	return false
}

// hasSign reports a term such as c++ or c#.
func hasSign(term string) bool {
	last := term[len(term)-1]
	return last == '+' || last == '#'
}

// Terms returns the terms of a text in order of position, joined forms left
// out.
func Terms(text string) []string {
	var s Scanner
	s.Reset(text)
	var terms []string
	for t := (Token{}); s.Next(&t); {
		if !t.Joined {
			terms = append(terms, string(t.Term))
		}
	}
	return terms
}
