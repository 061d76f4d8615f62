package extract

import (
	"strings"
	"testing"
)

// TestDetectLanguage tells the language of a sentence or two, and of a long
// text, in the languages that are analysed and some that are not.
func TestDetectLanguage(t *testing.T) {
	for code, text := range map[string]string{
		"en": "The ministers met in Brussels to discuss the training of officers and the clearance of mines.",
		"fr": "Les ministres se sont réunis à Bruxelles pour discuter de la formation des officiers et du déminage.",
		"de": "Die Minister trafen sich in Brüssel, um über die Ausbildung der Offiziere und die Räumung von Minen zu sprechen.",
		"es": "Los ministros se reunieron en Bruselas para hablar de la formación de los oficiales y del desminado.",
		"ru": "Министры встретились в Брюсселе, чтобы обсудить подготовку офицеров и разминирование. Они договорились, что партнёрство будет продлено и что учения будут проводиться каждый год в регионе.",
		"uk": "Міністри зустрілися у Брюсселі, щоб обговорити підготовку офіцерів та розмінування.",
		"it": "I ministri si sono riuniti a Bruxelles per discutere della formazione degli ufficiali e dello sminamento.",
		"tr": "Bakanlar subayların eğitimini ve mayınların temizlenmesini görüşmek üzere Brüksel'de bir araya geldi.",
		"ja": "大臣たちはブリュッセルで会合し、将校の訓練と地雷除去について話し合った。",
		"zh": "部长们在布鲁塞尔会晤，讨论军官培训和排雷问题。他们同意延长伙伴关系，并每年在该地区举行演习。",
		"ko": "장관들은 브뤼셀에서 만나 장교 훈련과 지뢰 제거에 대해 논의했다.",
		"ar": "اجتمع الوزراء في بروكسل لمناقشة تدريب الضباط وإزالة الألغام.",
		"he": "השרים נפגשו בבריסל כדי לדון בהכשרת קצינים ובפינוי מוקשים.",
	} {
		for _, n := range []int{1, 2, 200} {
			if got := detectLanguage(strings.Repeat(text+" ", n)); got != code {
				t.Errorf("%d times %q is in %q", n, text, got)
			}
		}
	}
	for _, text := range []string{"", "Brussels", "Les ministres se sont", "Міністри зустрілися", "12 345 678 ... 90 " + strings.Repeat("1 ", 500)} {
		if got := detectLanguage(text); got != "" {
			t.Errorf("%.30q, too short to tell, is in %q", text, got)
		}
	}
}
