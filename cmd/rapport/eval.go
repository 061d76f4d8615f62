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

// Help gives an example.
func (evalCmd) Help() string {
	return `Examples:
  rapport eval --queries queries.jsonl --qrels qrels.tsv                as people are answered
  rapport eval --queries queries.jsonl --qrels qrels.tsv --match any    as test collections are measured

Prints nDCG@10, mean average precision, mean reciprocal rank and recall of the first 100 hits, over the questions that have a
relevant document. The documents of the collection must be in the index under their own ids.

Exit status: 0 measured, 2 failed.`
}

// judged is a test collection, and how its questions are to be asked.
type judged struct {
	Queries  []search.EvalQuery `json:"queries"`
	Relevant search.Judgements  `json:"relevant"`
	Match    search.MatchMode   `json:"match"`
}

// Run measures the index.
func (c *evalCmd) Run(ctx context.Context, g *globals, std *streams) error {
	var j judged
	var err error
	if j.Match, err = search.ParseMatch(c.Match); err != nil {
		return err
	}
	if j.Queries, err = readFile(c.Queries, search.ReadQueries); err != nil {
		return err
	}
	if j.Relevant, err = readFile(c.Qrels, search.ReadJudgements); err != nil {
		return err
	}
	o, err := open(ctx, g, std)
	if err != nil {
		return err
	}
	defer o.Close()
	e, err := o.Evaluate(ctx, j)
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

// Evaluate implements owner.
func (s *store) Evaluate(ctx context.Context, j judged) (*search.Evaluation, error) {
	snapshot, err := s.engine.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer snapshot.Release()
	return search.Evaluate(ctx, snapshot, j.Queries, j.Relevant, j.Match)
}

// Evaluate implements owner.
func (r *remote) Evaluate(ctx context.Context, j judged) (*search.Evaluation, error) {
	return answered[*search.Evaluation](r.post(ctx, "/control/eval", j))
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
