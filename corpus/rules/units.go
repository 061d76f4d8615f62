package rules

import "strings"

// unitWords lists the words behind a number by the unit that they stand for.
// What is counted is "item" when it has no unit of its own.
var unitWords = map[string]string{
	"person": `people persons troops soldiers personnel officers workers civilians experts students refugees children
		peacekeepers trainees recruits servicemen women men members participants professionals inspectors
		observers police policemen trainers instructors volunteers migrants citizens residents patients veterans
		employees passengers victims detainees prisoners hostages teachers nurses doctors scientists diplomats sailors
		marines advisers advisors specialists cadets graduates individuals immigrants deaths casualties fatalities
		girls boys youth adults seniors farmers firefighters journalists delegates representatives leaders staff`,
	"item": `landmines mines missiles munitions weapons arms rounds rockets grenades shells bombs tanks rifles helmets
		vests drones systems launchers howitzers radars kits tents generators ventilators masks tests pistols
		machine-guns detonators warheads mortars vaccines`,
	"vehicle":          `vehicles trucks ambulances buses cars`,
	"aircraft":         `aircraft helicopters planes jets airplanes`,
	"ship":             `ships vessels boats frigates submarines`,
	"country":          `countries nations`,
	"activity":         `activities events exercises`,
	"area":             `areas districts provinces regions`,
	"site":             `sites locations bases camps`,
	"school":           `schools universities`,
	"bridge":           `bridges`,
	"project":          `projects`,
	"programme":        `programmes programs`,
	"course":           `courses seminars workshops`,
	"fund":             `funds`,
	"team":             `teams`,
	"office":           `offices`,
	"organisation":     `organisations organizations companies agencies ngos businesses`,
	"report":           `reports`,
	"job":              `jobs`,
	"household":        `households homes`,
	"family":           `families`,
	"dose":             `doses`,
	"flight":           `flights sorties`,
	"hectare":          `hectare hectares`,
	"acre":             `acre acres`,
	"tonne":            `tonne tonnes tons metric-tons`,
	"kilogram":         `kilogram kilograms kilogrammes kg`,
	"pound":            `lbs`,
	"kilometre":        `kilometre kilometres kilometer kilometers km`,
	"mile":             `mile miles`,
	"metre":            `metre metres meter meters`,
	"litre":            `litre litres liter liters`,
	"gallon":           `gallon gallons`,
	"barrel":           `barrels`,
	"megawatt":         `megawatt megawatts mw`,
	"gigawatt":         `gigawatt gigawatts gw`,
	"year":             `year years`,
	"month":            `month months`,
	"week":             `week weeks`,
	"day":              `day days`,
	"hour":             `hour hours`,
	"minute":           `minute minutes`,
	"percentage-point": `percentage-points`,
}

// units maps a word in lower case to its unit.
var units = func() map[string]string {
	byWord := map[string]string{}
	for unit, words := range unitWords {
		for _, w := range strings.Fields(words) {
			byWord[w] = unit
		}
	}
	return byWord
}()

// measures are the units that measure instead of counting.
var measures = map[string]bool{
	"hectare": true, "acre": true, "tonne": true, "kilogram": true, "pound": true, "kilometre": true, "mile": true,
	"metre": true, "litre": true, "gallon": true, "barrel": true, "megawatt": true, "gigawatt": true, "year": true,
	"month": true, "week": true, "day": true, "hour": true, "minute": true, "percent": true, "percentage-point": true,
}

// durations are the units of time.
var durations = map[string]bool{"year": true, "month": true, "week": true, "day": true, "hour": true, "minute": true}

// numbered are the words whose number is a name and no count: "Article 14".
var numbered = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`article articles resolution chapter section no no. number phase annex title page
		figure battalion brigade division regiment squadron level step category paragraph part round room building flight
		route highway act law rule grade age aged top table appendix volume issue proposition order tier class type
		fortune release directive clause amendment line item group g channel version unit`) {
		set[w] = true
	}
	return set
}()

// stopWords end the search for what a number counts.
var stopWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`of in on to and or for at by with from that which who whom whose is are was were be been
		has have had will would can could may might must shall should than then as but so if when where while the a an this
		these those its their his her our your my it he she they we you i not no all both either during after before since
		until through into over under about between among against without within per each every more less most least other
		s ’s out up down off away back there here now today do does did done am pm`) {
		set[w] = true
	}
	return set
}()
