package bleve

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A segment of any size is compared with its checksum without being resident as
// a whole, and is what it was afterwards.
func TestChecksumsAreComparedPieceByPiece(t *testing.T) {
	content := make([]byte, 8*checksumPiece+12345)
	for i := range content {
		content[i] = byte(i >> 10)
	}
	sum := crc32.ChecksumIEEE(content[:len(content)-crc32.Size])
	name := filepath.Join(t.TempDir(), "segment")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	mapped, err := syscall.Mmap(int(f.Fd()), 0, len(content), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Munmap(mapped) }()
	before := mappedKilobytes(t)
	if err := compareChecksum(mapped, sum); err != nil {
		t.Error(err)
	}
	if more := mappedKilobytes(t) - before; more > 3*checksumPiece>>10 {
		t.Errorf("%d kB more are resident", more)
	}
	if !bytes.Equal(mapped, content) {
		t.Error("the content has changed")
	}
	if compareChecksum(mapped, sum+1) == nil || compareChecksum(mapped[:3], 0) == nil {
		t.Error("another checksum, or none, was taken to agree")
	}
}

// mappedKilobytes returns how much of mapped files is resident.
func mappedKilobytes(t *testing.T) (kilobytes int) {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("this system does not tell what is resident")
	}
	_, line, ok := bytes.Cut(status, []byte("RssFile:"))
	if _, err := fmt.Sscan(string(line), &kilobytes); !ok || err != nil {
		t.Skip("this system does not tell what of mapped files is resident")
	}
	return kilobytes
}
