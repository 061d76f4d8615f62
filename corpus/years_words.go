package corpus

import "strings"

// The words around four digits that tell whether they are a year.
var (
	// decadeNames are decades in words.
	decadeNames = map[string]string{
		"twenties": "1920s", "thirties": "1930s", "forties": "1940s", "fifties": "1950s",
		"sixties": "1960s", "seventies": "1970s", "eighties": "1980s", "nineties": "1990s",
	}

	// introduces are words before a year.
	introduces = wordSet(`in since by until till from during of before after between to through early mid late fiscal year
		summer winter spring autumn fall circa en depuis im seit bis von nach vor desde hasta dal nel`)

	// numbered are words before a number that names or counts something.
	numbered = wordSet(`no nos number numbers resolution resolutions article articles paragraph para section page pages room
		chapter item clause act regulation directive decree law order document doc ref reference release case flight bus route
		suite box po tel phone fax ext ip port version model about approximately roughly nearly almost over some than least most
		exactly only another additional further up total unit battalion regiment squadron line table figure form
		iso iec din astm rfc eur usd gbp chf jpy cad aud nzd sek nok dkk euro euros`)

	// counted are words after a number that is a count or a measure.
	counted = wordSet(`people persons person troops soldiers personnel officers men women children students experts staff members
		participants victims refugees families households police civilians workers volunteers delegates representatives recruits
		civil militants prisoners casualties deaths jobs homes houses schools villages sites mines landmines weapons rifles rounds
		tons tonnes tonne ton kilograms kg grams km kilometres kilometers miles metres meters feet m hectares acres square cubic
		litres liters gallons barrels megawatts mw gigawatts gw kilowatts kwh volts watts degrees hours minutes seconds days weeks
		months years dollars euros euro pounds yen usd eur gbp million billion thousand trillion percent per pieces items units
		vehicles aircraft ships tanks trucks containers boxes copies pages words times points calories mg ml doses beds projects
		companies firms organizations organisations countries cities municipalities communities`)

	// months are names of months in the languages that texts mostly come in.
	months = wordSet(`january february march april may june july august september october november december jan feb mar apr jun jul
		aug sep sept oct nov dec janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre januar februar
		marz juni juli oktober dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
		gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
		января февраля марта апреля мая июня июля августа сентября октября ноября декабря`)
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
