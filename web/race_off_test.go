//go:build !race

package web_test

// slowdown is how many times longer code takes: not at all.
const slowdown = 1
