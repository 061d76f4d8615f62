package pages

import (
	"os"
	"testing"

	"rapport/corpus/corpustest"
)

func TestMain(m *testing.M) { os.Exit(corpustest.Run(m)) }
