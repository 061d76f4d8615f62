package extract

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
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
