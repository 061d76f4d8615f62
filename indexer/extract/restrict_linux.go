package extract

import (
	"fmt"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"

	"github.com/elastic/go-seccomp-bpf"
	"golang.org/x/sys/unix"
)

// limitWorker gives up, for the rest of this process, what a worker does not
// need: writing to files, core files, many files at a time, and, where the
// system can filter system calls, the network and other processes.
func limitWorker() error {
	for resource, limit := range map[int]uint64{unix.RLIMIT_FSIZE: 0, unix.RLIMIT_CORE: 0, unix.RLIMIT_NOFILE: 64} {
		if err := unix.Setrlimit(resource, &unix.Rlimit{Cur: limit, Max: limit}); err != nil {
			return fmt.Errorf("limiting a worker: %w", err)
		}
	}
	if !hasFilter() {
		return nil
	}
	err := seccomp.LoadFilter(seccomp.Filter{
		NoNewPrivs: true, Flag: seccomp.FilterFlagTSync,
		Policy: seccomp.Policy{DefaultAction: seccomp.ActionAllow, Syscalls: []seccomp.SyscallGroup{{Names: forbiddenCalls, Action: seccomp.ActionErrno}}},
	})
	if err != nil {
		return fmt.Errorf("filtering the system calls of a worker: %w", err)
	}
	return nil
}

// forbiddenCalls are the system calls that a worker has no use for and that
// lead out of it: to the network and other processes, to another program, to
// the memory of others. io_uring could do the same unseen by a filter.
var forbiddenCalls = []string{
	"socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "io_uring_setup",
	"execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev",
	"bpf", "perf_event_open", "userfaultfd", "mount", "unshare", "setns",
}

// hasFilter reports whether this system can filter system calls.
func hasFilter() bool {
	return (runtime.GOARCH == "amd64" || runtime.GOARCH == "arm64") && seccomp.Supported()
}

// Unconfined says what a worker could do on this system that it should not be
// able to; it is empty where all restrictions are to be had.
func Unconfined() []string {
	var can []string
	version := landlockVersion()
	if version == 0 {
		can = append(can, "rename and remove files (the kernel has no Landlock)")
	}
	if !hasFilter() {
		can = append(can, "use the network (the kernel has no seccomp filters)")
	}
	return can
}

// landlockVersion returns the version of the kernel's interface, 0 for none.
func landlockVersion() int {
	version, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return 0
	}
	return int(version)
}

// ownGroup makes a process the first of a group, so that what it starts is
// ended with it.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// limitFiles limits the size of the files that a process writes. One that has
// ended already needs no limit.
func limitFiles(pid int, bytes int64) {
	limit := unix.Rlimit{Cur: uint64(bytes), Max: uint64(bytes)}
	_ = unix.Prlimit(pid, unix.RLIMIT_FSIZE, &limit, nil)
}

// startRestricted starts a process that cannot gain privileges and, where the
// kernel has Landlock, cannot change files or (from version 4 of its interface
// on) use TCP. A process inherits the restrictions of the thread that starts
// it, so a thread is restricted, starts the process, and ends.
func startRestricted(cmd *exec.Cmd) error {
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
		err := restrictThread()
		if err == nil {
			err = cmd.Start()
		}
		done <- err
	}()
	return <-done
}

// landlockReading are the rights on files that a worker keeps.
const landlockReading = unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_READ_DIR | unix.LANDLOCK_ACCESS_FS_EXECUTE

// restrictThread restricts the calling thread. A kernel without Landlock is no
// error; the worker's own limits hold there.
func restrictThread() error {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("giving up new privileges: %w", err)
	}
	version := landlockVersion()
	if version == 0 {
		return nil
	}
	governed := unix.LandlockRulesetAttr{Handled_access_fs: 1<<13 - 1} // all rights of version 1
	size := unsafe.Sizeof(governed.Handled_access_fs)
	if version >= 4 {
		governed.Handled_access_net = unix.LANDLOCK_ACCESS_NET_BIND_TCP | unix.LANDLOCK_ACCESS_NET_CONNECT_TCP
		size += unsafe.Sizeof(governed.Handled_access_net)
	}
	rules, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&governed)), size, 0)
	if errno != 0 {
		return fmt.Errorf("landlock: %w", errno)
	}
	defer unix.Close(int(rules))
	root, err := unix.Open("/", unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("landlock: %w", err)
	}
	defer unix.Close(root)
	rule := unix.LandlockPathBeneathAttr{Allowed_access: landlockReading, Parent_fd: int32(root)}
	if _, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, rules, unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&rule)), 0, 0, 0); errno != 0 {
		return fmt.Errorf("landlock: %w", errno)
	}
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, rules, 0, 0); errno != 0 {
		return fmt.Errorf("landlock: %w", errno)
	}
	return nil
}
