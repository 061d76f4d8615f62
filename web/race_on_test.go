//go:build race

package web_test

// slowdown is how many times longer code takes with the race detector.
const slowdown = 10
