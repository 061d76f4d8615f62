package bleve

import "syscall"

// releaseMapped takes the pages of a mapped file out of the memory of the
// process. They come back when they are read. It is advice: a failure changes
// nothing.
func releaseMapped(file []byte) {
	if len(file) > 0 {
		_ = syscall.Madvise(file, syscall.MADV_DONTNEED)
	}
}
