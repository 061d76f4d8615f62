package corpus

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// currency is a reading of a sign, code or name.
type currency struct {
	code    string // ISO 4217
	assumed bool   // several currencies share the sign
}

// currencyCodes are the active codes of ISO 4217, sorted.
var currencyCodes = strings.Fields(`
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG`)

// majorCurrencies are the codes that are no word or usual abbreviation of
// something else. The others count only with a word of magnitude, lest
// "COP 28" be pesos.
var majorCurrencies = map[string]bool{
	"AED": true, "AUD": true, "BGN": true, "BRL": true, "CAD": true, "CHF": true, "CNY": true, "CZK": true,
	"DKK": true, "EUR": true, "GBP": true, "HUF": true, "ILS": true, "INR": true, "JPY": true, "KRW": true,
	"KZT": true, "MXN": true, "NOK": true, "NZD": true, "PKR": true, "PLN": true, "RON": true, "RUB": true,
	"SEK": true, "SGD": true, "THB": true, "TWD": true, "UAH": true, "USD": true, "ZAR": true,
}

// Currencies returns the active currency codes of ISO 4217 in alphabetical
// order.
func Currencies() []string { return slices.Clone(currencyCodes) }

// currencySigns are what stands directly before a number, longer ones first.
var currencySigns = []struct {
	sign string
	currency
}{
	{"NZ$", currency{"NZD", false}}, {"AU$", currency{"AUD", false}}, {"CA$", currency{"CAD", false}},
	{"US$", currency{"USD", false}}, {"U.S.$", currency{"USD", false}}, {"HK$", currency{"HKD", false}},
	{"NT$", currency{"TWD", false}}, {"A$", currency{"AUD", false}}, {"C$", currency{"CAD", false}},
	{"S$", currency{"SGD", false}}, {"R$", currency{"BRL", false}}, {"$", currency{"USD", true}},
	{"€", currency{"EUR", false}}, {"£", currency{"GBP", false}}, {"¥", currency{"JPY", true}},
	{"₩", currency{"KRW", false}}, {"₹", currency{"INR", false}}, {"₴", currency{"UAH", false}},
	{"₽", currency{"RUB", false}}, {"₪", currency{"ILS", false}}, {"₺", currency{"TRY", false}},
}

// currencyNames are what stands directly after a number, in lower case, longer
// ones before those that they begin with. Names that are also other words
// ("pounds", "won") need their country.
var currencyNames = []struct {
	name string
	currency
}{
	{"us dollar", currency{"USD", false}}, {"u.s. dollar", currency{"USD", false}},
	{"united states dollar", currency{"USD", false}}, {"american dollar", currency{"USD", false}},
	{"australian dollar", currency{"AUD", false}}, {"canadian dollar", currency{"CAD", false}},
	{"new zealand dollar", currency{"NZD", false}}, {"singapore dollar", currency{"SGD", false}},
	{"dollar", currency{"USD", true}}, {"euro", currency{"EUR", false}},
	{"pounds sterling", currency{"GBP", false}}, {"british pound", currency{"GBP", false}},
	{"japanese yen", currency{"JPY", false}}, {"yen", currency{"JPY", false}},
	{"swiss franc", currency{"CHF", false}}, {"swedish krona", currency{"SEK", false}},
	{"swedish kronor", currency{"SEK", false}}, {"norwegian kroner", currency{"NOK", false}},
	{"norwegian krone", currency{"NOK", false}}, {"danish kroner", currency{"DKK", false}},
	{"danish krone", currency{"DKK", false}}, {"czech koruna", currency{"CZK", false}},
	{"south korean won", currency{"KRW", false}}, {"korean won", currency{"KRW", false}},
	{"yuan", currency{"CNY", false}}, {"renminbi", currency{"CNY", false}}, {"zloty", currency{"PLN", false}},
	{"turkish lira", currency{"TRY", false}}, {"indian rupee", currency{"INR", false}},
	{"russian rouble", currency{"RUB", false}}, {"russian ruble", currency{"RUB", false}},
	{"hryvnia", currency{"UAH", false}}, {"israeli shekel", currency{"ILS", false}},
}

