package extract

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"rapport/corpus"
)

// squeezedZSTD compresses each record on its own, as web archives are.
func squeezedZSTD(t testing.TB, records ...string) string {
	t.Helper()
	var b bytes.Buffer
	for _, r := range records {
		w, err := zstd.NewWriter(&b)
		if err == nil {
			_, err = w.Write([]byte(r))
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestZSTD(t *testing.T) {
	plain := captures(false)
	want := accounts(t, "x.warc", plain)
	if got := accounts(t, "x.warc.zst", squeezedZSTD(t, plain[:len(plain)/2], plain[len(plain)/2:])); got != strings.ReplaceAll(want, "x.warc!", "x.warc.zst!") {
		t.Errorf("web archive:\ngot  %s\nwant %s", got, want)
	}
	if got := accounts(t, "x.txt.zst", squeezedZSTD(t, "plain words")); got != "x.txt.zst!x.txt=plain words" {
		t.Error(got)
	}
	if got := accounts(t, "x.tar.zst", squeezedZSTD(t, tarred(t, "a.txt", "words"))); got != "x.tar.zst!a.txt=words" {
		t.Error(got)
	}
}

func TestDamagedZSTD(t *testing.T) {
	whole := squeezedZSTD(t, captures(false))
	for name, data := range map[string]string{
		"cut off": whole[:len(whole)/2], "not what it says": whole[:4] + strings.Repeat("x", 100),
		"cut off in the dictionary": "\x5d\x2a\x4d\x18\xff\xff\xff\x7fxx",
		"a dictionary that is none": "\x5d\x2a\x4d\x18\x04\x00\x00\x00abcd" + whole,
	} {
		if got := accounts(t, "x.warc.zst", data); !strings.Contains(got, "corrupt") && !strings.Contains(got, "x.warc.zst!") {
			t.Errorf("%s: %q", name, got)
		}
	}
	// A gigabyte of spaces stops at the limit.
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	spaces := bytes.Repeat([]byte(" "), 1<<20)
	for range 600 {
		if _, err := w.Write(spaces); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got := reason(t, "x.txt.zst", b.String(), Options{}); got != corpus.SkipTooLarge {
		t.Errorf("a bomb of %d bytes is %s", b.Len(), got)
	}
}

// A dictionary stands before the frames in a frame of its own.
func TestZSTDWithDictionary(t *testing.T) {
	dictionary, err := zstd.BuildDict(zstd.BuildDictOptions{
		ID: 7, Contents: [][]byte{[]byte(captures(false)), []byte(strings.Repeat(captures(false), 3))},
		History: []byte(strings.Repeat("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: text/html words in a page ", 40)), Offsets: [3]int{1, 4, 8},
	})
	if err != nil {
		t.Fatal(err)
	}
	var frames bytes.Buffer
	w, err := zstd.NewWriter(&frames, zstd.WithEncoderDict(dictionary))
	if err == nil {
		_, err = w.Write([]byte(captures(false)))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(accounts(t, "x.warc", captures(false)), "x.warc!", "x.warc.zst!")
	for name, held := range map[string]string{"plain": string(dictionary), "compressed": squeezedZSTD(t, string(dictionary))} {
		head := binary.LittleEndian.AppendUint32([]byte("\x5d\x2a\x4d\x18"), uint32(len(held)))
		if got := accounts(t, "x.warc.zst", string(head)+held+frames.String()); got != want {
			t.Errorf("%s dictionary:\ngot  %s\nwant %s", name, got, want)
		}
	}
}

func FuzzZSTD(f *testing.F) {
	fuzzReader(f, "a.warc.zst", "", squeezedZSTD(f, captures(false)), "\x5d\x2a\x4d\x18\x04\x00\x00\x00abcd")
}
