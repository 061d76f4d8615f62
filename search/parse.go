package search

import (
	"cmp"
	"slices"
	"strings"
)

// MaxDistance is the largest distance of NEAR and of words in a loose phrase.
const MaxDistance = 100

// defaultDistance is what NEAR without a number means.
const defaultDistance = 10

// Parse reads a question. It never fails: what cannot be meant as it was
// typed is read as near to it as possible, with a warning that says how. It
// takes time and memory proportional to the length of the text, whatever
// that is; Check says whether a question is too large to answer.
//
// The query is in normal form: no And directly in an And, no Or in an Or, at
// least two clauses in each, no Not directly in a Not. An empty question, or
// one in which nothing can be found, is All.
func Parse(text string) (Query, []Warning) { return parse(text, nil) }

// parse is Parse with what tells whether a text begins with a value of a
// field, as in lexer.
func parse(text string, isValue func(field, text string) bool) (Query, []Warning) {
	p := parser{groups: make([]group, 1, 4)}
	p.lexer.isValue = isValue
	var invalid int
	p.lexer.source, invalid = newSource(text)
	q := p.parse()
	list := p.lexer.warnings.finish(&p.lexer.source)
	if invalid >= 0 {
		list = append(list, Warning{Position: invalid, Message: "the text is not UTF-8 here; such bytes are read as spaces"})
		sortWarnings(list)
	}
	return q, list
}

func sortWarnings(list []Warning) {
	slices.SortStableFunc(list, func(a, b Warning) int { return cmp.Compare(a.Position, b.Position) })
}

// dropped is an operator that was left out.
type dropped struct {
	token
	why string
}

// parser builds the query from tokens, without recursion: groups are the
// parentheses open at the moment.
type parser struct {
	lexer  lexer
	groups []group
	field  token // a field right before, or the zero token
	exact  bool  // = right before
	// dropped are the operators that had nothing to work on.
	dropped []dropped
}

func (p *parser) parse() Query {
	for {
		g := &p.groups[len(p.groups)-1]
		t := p.lexer.next(p.context(g))
		switch t.kind {
		case tokenEnd:
			p.dropField()
			return p.finish()
		case tokenNothing:
			p.dropField()
		case tokenField:
			p.field = t
		case tokenExact:
			p.exact = true
		case tokenMinus:
			g.nots, g.minus, g.notPos = g.nots+1, true, t.pos
		case tokenNot:
			if g.nots == 0 {
				g.notPos = t.pos
			}
			g.nots++
			g.minus = false
			g.notToken = t
		case tokenAnd, tokenOr:
			p.operator(g, t)
		case tokenNear:
			p.near(g, t)
		case tokenOpen:
			inner := group{field: g.field, exact: g.exact || p.exact, pos: t.pos}
			if p.field.kind != tokenEnd {
				inner.field = p.field.text
			}
			p.field, p.exact = token{}, false
			p.groups = append(p.groups, inner)
		case tokenClose:
			p.close(t)
		case tokenWord, tokenPhrase, tokenValue:
			p.operand(g, t)
		}
	}
}

// context says what may come next.
func (p *parser) context(g *group) lexContext {
	if p.field.kind != tokenEnd {
		return lexContext{field: p.field.text, direct: true}
	}
	return lexContext{field: g.field, direct: p.exact}
}

// dropField gives up a field or = without anything after it.
func (p *parser) dropField() {
	if p.field.kind != tokenEnd {
		p.lexer.warnings.add(p.field.pos, "“"+p.field.text+"” has no value that can be found; it is left out")
	}
	p.field, p.exact = token{}, false
}

// operand adds a word, a phrase or a value to the group.
func (p *parser) operand(g *group, t token) {
	field, exact := g.field, g.exact || p.exact
	if p.field.kind != tokenEnd {
		field = p.field.text
	}
	p.field, p.exact = token{}, false
	var q Query
	switch {
	case t.kind == tokenValue:
		q = p.value(field, t)
	case t.kind == tokenPhrase:
		q = Phrase{Field: field, Text: t.text, Slop: t.number, Exact: exact}
	case t.form == '*':
		q = Prefix{Field: field, Text: t.text}
	case t.form == '~':
		q = Fuzzy{Field: field, Text: t.text}
	default:
		q = Word{Field: field, Text: t.text, Exact: exact}
	}
	if q == nil {
		p.lexer.warnings.add(t.pos, "“"+field+":"+t.text+"” has no value that can be found; it is left out")
		return
	}
	p.add(g, q)
}

// operator reads AND and OR.
func (p *parser) operator(g *group, t token) {
	p.dropNots(g)
	switch {
	case g.op.kind != tokenEnd:
		p.drop(g.op, "has nothing on its right")
		g.op = token{}
	case g.nearOp.kind != tokenEnd:
		p.dropNear(g)
	}
	if len(g.clauses) == 0 && len(g.branches) == 0 {
		p.drop(t, "has nothing on its left")
		return
	}
	if t.kind == tokenOr {
		g.branch()
	}
	g.op = t
}

