package extract

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func TestEncodings(t *testing.T) {
	french := strings.Repeat("Le ministre a été reçu à l’occasion d’une cérémonie. Où êtes-vous ? ", 4)
	russian := strings.Repeat("Министр встретился с делегацией в столице на этой неделе. ", 4)
	japan := strings.Repeat("日本は重要なパートナーです。両国は協力を続けています。", 4)
	chinese := strings.Repeat("外交部长本周在首都会见了代表团，双方同意继续合作。", 4)
	for _, c := range []struct {
		name string
		enc  encoding.Encoding
		text string
	}{
		{"UTF-8 with BOM", unicode.UTF8BOM, french},
		{"UTF-16 little endian with BOM", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), russian},
		{"UTF-16 big endian with BOM", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), japan},
		{"UTF-16 little endian without BOM", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), french},
		{"UTF-16 big endian without BOM", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), french},
		{"UTF-32", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), french},
		{"windows-1252", charmap.Windows1252, french},
		{"windows-1251", charmap.Windows1251, russian},
		{"KOI8-R", charmap.KOI8R, russian},
		{"Shift JIS", japanese.ShiftJIS, japan},
		{"EUC-JP", japanese.EUCJP, japan},
		{"GB18030", simplifiedchinese.GB18030, chinese},
	} {
		data, err := c.enc.NewEncoder().String(c.text)
		if err != nil {
			t.Fatal(c.name, err)
		}
		if doc := one(t, "a.txt", data); doc.Body != strings.TrimSpace(c.text) {
			t.Errorf("%s: body %.80q", c.name, doc.Body)
		}
	}
}

// What nobody declares is read in the encoding that gives the letters of its
// language, where an alphabet alone does not tell.
func TestEncodingsToldByLanguage(t *testing.T) {
	latin := map[string]string{
		"cs": "Delegace navštívila sídlo a jednala o spolupráci. Obě strany se dohodly, že v jednáních budou příští rok pokračovat, řekl ministr.",
		"de": "Die Bundeswehr räumte im Mai größere Flächen von Minen. Der Minister äußerte sich zufrieden über die Zusammenarbeit mit den Partnern.",
		"el": "Η ελληνική αντιπροσωπεία επισκέφθηκε την έδρα και συζήτησε για τη συνεργασία. Οι δύο πλευρές συμφώνησαν να συνεχίσουν.",
		"fr": "Le ministère a versé cinq millions au fonds. Les délégués étaient réunis à Bruxelles pour évoquer la coopération, déminage compris.",
		"he": "המשלחת ביקרה במטה ודנה בשאלות של שיתוף פעולה. שני הצדדים הסכימו להמשיך בשיחות בשנה הבאה.",
		"hu": "A küldöttség meglátogatta a központot, és az együttműködésről tárgyalt. A két fél megállapodott, hogy jövőre folytatják a tárgyalásokat.",
		"pl": "Delegacja odwiedziła siedzibę i rozmawiała o współpracy. Obie strony zgodziły się kontynuować rozmowy w przyszłym roku.",
		"tr": "Türkiye heyeti karargâhı ziyaret etti ve işbirliği konularını görüştü. İki taraf görüşmelerin sürdürülmesi konusunda anlaştı.",
		"uk": "Міністерство оборони оголосило про початок спільних навчань з партнерами. У навчаннях беруть участь понад три тисячі військових.",
		"ru": "Министерство обороны объявило о начале совместных учений с партнёрами. В учениях участвуют более трёх тысяч военных.",
		"ar": "زار الوفد المقر وناقش مسائل التعاون واتفق الطرفان على مواصلة المحادثات في العام المقبل وتوسيع التعاون في مجال إزالة الألغام.",
		"en": "The café was a naïve choice, à la carte or not, and the words of the minister were few. It was agreed to meet again in the coming year.",
	}
	for _, c := range []struct {
		language string
		encs     []*charmap.Charmap
	}{
		{"cs", []*charmap.Charmap{charmap.Windows1250, charmap.ISO8859_2, charmap.CodePage852}}, {"de", []*charmap.Charmap{charmap.Windows1252, charmap.CodePage437, charmap.CodePage850}},
		{"el", []*charmap.Charmap{charmap.Windows1253, charmap.ISO8859_7}}, {"fr", []*charmap.Charmap{charmap.Windows1252, charmap.CodePage850, charmap.Macintosh}},
		{"he", []*charmap.Charmap{charmap.Windows1255, charmap.ISO8859_8}}, {"hu", []*charmap.Charmap{charmap.Windows1250, charmap.ISO8859_2}},
		{"pl", []*charmap.Charmap{charmap.Windows1250, charmap.ISO8859_2, charmap.CodePage852}}, {"tr", []*charmap.Charmap{charmap.Windows1254, charmap.ISO8859_9}},
		{"uk", []*charmap.Charmap{charmap.Windows1251, charmap.KOI8U}}, {"ru", []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.ISO8859_5, charmap.CodePage866, charmap.MacintoshCyrillic}},
		{"ar", []*charmap.Charmap{charmap.Windows1256, charmap.ISO8859_6}}, {"en", []*charmap.Charmap{charmap.Windows1252}},
	} {
		for _, enc := range c.encs {
			data, err := enc.NewEncoder().String(latin[c.language])
			if err != nil {
				t.Fatal(c.language, enc, err)
			}
			if doc := one(t, "a.txt", data); doc.Body != latin[c.language] {
				t.Errorf("%s in %s: body %.90q", c.language, enc, doc.Body)
			}
		}
	}
}

