package corpus

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// monthNames are the names of months by language, the first to the last, each
// with its abbreviations after slashes. Where two languages mean two months by
// one word ("listopada"), and where an abbreviation is a word of another language
// ("set", "out"), it is left out.
var monthNames = map[string]string{
	"en": "january/jan february/febr/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct november/nov december/dec",
	"fr": "janvier/janv février/fevrier/févr/fevr mars avril/avr mai juin juillet/juil août/aout septembre octobre novembre décembre/decembre/déc",
	"de": "januar/jänner/jän februar märz/maerz/mär/mrz april mai juni juli august september oktober/okt november dezember/dez",
	"es": "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre noviembre diciembre/dic",
	"it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
	"pt": "janeiro fevereiro/fev março abril maio junho julho agosto setembro outubro novembro dezembro",
	"nl": "januari februari maart/mrt april mei juni juli augustus september oktober november december",
	"tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
	"ru": "января/январь февраля/февраль марта/март апреля/апрель мая/май июня/июнь июля/июль августа/август сентября/сентябрь октября/октябрь ноября/ноябрь декабря/декабрь",
	"uk": "січня/січень лютого/лютий березня/березень квітня/квітень травня/травень червня/червень липня/липень серпня/серпень вересня/вересень жовтня/жовтень листопада/листопад грудня/грудень",
}

// monthNumbers are the numbers of months by their names and abbreviations.
var monthNumbers = numberMonths(monthNames)

func numberMonths(names map[string]string) map[string]int {
	numbers := map[string]int{}
	for _, list := range names {
		for i, forms := range strings.Fields(list) {
			for form := range strings.SplitSeq(forms, "/") {
				numbers[form] = i + 1
			}
		}
	}
	return numbers
}

// MonthNumber returns the number of a month, 1 to 12, from its name or an
// abbreviation of it in one of the languages that ParseLooseDate reads, in any
// case, with a full stop behind it or without. It returns 0 for another word.
func MonthNumber(name string) int {
	return monthNumbers[strings.ToLower(strings.TrimSuffix(name, "."))]
}

// monthPattern matches a name of a month, the longest that fits.
func monthPattern() string {
	var forms []string
	for form := range monthNumbers {
		forms = append(forms, regexp.QuoteMeta(form))
	}
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return strings.Join(forms, "|")
}
