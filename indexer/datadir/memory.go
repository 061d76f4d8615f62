package datadir

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"rapport/corpus"
)

// LoadLedger decodes what SaveLedger kept between runs; false when nothing
// was kept. What it is, the indexer knows.
func (d *Dir) LoadLedger(into any) (bool, error) {
	return readJSON(filepath.Join(d.path, ledgerName), into)
}

// SaveLedger keeps what a run wants to remember.
func (d *Dir) SaveLedger(v any) error {
	if err := d.Here(); err != nil {
		return err
	}
	return writeJSON(filepath.Join(d.path, ledgerName), v)
}

// The report log is shortened to keptLog bytes or less when it has grown to
// more than maxLog. Whole reports are dropped, oldest first.
const (
	keptLog = 4 << 20
	maxLog  = 8 << 20
)

// AddReport appends the report of a run to the log. Lines that cannot be read
// are dropped, and the report says so.
func (d *Dir) AddReport(r corpus.Report) error {
	if err := d.Here(); err != nil {
		return err
	}
	path := filepath.Join(d.path, reportsName)
	log, err := d.reportLog()
	if err != nil {
		return err
	}
	kept, lost := readableReports(log)
	if len(lost) > 0 {
		r.Warnings = append(slices.Clone(r.Warnings), fmt.Sprintf("%d reports of former runs cannot be read any more and are dropped", len(lost)))
	}
	line, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	if len(log) > maxLog {
		kept = kept[max(0, len(kept)-keptLog):]
		kept = kept[bytes.IndexByte(kept, '\n')+1:]
	}
	if !bytes.Equal(kept, log) {
		return WriteFile(path, append(append(kept, line...), '\n'))
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	_, err = f.Write(append(line, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// DamagedReports names the lines of the log that cannot be read. A last line
// that a crash cut off is none of them.
func (d *Dir) DamagedReports() ([]Damage, error) {
	log, err := d.reportLog()
	if err != nil {
		return nil, err
	}
	var damage []Damage
	_, lost := readableReports(log)
	for _, n := range lost {
		damage = append(damage, Damage{reportsName, fmt.Sprintf("line %d cannot be read; the next run drops it", n)})
	}
	return damage, nil
}

// reportLog reads the log, which may not be there.
func (d *Dir) reportLog() ([]byte, error) {
	log, err := os.ReadFile(filepath.Join(d.path, reportsName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading the reports: %w", err)
	}
	return log, nil
}

// readableReports returns the lines of a log that can be read, and the numbers
// of the others but for a last one that was cut off.
func readableReports(log []byte) (kept []byte, lost []int) {
	n := 0
	for line := range bytes.Lines(log) {
		n++
		var r corpus.Report
		switch whole := line[len(line)-1] == '\n'; {
		case json.Unmarshal(line, &r) == nil:
			kept = append(append(kept, bytes.TrimSuffix(line, []byte{'\n'})...), '\n')
		case whole:
			lost = append(lost, n)
		}
	}
	return kept, lost
}

// Reports returns up to limit reports, newest first. Lines that cannot be read
// are passed over; DamagedReports names them.
func (d *Dir) Reports(limit int) ([]corpus.Report, error) {
	log, err := d.reportLog()
	if err != nil {
		return nil, err
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
