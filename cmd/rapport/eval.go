package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"

	"rapport/search"
)

// evalCmd is rapport eval.
type evalCmd struct {
	Queries string `help:"Questions: JSON Lines with _id and text (BEIR layout)." required:"" type:"existingfile" placeholder:"Q.jsonl"`
	Qrels   string `help:"Judgements: tab-separated query, document, relevance (BEIR layout)." required:"" type:"existingfile" placeholder:"R.tsv"`
	Match   string `help:"Match mode: auto, all or any." default:"auto"`
}

// Run measures the index that this process can open.
func (c *evalCmd) Run(ctx context.Context, g *globals, std *streams) error {
	mode, err := search.ParseMatch(c.Match)
	if err != nil {
		return err
	}
	queries, err := readFile(c.Queries, search.ReadQueries)
	if err != nil {
		return err
	}
	judgements, err := readFile(c.Qrels, search.ReadJudgements)
	if err != nil {
		return err
	}
	s, err := openStore(ctx, g.Data)
	if err != nil {
		return err
	}
	defer s.Close()
	snapshot, err := s.engine.Acquire(ctx)
	if err != nil {
		return err
	}
	defer snapshot.Release()
	e, err := search.Evaluate(ctx, snapshot, queries, judgements, mode)
	if err != nil {
		return err
	}
	if g.JSON {
		return printJSON(std.out, e)
	}
	fmt.Fprintf(std.out, "queries     %d\nmatch       %s\nnDCG@10     %.4f\nMAP         %.4f\nMRR         %.4f\nrecall@100  %.4f\n",
		e.Queries, e.Match, e.NDCG, e.MAP, e.MRR, e.Recall)
	return nil
}

// readFile reads a file, compressed by gzip or not, with a reader of its format.
func readFile[T any](path string, read func(io.Reader) (T, error)) (T, error) {
	var none T
	f, err := os.Open(path)
	if err != nil {
		return none, err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	var r io.Reader = in
	if magic, err := in.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		if r, err = gzip.NewReader(in); err != nil {
			return none, fmt.Errorf("%s: %w", path, err)
		}
	}
	v, err := read(r)
	if err != nil {
		return none, fmt.Errorf("%s: %w", path, err)
	}
	return v, nil
}
