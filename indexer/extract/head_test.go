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
