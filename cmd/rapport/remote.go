package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"rapport/corpus"
	"rapport/indexer/datadir"
)

// remote is the server that owns the data directory, reached through its
// control socket.
type remote struct{ client *http.Client }

// dialRemote returns the server behind the socket, or an error when nobody
// listens there.
func dialRemote(ctx context.Context, socket string) (*remote, error) {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		d := net.Dialer{Timeout: time.Second}
		return d.DialContext(ctx, "unix", socket)
	}
	conn, err := dial(ctx, "", "")
	if err != nil {
		return nil, err
	}
	conn.Close()
	return &remote{&http.Client{Transport: &http.Transport{DialContext: dial}}}, nil
}

// controlLine is one line of the answer of a control route: progress while
// the run is under way, then a report or an error.
type controlLine struct {
	Progress *progress      `json:"progress,omitempty"`
	Report   *corpus.Report `json:"report,omitempty"`
	Error    string         `json:"error,omitempty"`
}

// Index implements owner.
func (r *remote) Index(ctx context.Context, job indexJob, report func(progress)) (corpus.Report, error) {
	return r.run(ctx, "/control/index", job, report)
}

// Forget implements owner.
func (r *remote) Forget(ctx context.Context, source string) (corpus.Report, error) {
	return r.run(ctx, "/control/forget", source, nil)
}

func (r *remote) run(ctx context.Context, path string, job any, report func(progress)) (corpus.Report, error) {
	resp, err := r.post(ctx, path, job)
	if err != nil {
		return corpus.Report{}, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return corpus.Report{}, refusal(resp)
	}
	for lines := json.NewDecoder(resp.Body); ; {
		var line controlLine
		err := lines.Decode(&line)
		switch {
		case errors.Is(err, io.EOF):
			return corpus.Report{}, errors.New("the server ended before the run did; run the command again to go on")
		case err != nil:
			return corpus.Report{}, fmt.Errorf("reading the server's answer: %w; run the command again to go on", err)
		case line.Error != "" && line.Report != nil:
			return *line.Report, errors.New(line.Error)
		case line.Error != "":
			return corpus.Report{}, errors.New(line.Error)
		case line.Report != nil:
			return *line.Report, nil
		case line.Progress != nil && report != nil:
			report(*line.Progress)
		}
	}
}

// Verify implements owner.
func (r *remote) Verify(ctx context.Context, full bool) (datadir.Check, error) {
	return answered[datadir.Check](r.post(ctx, "/control/verify", full))
}

// answered decodes the answer of a control route.
func answered[T any](resp *http.Response, err error) (T, error) {
	var answer T
	if err != nil {
		return answer, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return answer, refusal(resp)
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return answer, fmt.Errorf("reading the server's answer: %w", err)
	}
	return answer, nil
}

// refusal returns what the server says instead of an answer.
func refusal(resp *http.Response) error {
	said, err := io.ReadAll(io.LimitReader(resp.Body, 4<<10))
	if err != nil {
		return fmt.Errorf("the server answered %s, and why cannot be read: %w", resp.Status, err)
	}
	return fmt.Errorf("the server answered %s: %s", resp.Status, bytes.TrimSpace(said))
}

// post sends a job to a control route.
func (r *remote) post(ctx context.Context, path string, job any) (*http.Response, error) {
	body, err := json.Marshal(job)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://rapport"+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	resp, err := r.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("asking the server: %w", err)
	}
	return resp, nil
}

// Transport implements owner.
func (r *remote) Transport() http.RoundTripper { return r.client.Transport }

// Close implements owner.
func (r *remote) Close() error {
	r.client.CloseIdleConnections()
	return nil
}
