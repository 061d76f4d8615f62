//go:build !linux

package bleve

// releaseMapped does nothing: other systems take the pages of mapped files
// back by themselves, and their advice has other meanings.
func releaseMapped([]byte) {}