// Short texts and names, of which no language can be told.
func TestEncodingsOfShortTexts(t *testing.T) {
	for text, enc := range map[string]encoding.Encoding{
		"Générale, société et bébé": charmap.Windows1252, "He said “windows” – and meant it.": charmap.Windows1252, "Preis: 5 €": charmap.Windows1252, "Übergröße": charmap.Windows1252,
		"あいうえお\nかきくけこ": japanese.ShiftJIS, "文章1.txt": japanese.ShiftJIS, "ありがとう": japanese.EUCJP, "안녕하세요": korean.EUCKR, "Привет": charmap.Windows1251,
	} {
		data, err := enc.NewEncoder().String(text)
		if err != nil {
			t.Fatal(text, err)
		}
		if got, err := decode([]byte(data), ""); err != nil || got != text {
			t.Errorf("%q is read as %q, %v", text, got, err)
		}
	}
}

// Mail from Japan changes between sets of signs in seven bits.
func TestMailFromJapan(t *testing.T) {
	for _, declared := range []string{"iso-2022-jp", "us-ascii"} {
		doc := one(t, "a.eml", "From: a@b\r\nSubject: S\r\nContent-Type: text/plain; charset="+declared+"\r\n\r\n\x1b$BF|K\\\x1b(B\r\n")
		if !strings.HasSuffix(doc.Body, "\n\n日本") {
			t.Errorf("%s: body %q", declared, doc.Body)
		}
	}
}

func TestDeclaredEncoding(t *testing.T) {
	text, _ := charmap.ISO8859_2.NewEncoder().String("Żółć i źdźbło")
	doc := one(t, "a.html", `<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"></head><body>`+text)
	if doc.Body != "Żółć i źdźbło" {
		t.Errorf("body %q", doc.Body)
	}
	doc = one(t, "a.html", `<html><head><meta charset="iso-8859-1"></head><body>Это UTF-8, whatever it says`)
	if doc.Body != "Это UTF-8, whatever it says" {
		t.Errorf("body %q", doc.Body)
	}
	utf16, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("<html><body><p>wide words</p>")
	if doc = one(t, "a.bin", utf16); doc.Body != "wide words" || doc.Format != "html" {
		t.Errorf("body %q format %q", doc.Body, doc.Format)
	}
}

func TestDamagedUTF8IsStillUTF8(t *testing.T) {
	if doc := one(t, "a.txt", strings.Repeat("Übergröße ", 20)+"x\xffy\x00z"); !strings.HasSuffix(doc.Body, "Übergröße x\uFFFDyz") {
		t.Errorf("body %q", doc.Body)
	}
}
