package datadir

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"rapport/corpus"
)

// LoadLedger decodes what SaveLedger kept between runs; false when nothing
// was kept. What it is, the indexer knows.
func (d *Dir) LoadLedger(into any) (bool, error) {
	return readJSON(filepath.Join(d.path, ledgerName), into)
}

// SaveLedger keeps what a run wants to remember.
func (d *Dir) SaveLedger(v any) error {
	return writeJSON(filepath.Join(d.path, ledgerName), v)
}

// The report log is shortened to keptLog bytes or less when it has grown to
// more than maxLog. Whole reports are dropped, oldest first.
const (
	keptLog = 4 << 20
	maxLog  = 8 << 20
)

// AddReport appends the report of a run to the log.
func (d *Dir) AddReport(r corpus.Report) error {
	line, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	path := filepath.Join(d.path, reportsName)
	log, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading the reports: %w", err)
	}
	if len(log) > maxLog {
		kept := log[len(log)-keptLog:]
		kept = kept[bytes.IndexByte(kept, '\n')+1:]
		return WriteFile(path, append(append(bytes.Clone(kept), line...), '\n'))
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	if len(log) > 0 && log[len(log)-1] != '\n' {
		line = append([]byte{'\n'}, line...) // the last line was cut off by a crash
	}
	_, err = f.Write(append(line, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// Reports returns up to limit reports, newest first. A line that a crash cut
// off is passed over.
func (d *Dir) Reports(limit int) ([]corpus.Report, error) {
	log, err := os.ReadFile(filepath.Join(d.path, reportsName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the reports: %w", err)
	}
	lines := bytes.Split(bytes.TrimSpace(log), []byte("\n"))
	var reports []corpus.Report
	for i := len(lines) - 1; i >= 0 && len(reports) < limit; i-- {
		var r corpus.Report
		if json.Unmarshal(lines[i], &r) == nil {
			reports = append(reports, r)
		}
	}
	return reports, nil
}
