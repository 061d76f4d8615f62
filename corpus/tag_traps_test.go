package corpus_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"rapport/corpus"
	"rapport/corpus/sample"
)

var embedded = sync.OnceValues(func() (*corpus.Taxonomy, error) { return corpus.ParseTaxonomy(sample.Taxonomy()) })

func embeddedTaxonomy(t testing.TB) *corpus.Taxonomy {
	t.Helper()
	taxonomy, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return taxonomy
}

// TestMentions says which partners a text names, in the order of the taxonomy.
func TestMentions(t *testing.T) {
	cases := []struct{ text, want string }{
		// Georgia, the country and the state
		{"Georgia joined the Partnership for Peace in 1994.", "GE"},
		{"He campaigned in Atlanta, Georgia, on Friday.", ""},
		{"Voters in Georgia, Arizona and Nevada will decide.", ""},
		{"The port of Savannah in Georgia grew.", ""},
		{"Exercises in Tbilisi, Georgia, with the Georgia National Guard from Atlanta.", "GE"},
		{"The Georgia National Guard sent a company.", ""},
		{"Students of Georgia Tech built a drone.", ""},
		{"Fort Benning, Georgia", ""},
		{"Georgia, USA", ""},
		{"Georgia is now eligible for expanded Medicaid. That means 500,000 Georgians will be covered.", ""},
		{"Georgians marched in Tbilisi.", "GE"},
		{"Georgian soldiers served in Kabul.", "GE"},
		{"NATO-Georgia Commission", "GE"},
		{"South Georgia is an island.", ""},
		// Ireland
		{"Ireland and Northern Ireland share a border.", "IE"},
		{"Peace in Northern Ireland.", ""},
		{"Northern\nIreland", ""},
		{"The Irish Sea is cold.", ""},
		{"Irish-American voters", ""},
		// Korea
		{"South Korea and North Korea hold talks.", "KR"},
		{"North Korea fired a missile.", ""},
		{"North Korean troops left.", ""},
		{"The Republic of Korea is a partner.", "KR"},
		{"The Democratic People's Republic of Korea tested a rocket.", ""},
		{"The Democratic People’s Republic of Korea tested a rocket.", ""},
		{"Peace on the Korean Peninsula.", ""},
		{"He fought in the Korean War.", ""},
		{"The ROK and the DPRK", "KR"},
		{"a large rok in the sand", ""},
		{"NORTH KOREA AND JAPAN", "JP"},
		{"Korean companies invest in Hungary.", "KR HU"},
		// Jordan
		{"Jordan hosts many refugees.", "JO"},
		{"Michael Jordan played well.", ""},
		{"Jordan Sullivan spoke first.", ""},
		{"Jordan\nSullivan spoke first.", ""},
		{"Egypt\nJordan\nMorocco", "EG JO MA"},
		{"They crossed the Jordan River.", ""},
		{"The Hashemite Kingdom of Jordan", "JO"},
		{"King Abdullah II of Jordan met Jordan Smith.", "JO"},
		{"Jordan’s army", "JO"},
		{"Jordan Foreign Minister Safadi", "JO"},
		// pairs that look alike
		{"Austria is not Australia.", "AT AU"},
		{"Australian", "AU"},
		{"Austria-Hungary fell in 1918.", ""},
		{"Niger and Nigeria and Guinea-Bissau", ""},
		{"Mauritius is no partner, Mauritania is.", "MR"},
		{"Slovenia and Slovakia", "SK SI"},
		{"New Jersey and New Mexico", ""},
		{"Inner Mongolia", ""},
		{"Iraqi Turkmen live in Kirkuk.", ""},
		{"Turkmen gas", "TM"},
		{"Macedonia and North Macedonia", "MK"},
		{"Bosnian Serb leaders", "BA"},
		{"Luís Montenegro of Portugal", ""},
		{"Montenegro became an Ally.", "ME"},
		// forms of writing
		{"JAPAN AND AUSTRALIA", "AU JP"},
		{"japan and kuwait", ""},
		{"the Japan-NATO summit", "JP"},
		{"US-Japan ties", "JP"},
		{"Japan's and Kuwait’s ships", "KW JP"},
		{"New\n  Zealand", "NZ"},
		{"New\u00a0Zealand", "NZ"},
		{"New Zealanders", "NZ"},
		{"This is new. Zealand is in Denmark.", ""},
		{"Bosnia & Herzegovina; Bosnia-Herzegovina; Bosnia and Herzegovina", "BA"},
		{"the U.A.E. and the UAE", "AE"},
		{"the United Arab Emirates", "AE"},
		{"the emirates", ""},
		{"Some polish the floor. Polish troops came.", "PL"},
		{"some polish the floor", ""},
		{"E\u0301ire", "IE"},
		{"Jap\u0430n with a Cyrillic letter", ""},
		{"Ukraine/Moldova", "MD UA"},
		{"(Ukraine)", "UA"},
		{"“Ukraine”", "UA"},
		{"Ukraine…", "UA"},
		{"MoldovaUkraine", ""},
		{"Kuwait City", "KW"},
		{"swiss cheese and Swiss cheese", ""},
		{"the Swiss Confederation", "CH"},
		{"Kyrgyzstan, now the Kyrgyz Republic", "KG"},
		{"the former Yugoslav Republic of Macedonia", "MK"},
		{"", ""},
		{"\xff\xfe Japan \xff", "JP"},
	}
	taxonomy := embeddedTaxonomy(t)
	for _, c := range cases {
		tags := taxonomy.Tag(&corpus.Document{Body: c.text})
		if got := strings.Join(corpus.Values(tags.Mentions), " "); got != c.want {
			t.Errorf("%q names %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTopics(t *testing.T) {
	cases := []struct{ text, want string }{
		{"The NATO/PfP Trust Fund destroys mines.", "human.trust-funds"},
		{"Trust Funds were set up.", "human.trust-funds"},
		{"the ANA Trust Fund", "capacity.ansf-funding"},
		{"The Medicare trust fund is solvent.", ""},
		{"a deep hole", ""},
		{"DEEP helps schools of the forces.", "capacity.education"},
		{"the map of Europe", ""},
		{"Membership Action Plan", "political.membership"},
		{"the accession of Sweden", "political.membership"},
		{"proteins by their accession numbers", ""},
		{"Afghan refugees", ""},
		{"Dayton, Ohio", ""},
		{"The meeting began.", ""},
		{"missile defense and missile defence", "threats.missile-defence"},
		{"Women, Peace and Security", "human.wps"},
		{"public transit", ""},
		{"crisis-management operations", "ops.crisis-management"},
		{"the financial crisis", ""},
		{"cyber\ndefence", "threats.cyber"},
		{"PRTs in Ghor", "ops.reconstruction"},
		{"anti-personnel mines", "human.demining"},
		{"data mining", ""},
		{"last visited", ""},
		{"software piracy", ""},
		{"He met the criteria.", ""},
		{"unexploded ordnance", "human.demining"},
		{"Trust Funds for demining", "human.trust-funds human.demining"},
		{"the Medicare Hospital Insurance Trust Fund and the Highway Trust Funds", ""},
		{"the Bureau of Trust Funds Administration", ""},
		{"the resilience of working families, and an innovation economy", ""},
		{"the resilience of critical infrastructure", "resilience.cep"},
		{"the Federal Emergency Management Agency", ""},
		{"freedom of navigation and overflight", ""},
		{"overflight rights", "ops.transit"},
		{"I met with families, and visited a school.", ""},
		{"She met with Prime Minister Abe, and visited a school.", "political.visits"},
		{"a drought in the Horn of Africa", ""},
		{"the Coordinator for Strategic Communications", ""},
		{"capacity building for schools", ""},
	}
	taxonomy := embeddedTaxonomy(t)
	for _, c := range cases {
		tags := taxonomy.Tag(&corpus.Document{Body: c.text})
		if got := strings.Join(corpus.Values(tags.Topics), " "); got != c.want {
			t.Errorf("%q has topics %q, want %q", c.text, got, c.want)
		}
	}
}

func TestYears(t *testing.T) {
	cases := []struct{ text, want string }{
		{"in 2007", "2007"},
		{"On 3 May 2011 and May 4, 2012.", "2011 2012"},
		{"2011-05-03", "2011"},
		{"03/05/2011", "2011"},
		{"3.5.2011", "2011"},
		{"from 2005-2007", "2005 2006 2007"},
		{"2005–2007", "2005 2006 2007"},
		{"2005-07", "2005"}, // a month
		{"2005-07-15", "2005"},
		{"2005–07", "2005 2006 2007"},
		{"2014-16", "2014 2015 2016"},
		{"2005/06", "2005 2006"},
		{"between 2005 and 2007", "2005 2006 2007"},
		{"from 2005 to 2008", "2005 2006 2007 2008"},
		{"1990–2010", "1990 1990s 2000s 2010 2010s"},
		{"the 1990s", "1990s"},
		{"the 1990's", "1990s"},
		{"the 1990’s", "1990s"},
		{"the ’90s and the '80s", "1980s 1990s"},
		{"the early nineties", "1990s"},
		{"in the mid-1990s", "1990s"},
		{"a man in his nineties", ""},
		{"resolution 1973 (2011)", "2011"},
		{"resolutions 1970 and 1973 (2011)", "2011"},
		{"Resolution 1325", ""},
		{"press release (2005) 016", ""},
		{"Article 2010", ""},
		{"STANAG 2010 and UNSCR 1973 of 2011", "2011"},
		{"the 2010th visitor", ""},
		{"$2010", ""},
		{"2,010 people", ""},
		{"EUR 2005", ""},
		{"USD 2,005.50", ""},
		{"2000 troops", ""},
		{"some 1900 personnel", ""},
		{"202-456-2014", ""},
		{"+32 2 707 2011", ""},
		{"call 555-2010", ""},
		{"at 2000 hours", ""},
		{"2011.5 metres", ""},
		{"1,2011", ""},
		{"ISO 2022", ""},
		{"in 1854", "1854"},
		{"1854 barrels", ""},
		{"rifles and 1800 tons of ammunition", ""},
		{"between 1854 and 1856", "1854 1855 1856"},
		{"FY2010", "2010"},
		{"May 5,2007", "2007"},
		{"2012.", "2012"},
		{"(2012)", "2012"},
		{"2012, 300 people came", "2012"},
		{"the 2010 Lisbon Summit", "2010"},
		{"im Mai 2011", "2011"},
		{"A2010", ""},
		{"20112", ""},
		{"", ""},
	}
	taxonomy := embeddedTaxonomy(t)
	for _, c := range cases {
		tags := taxonomy.Tag(&corpus.Document{Body: c.text})
		if got := strings.Join(corpus.Values(tags.Years), " "); got != c.want {
			t.Errorf("%q speaks of %q, want %q", c.text, got, c.want)
		}
	}
}

func TestDeclaredTagsWin(t *testing.T) {
	taxonomy := embeddedTaxonomy(t)
	doc := &corpus.Document{
		Title:    "Kuwait",
		Body:     "Kuwait and South Korea met. The trust fund grew.",
		Declared: corpus.Declared{Partners: []string{"south korea", "Atlantis", "KR"}, Topics: []string{"Demining and unexploded ordnance", "gardening"}},
	}
	tags := taxonomy.Tag(doc)
	if got := corpus.Values(tags.Partners); !slices.Equal(got, []string{"KR"}) || !tags.Partners[0].Declared || tags.Partners[0].Count != 1 {
		t.Errorf("partners %+v, want KR alone, declared and seen once", tags.Partners)
	}
	if got := corpus.Values(tags.Mentions); !slices.Equal(got, []string{"KW", "KR"}) {
		t.Errorf("mentions %v, want KW and KR", got)
	}
	if got := corpus.Values(tags.Topics); !slices.Equal(got, []string{"human.demining"}) || !tags.Topics[0].Declared {
		t.Errorf("topics %+v, want human.demining, declared", tags.Topics)
	}
	partners, topics := taxonomy.Unknown(doc.Declared)
	if !slices.Equal(partners, []string{"Atlantis"}) || !slices.Equal(topics, []string{"gardening"}) {
		t.Errorf("Unknown = %v, %v", partners, topics)
	}
}