// currencyBefore returns the currency directly before the number and where it
// begins, which is not before byte from.
func currencyBefore(text string, n number, from int) (currency, int) {
	before := text[from:n.start]
	trimmed := trimOneSpace(before)
	for _, s := range currencySigns {
		if !strings.HasSuffix(trimmed, s.sign) {
			continue
		}
		start := len(trimmed) - len(s.sign)
		if isLetter(s.sign[0]) && start > 0 && isWordByte(trimmed[start-1]) {
			continue // the A of "USA$" is not Australia's
		}
		return s.currency, from + start
	}
	// "Euro 2016" is no sum of money, "Euro 5 million" is.
	if n.scaled && len(trimmed) >= 4 && strings.EqualFold(trimmed[len(trimmed)-4:], "euro") {
		return codeOrNothing("EUR", trimmed[:len(trimmed)-4], n), from + len(trimmed) - 4
	}
	if len(trimmed) < 3 {
		return currency{}, 0
	}
	start := len(trimmed) - 3
	return codeOrNothing(trimmed[start:], trimmed[:start], n), from + start
}

// codeOrNothing returns the currency of a code that stands alone after the
// text before it.
func codeOrNothing(code, before string, n number) currency {
	if before != "" && isWordByte(before[len(before)-1]) || !IsCurrency(code) || !majorCurrencies[code] && !n.scaled {
		return currency{}
	}
	return currency{code: code}
}

// currencyAfter returns the currency directly after the number, in a code or
// a name, and where it ends.
func currencyAfter(text string, n number) (currency, int) {
	at := n.end
	if strings.HasPrefix(text[at:], "-") {
		at++
	}
	for r, size := utf8.DecodeRuneInString(text[at:]); isSpace(r) && at < n.end+maxGap; r, size = utf8.DecodeRuneInString(text[at:]) {
		at += size
	}
	rest := text[at:]
	if strings.HasPrefix(rest, "€") {
		return currency{code: "EUR"}, at + len("€")
	}
	if len(rest) >= 3 && (len(rest) == 3 || !isWordByte(rest[3])) {
		if c := codeOrNothing(rest[:3], "", n); c.code != "" {
			return c, at + 3
		}
	}
	for _, c := range currencyNames {
		if !hasPrefixFold(rest, c.name) {
			continue
		}
		end := at + len(c.name)
		if end < len(text) && (text[end] == 's' || text[end] == 'S') {
			end++
		}
		if end < len(text) && isWordByte(text[end]) {
			continue
		}
		return c.currency, end
	}
	return currency{}, 0
}

// IsCurrency reports whether code is an active code of ISO 4217.
func IsCurrency(code string) bool {
	_, ok := slices.BinarySearch(currencyCodes, code)
	return ok
}

// CurrencyOf returns the ISO 4217 code of the currency that a sign, a code or a
// name stands for, "€", "EUR" or "euros". Where several share it, as "$", it is
// the one that ParseMoney assumes.
func CurrencyOf(text string) (code string, ok bool) {
	if IsCurrency(text) {
		return text, true
	}
	for _, s := range currencySigns {
		if s.sign == text {
			return s.code, true
		}
	}
	name := strings.ToLower(text)
	for _, c := range currencyNames {
		if name == c.name || name == c.name+"s" {
			return c.code, true
		}
	}
	return "", false
}

// isCurrencySign reports whether r is a part of a currency sign.
func isCurrencySign(r rune) bool {
	return strings.ContainsRune("$€£¥₩₹₴₽₪₺", r)
}

// trimOneSpace removes one space, of any width, from the end of s.
func trimOneSpace(s string) string {
	r, size := utf8.DecodeLastRuneInString(s)
	if isSpace(r) {
		return s[:len(s)-size]
	}
	return s
}
