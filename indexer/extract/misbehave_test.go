package extract

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// misbehave does what a broken reader may do.
func misbehave(mode string) {
	switch mode {
	case "die":
		panic("something broke")
	case "hang":
		time.Sleep(time.Minute)
	case "give up and hang":
		fmt.Println(`{"Reason":"timed out","Path":"a.docx"}` + "\n" + `{"Done":true}`)
		time.Sleep(time.Minute)
	case "grow":
		grow()
	case "answer and grow":
		fmt.Printf(`{"Reason":"corrupt","Path":"x","Detail":"%d"}`+"\n", os.Getpid())
		grow()
	case "talk":
		for os.Stdout.WriteString(`{"Document":{"body":"`); ; {
			os.Stdout.WriteString(strings.Repeat("x", 1<<20))
		}
	case "boast":
		os.Stdout.WriteString(`{"Document":{},"Behind":1000000000000}` + "\n")
		time.Sleep(time.Minute)
	case "escape":
		escape()
	}
}

// grow takes a gigabyte, bit by bit.
func grow() {
	for hoard := [][]byte{}; len(hoard) < 128; time.Sleep(time.Millisecond) {
		b := make([]byte, 8<<20)
		for i := range b {
			b[i] = 1
		}
		hoard = append(hoard, b)
	}
	time.Sleep(time.Minute)
}

// escape answers with what a worker could do that it should not.
func escape() {
	var did []string
	if limitWorker() != nil {
		did = append(did, "no limits")
	}
	if os.WriteFile(filepath.Join(os.TempDir(), "rapport-worker-escaped"), []byte("x"), 0o600) == nil {
		did = append(did, "wrote a file")
	}
	if os.Remove(os.Getenv(victimVariable)) == nil {
		did = append(did, "removed a file")
	}
	for _, network := range []string{"tcp", "udp", "unix"} {
		conn, err := net.Dial(network, os.Getenv(workerVariable+"_"+network))
		if err == nil {
			_, err = conn.Write([]byte("secret"))
		}
		if err == nil || !errors.Is(err, syscall.EPERM) {
			did = append(did, fmt.Sprintf("reached for the network by %s: %v", network, err))
		}
	}
	if out, err := exec.Command("/bin/true").CombinedOutput(); err == nil || !errors.Is(err, syscall.EPERM) {
		did = append(did, fmt.Sprintf("started a program: %s %v", out, err))
	}
	os.Stdout.WriteString(`{"Reason":"corrupt","Path":"x","Detail":"` + strings.Join(did, ", ") + `."}` + "\n" + `{"Done":true}` + "\n")
	time.Sleep(time.Minute)
}
