package search

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"rapport/corpus"
)

// Evaluation says how well an index ranks documents for questions whose
// relevant documents are known: means over all questions that have some.
type Evaluation struct {
	Queries int       `json:"queries"`
	Match   MatchMode `json:"match"`
	// NDCG is the normalised discounted cumulative gain of the first ten hits,
	// with the judgements as gains and log2(rank+1) as discount.
	NDCG float64 `json:"ndcg@10"`
	// MAP is the mean average precision and MRR the mean reciprocal rank of
	// the first relevant document, both of the first 100 hits. Recall is the
	// part of the relevant documents among these.
	MAP    float64 `json:"map"`
	MRR    float64 `json:"mrr"`
	Recall float64 `json:"recall@100"`
}

// The numbers of hits that are looked at.
const (
	evalGain  = 10
	evalDepth = MaxLimit
)

// EvalQuery is a question of a test collection.
type EvalQuery struct {
	ID   string `json:"_id"`
	Text string `json:"text"`
}

// Judgements says, for each question by ID, how relevant documents are: 0 is
// not at all.
type Judgements map[string]map[corpus.ID]int

// Evaluate asks the questions that have relevant documents, in the match mode
// given, and measures the answers.
func Evaluate(ctx context.Context, s Snapshot, queries []EvalQuery, relevant Judgements, mode MatchMode) (*Evaluation, error) {
	e := &Evaluation{Match: mode}
	for _, q := range queries {
		judged := relevant[q.ID]
		if !anyRelevant(judged) {
			continue
		}
		result, err := Ask(ctx, s, Request{Text: q.Text, Match: mode, Sort: ByRelevance, Collapse: CollapseNone, Limit: evalDepth})
		if err != nil {
			return nil, fmt.Errorf("query %s: %w", q.ID, err)
		}
		ranked := make([]corpus.ID, len(result.Hits))
		for i, h := range result.Hits {
			ranked[i] = h.Document.ID
		}
		e.add(ranked, judged)
	}
	if e.Queries == 0 {
		return nil, fmt.Errorf("none of the %d queries has a relevant document", len(queries))
	}
	n := float64(e.Queries)
	e.NDCG, e.MAP, e.MRR, e.Recall = e.NDCG/n, e.MAP/n, e.MRR/n, e.Recall/n
	return e, nil
}

// add adds the measures of one ranking to the sums.
func (e *Evaluation) add(ranked []corpus.ID, judged map[corpus.ID]int) {
	e.Queries++
	var gains []int
	for _, g := range judged {
		if g > 0 {
			gains = append(gains, g)
		}
	}
	hits, precision, gain := 0, 0.0, 0.0
	for i, id := range ranked[:min(len(ranked), evalDepth)] {
		g := judged[id]
		if g <= 0 {
			continue
		}
		hits++
		precision += float64(hits) / float64(i+1)
		if hits == 1 {
			e.MRR += 1 / float64(i+1)
		}
		if i < evalGain {
			gain += float64(g) / math.Log2(float64(i+2))
		}
	}
	e.NDCG += gain / bestGain(gains)
	e.MAP += precision / float64(len(gains))
	e.Recall += float64(hits) / float64(len(gains))
}

// ReadQueries reads questions in the layout of the BEIR benchmark: a JSON
// object with _id and text on each line.
func ReadQueries(r io.Reader) ([]EvalQuery, error) {
	var list []EvalQuery
	err := eachLine(r, func(n int, line []byte) error {
		var q EvalQuery
		if err := json.Unmarshal(line, &q); err != nil {
			return fmt.Errorf("queries, line %d: %w", n, err)
		}
		if q.ID == "" {
			return fmt.Errorf("queries, line %d: no _id", n)
		}
		list = append(list, q)
		return nil
	})
	return list, err
}

// ReadJudgements reads judgements in the layout of the BEIR benchmark: lines
// of query, document and score with tabs between them, after a heading.
func ReadJudgements(r io.Reader) (Judgements, error) {
	j := Judgements{}
	err := eachLine(r, func(n int, line []byte) error {
		fields := strings.Fields(string(line))
		if len(fields) == 4 { // the older layout of TREC has a second column that means nothing
			fields = append(fields[:1], fields[2:]...)
		}
		if len(fields) != 3 {
			return fmt.Errorf("judgements, line %d: want query, document and score with tabs between them", n)
		}
		score, err := strconv.Atoi(fields[2])
		switch {
		case err != nil && n == 1:
			return nil // heading
		case err != nil:
			return fmt.Errorf("judgements, line %d: score %q is not a whole number", n, fields[2])
		}
		if j[fields[0]] == nil {
			j[fields[0]] = map[corpus.ID]int{}
		}
		j[fields[0]][corpus.ID(fields[1])] = score
		return nil
	})
	return j, err
}

// eachLine calls f with the number and text of every line that is not blank.
func eachLine(r io.Reader, f func(n int, line []byte) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		if line := bytes.TrimSpace(lines.Bytes()); len(line) > 0 {
			if err := f(n, line); err != nil {
				return err
			}
		}
	}
	return lines.Err()
}
