package search

// SyntaxRow explains one form of the query language.
type SyntaxRow struct {
	Form    string // in general: "exact phrase"
	Example string // a question
	Means   string // what the example finds, in a sentence without its full stop
	Reads   string // canonical form of the example
}

// Syntax returns the query language in the order in which it is best
// learned. Help pages and help texts print it.
func Syntax() []SyntaxRow {
	return []SyntaxRow{
		{`words`, `demining Ukraine`, `Documents with both words, in any of their forms: "demined" too`, `demining Ukraine`},
		{`"exact phrase"`, `"trust fund"`, `The words side by side and in this order; typographic quotation marks do as well`, `"trust fund"`},
		{`a OR b`, `mine OR explosive`, `Documents with either word`, `mine OR explosive`},
		{`a b OR c d`, `trust fund OR defence reform`, `AND binds tighter than OR: both words of one side or both of the other`, `(trust fund) OR (defence reform)`},
		{`( )`, `(mine OR explosive) clearance`, `Parentheses group`, `(mine OR explosive) clearance`},
		{`-word`, `Korea -North`, `Leaves out documents with the word; works before phrases, fields and parentheses too`, `Korea -North`},
		{`NOT word`, `NOT Korea`, `The same; on its own everything but`, `-Korea`},
		{`a AND b`, `mine AND clearance`, `The same as two words: operators are in capitals, and in small letters they are words`, `mine clearance`},
		{`a NEAR/n b`, `minister NEAR/5 visit`, `The words at most 5 places apart, in either order`, `minister NEAR/5 visit`},
		{`"words near"~n`, `"visit minister Tokyo"~6`, `The words of a phrase with at most 6 moves of a word by one place`, `"visit minister Tokyo"~6`},
		{`word*`, `interoperab*`, `Words that begin so; needs three letters or more`, `interoperab*`},
		{`word~`, `Kyrgystan~`, `The word in any of its forms, and words spelled nearly so: one letter may differ, two in a word of eight letters or more`, `Kyrgystan~`},
		{`=word`, `=training`, `The word exactly as it is, without "train" and "trained"`, `=training`},
		{`="phrase"`, `="United Nations"`, `The phrase without other forms of its words`, `="United Nations"`},
		{`title:`, `title:"annual report"`, `Words, phrases and all of the above in titles alone`, `title:"annual report"`},
		{`title:( )`, `title:(mine OR explosive)`, `A field before parentheses holds for all in them`, `title:mine OR title:explosive`},
		{`partner:`, `partner:"South Korea"`, `Documents about a partner, by any of its names, aliases or codes`, `partner:"South Korea"`},
		{`mention:`, `mention:Japan -partner:Japan`, `Documents that name the partner at all; here those that are not about it`, `mention:Japan -partner:Japan`},
		{`topic:`, `topic:demining`, `Documents on a topic or a group of topics`, `topic:demining`},
		{`year:`, `year:2007`, `Documents that speak of the year, whenever they were published`, `year:2007`},
		{`year:a..b`, `year:2005..2012`, `Any year of a range; 2005.. and ..2012 are open`, `year:2005..2012`},
		{`year:"in words"`, `year:"2005 to 2012"`, `Ranges in words: since 2005, before 2012, 2010 or later; of amounts at least 1 million, between 5 and 10 million`, `year:"2005 to 2012"`},
		{`year:decade`, `year:1990s`, `Documents that speak of the decade as such`, `year:1990s`},
		{`published:`, `published:2010-05`, `Published in a year, in a month or on a day`, `published:2010-05`},
		{`published:>=`, `published:>=2010`, `Published since then; > <= < and ranges as of years work too`, `published:2010..`},
		{`field:none`, `published:none`, `Not stated; field:* is what is stated`, `published:none`},
		{`lang:`, `lang:French`, `Documents in a language, by name or code`, `lang:French`},
		{`type: publisher: format: source:`, `type:"press release"`, `Documents of a kind, publisher, file format or source`, `type:"press release"`},
		{`id:`, `id:9f2c11d0a4b7e655`, `One document`, `id:9f2c11d0a4b7e655`},
		{`kind: status: currency:`, `kind:contribution currency:EUR`, `Facts of a kind, with evidence in a state, with a sum in a currency`, `kind:contribution currency:EUR`},
		{`amount:`, `amount:>=1000000`, `Facts with sums in a range; 1e6, 1,000,000, 1 000 000, 1m and 1 million are the same`, `amount:1000000..`},
		{`amount>=`, `amount >= €1m`, `The same in a currency, named before or after the number`, `amount:€1m..`},
		{`\`, `\AND partner\:x`, `A backslash takes away the meaning of the sign or operator after it`, `\AND partner\:x`},
	}
}
