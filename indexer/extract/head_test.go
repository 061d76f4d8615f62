package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const prose = "The two delegations met in the capital this week and agreed on a plan of work for the coming year. They will meet again soon."

func TestTitleOfPlainText(t *testing.T) {
	for _, c := range []struct{ name, text, title, published string }{
		{"title above prose", "Cooperation with Japan\n\n" + prose, "Cooperation with Japan", ""},
		{"acronym banner", "NATO - North Atlantic Treaty Organization\n\nCooperation with Japan\n\n" + prose, "Cooperation with Japan", ""},
		{"banner with bar", "EU | European Union\n\nCooperation with Japan\n\n" + prose, "Cooperation with Japan", ""},
		{"expansion first", "Organisation for Security and Co-operation in Europe (OSCE)\n\nMeeting in Vienna\n\n" + prose, "Meeting in Vienna", ""},
		{"ministry", "Ministry of Foreign Affairs of Japan\n\nVisit of the Secretary General\n\n" + prose, "Visit of the Secretary General", ""},
		{"institution at the end", "World Health Organization\nGuidance on masks\n\n" + prose, "Guidance on masks", ""},
		{"only a banner", "European Defence Agency\n\n" + prose, "European Defence Agency", ""},
		{"council title is no banner", "North Atlantic Council statement on the visit\n\n" + prose, "North Atlantic Council statement on the visit", ""},
		{"site and kind", "NATO - Topic: Relations with Japan\n\n" + prose, "Relations with Japan", ""},
		{"site repeats title", "Example News | Relations with Japan\n\nRelations with Japan\n\n" + prose, "Relations with Japan", ""},
		{"navigation", "Home > Topics > Partners\n\nRelations with Japan\n\n" + prose, "Relations with Japan", ""},
		{"label", "FOR IMMEDIATE RELEASE\n\nMinisters meet in Tokyo\n\n" + prose, "Ministers meet in Tokyo", ""},
		{"numbered label", "Press Release (2005) 016\n\nMinisters meet in Tokyo\n\n" + prose, "Ministers meet in Tokyo", ""},
		{"address", "https://example.org/a/b\nMinisters meet in Tokyo\n\n" + prose, "Ministers meet in Tokyo", ""},
		{"date above", "3 May 2011\n\nMinisters meet in Tokyo\n\n" + prose, "Ministers meet in Tokyo", "2011-05-03"},
		{"date below", "Ministers meet in Tokyo\nTuesday, May 3, 2011\n\n" + prose, "Ministers meet in Tokyo", "2011-05-03"},
		{"last updated", "Ministers meet in Tokyo\n\nLast updated: 30 Nov. 2012 14:22\n\n" + prose, "Ministers meet in Tokyo", "2012-11-30"},
		{"iso date", "Notes\n\n2020-02-29\n\n" + prose, "Notes", "2020-02-29"},
		{"month", "Newsletter on partners\n\nPublished: June 2009\n\n" + prose, "Newsletter on partners", "2009-06"},
		{"labelled year", "Newsletter on partners\n\nPublished: 2009\n\n" + prose, "Newsletter on partners", "2009"},
		{"a year is no date", "1989\n\nThe year that changed it all\n\n" + prose, "The year that changed it all", ""},
		{"date in the title", "Meeting of 3 May 2011\n\n" + prose, "Meeting of 3 May 2011", ""},
		{"date in prose", "Meeting\n\nIt began on 3 May 2011 and went on for days, as everyone there had expected.", "Meeting", ""},
		{"place and date are not told apart", "Meeting\n\nBrussels, 3 May 2011\n\n" + prose, "Meeting", ""},
		{"wrapped title", "Remarks by the President\nat the Summit on Partners\n\n" + prose, "Remarks by the President at the Summit on Partners", ""},
		{"underlined", "Release notes\n=============\nWhat is new in this one:\n- a\n- b", "Release notes", ""},
		{"title right above prose", "Cooperation with Japan\n" + prose, "Cooperation with Japan", ""},
		{"hard-wrapped prose", "Allow me at the outset to congratulate you\non your election to the presidency of the\nfifty-eighth session of the Assembly. It\nwill be a good one.", "file name", ""},
		{"prose at once", prose + "\n\nShort line\n\n" + prose, "file name", ""},
		{"continuation", "I \nbelieve that nearly everything has already been said \nhere since the beginning of the session. Some were \nthings we wanted to hear.", "file name", ""},
		{"salutation", "Mr. President,\n\nExcellencies,\n\n" + prose, "file name", ""},
		{"title field", "Source: A\nDate: 3 May 2011\n\nTitle: On cooperation\n\n" + prose, "On cooperation", "2011-05-03"},
		{"question", "What is a partner?\n\n" + prose, "What is a partner?", ""},
		{"abbreviation at the end", "Relations with the U.S.\n\n" + prose, "Relations with the U.S.", ""},
		{"upper case", "ACTIVE AGE\n\nBALM\n\n" + prose, "ACTIVE AGE", ""},
		{"page number", "Page 1 of 3\n\nOn cooperation\n\n" + prose, "On cooperation", ""},
		{"rule of dashes", "-----\n\nOn cooperation\n\n" + prose, "On cooperation", ""},
		{"other script", "日本との協力\n\n" + prose, "日本との協力", ""},
		{"German", "Bundesministerium der Verteidigung\nPressemitteilung\n3. März 2011\n\nDer Minister reist nach Japan\n\n" + prose, "Der Minister reist nach Japan", "2011-03-03"},
		{"German institution for", "Ministerium für Inneres\n\nBericht zur Lage\n\n" + prose, "Bericht zur Lage", ""},
		{"German label with number", "Pressemitteilung Nr. 12/2011\nStand: 3. Mai 2011\n\nReise nach Japan\n\n" + prose, "Reise nach Japan", "2011-05-03"},
		{"German field", "Datum: 03.05.2011\nBetreff: Reise nach Japan\n\n" + prose, "Reise nach Japan", "2011-05-03"},
		{"French", "Ministère des Affaires étrangères\n\nCommuniqué de presse\n\nmardi 3 mai 2011\n\nVisite au Japon\n\n" + prose, "Visite au Japon", "2011-05-03"},
		{"French assembly", "Assemblée Nationale\n\nRapport annuel\n\n" + prose, "Rapport annuel", ""},
		{"Spanish", "Ministerio de Asuntos Exteriores\nNota de prensa\nmartes, 3 de mayo de 2011\n\nVisita al Japón\n\n" + prose, "Visita al Japón", "2011-05-03"},
		{"Italian", "Ministero degli Affari Esteri\n\nComunicato stampa\n\nVisita in Giappone\n\nPubblicato il 3 maggio 2011\n\n" + prose, "Visita in Giappone", "2011-05-03"},
		{"Portuguese", "Ministério da Defesa\n\n3 de maio de 2011\n\nVisita ao Japão\n\n" + prose, "Visita ao Japão", "2011-05-03"},
		{"Dutch", "Ministerie van Defensie\nPersbericht\n\nBezoek aan Japan\n\n" + prose, "Bezoek aan Japan", ""},
		{"Turkish", "Dışişleri Bakanlığı\n\nBasın Açıklaması\n\n3 Mayıs 2011, Salı\n\nJaponya ziyareti\n\n" + prose, "Japonya ziyareti", "2011-05-03"},
		{"Russian", "МИНИСТЕРСТВО ОБОРОНЫ\n\nПресс-релиз\n\n3 мая 2011 г.\n\nВизит в Японию\n\n" + prose, "Визит в Японию", "2011-05-03"},
		{"Ukrainian", "Пресреліз\n\n3 травня 2011 року\n\nВізит до Японії\n\n" + prose, "Візит до Японії", "2011-05-03"},
		{"what an institution did", "Ministère de la Défense annonce une réforme\n\nUn plan\n\n" + prose, "Ministère de la Défense annonce une réforme", ""},
		{"Ministry offers", "Ministry Offers Help\n\nA plan\n\n" + prose, "Ministry Offers Help", ""},
		{"a word that begins as a label of dates does", "Database 2011\n\n" + prose, "Database 2011", ""},
		{"long line", strings.Repeat("word ", 60) + "\n\n" + prose, "file name", ""},
	} {
		doc := one(t, "file_name.txt", c.text)
		if doc.Title != c.title || doc.Published.String() != c.published {
			t.Errorf("%s: title %q published %q, want %q %q", c.name, doc.Title, doc.Published, c.title, c.published)
		}
	}
}

func TestTitleOfSeed(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(shared(t), "corpora/seed/000_3682da9770485475.txt"))
	if err != nil {
		t.Skip(err)
	}
	doc := one(t, "seed/000_3682da9770485475.txt", string(data))
	if doc.Title != "NATO cooperation with Japan" || doc.Language != "en" || !doc.Published.IsZero() {
		t.Errorf("title %q language %q published %q", doc.Title, doc.Language, doc.Published)
	}
}