// near reads NEAR.
func (p *parser) near(g *group, t token) {
	p.dropNots(g)
	if g.nearOp.kind != tokenEnd {
		p.dropNear(g)
	}
	switch {
	case len(g.clauses) > 0 && g.op.kind == tokenEnd:
		g.nearOp = t
	case t.text == bareNear:
		p.nearAsWord(g, t)
	default:
		p.drop(t, "has nothing on its left")
	}
}

// bareNear is NEAR without a number.
const bareNear = "NEAR"

// nearAsWord reads NEAR without a number and without words to join.
func (p *parser) nearAsWord(g *group, t token) {
	p.lexer.warnings.add(t.pos, "NEAR needs a number and something on both sides, as in a NEAR/5 b; read as the word near")
	if isKeyword(g.field) {
		p.add(g, Value{Field: g.field, Value: t.text})
		return
	}
	p.add(g, Word{Field: g.field, Text: "near", Exact: g.exact})
}

// drop gives up an operator. The warning comes with the end of the question.
func (p *parser) drop(t token, why string) {
	p.dropped = append(p.dropped, dropped{t, why})
}

func (p *parser) dropNear(g *group) {
	t := g.nearOp
	g.nearOp = token{}
	if t.text == bareNear {
		p.nearAsWord(g, t)
	} else {
		p.drop(t, "has nothing on its right")
	}
}

// dropNots gives up negations without anything to negate.
func (p *parser) dropNots(g *group) {
	switch {
	case g.nots == 0:
	case g.minus:
		p.lexer.warnings.add(g.notPos, "- has nothing on its right; it is left out")
	default:
		p.drop(g.notToken, "has nothing on its right")
	}
	g.nots, g.minus = 0, false
}

// add adds a query to the group, as the operators before it say.
func (p *parser) add(g *group, q Query) {
	c := clause{query: q, last: q, not: g.nots%2 == 1, minus: g.minus && g.nots%2 == 1}
	nots, near := g.nots, g.nearOp
	g.nots, g.minus, g.op, g.nearOp = 0, false, token{}, token{}
	if near.text == bareNear {
		p.lexer.warnings.add(near.pos, "NEAR needs a number, as in NEAR/5; read as NEAR/10")
	}
	if near.kind != tokenEnd {
		left := &g.clauses[len(g.clauses)-1]
		if nots == 0 && !left.minus && canBeNear(left.last, q) {
			left.near(q, near.number)
			return
		}
		p.lexer.warnings.add(near.pos, near.text+" joins words, phrases and alternatives of them, in one field; it is read as AND")
	}
	g.clauses = append(g.clauses, c)
}

// close ends a group, which becomes an operand of the one around it.
func (p *parser) close(t token) {
	if len(p.groups) == 1 {
		p.lexer.warnings.add(t.pos, "there is no opening parenthesis for this one; it is left out")
		return
	}
	inner := &p.groups[len(p.groups)-1]
	q := p.end(inner)
	pos := inner.pos
	p.groups = p.groups[:len(p.groups)-1]
	if q == nil {
		p.lexer.warnings.add(pos, "the parentheses hold nothing that can be found; they are left out")
		g := &p.groups[len(p.groups)-1]
		g.nots, g.minus = 0, false
		return
	}
	p.add(&p.groups[len(p.groups)-1], q)
}

// end returns the query of a group, nil when it is empty.
func (p *parser) end(g *group) Query {
	p.dropNots(g)
	if g.op.kind != tokenEnd {
		p.drop(g.op, "has nothing on its right")
	}
	if g.nearOp.kind != tokenEnd {
		p.dropNear(g)
	}
	return g.query()
}

// finish closes all groups and returns the whole query.
func (p *parser) finish() Query {
	for len(p.groups) > 1 {
		p.lexer.warnings.add(p.groups[len(p.groups)-1].pos, "the parenthesis is not closed; it is read up to the end")
		p.close(token{})
	}
	q := p.end(&p.groups[0])
	if q == nil {
		return p.operatorsAsWords()
	}
	for _, d := range p.dropped {
		p.lexer.warnings.add(d.pos, d.text+" "+d.why+"; it is left out")
	}
	return normal(q)
}

// operatorsAsWords returns the query for a question that holds nothing but
// operators.
func (p *parser) operatorsAsWords() Query {
	var words []Query
	for _, d := range p.dropped {
		if isASCIILetter(d.text[0]) {
			words = append(words, Word{Text: strings.ToLower(d.text)})
		}
	}
	if len(words) > 0 {
		p.lexer.warnings.add(p.dropped[0].pos, "there is nothing to search for but operators; they are read as words")
	}
	return conjunction(words)
}
