package bleve

import (
	"errors"
	"strconv"

	index "github.com/blevesearch/bleve_index_api"
)

// CreateWithSchema makes an empty index of another layout.
func CreateWithSchema(dir string, version int) error {
	x, err := open(dir, Options{})
	if err != nil {
		return err
	}
	b := index.NewBatch()
	b.SetInternal([]byte(internalSchema), []byte(strconv.Itoa(version)))
	return errors.Join(x.store.Batch(b), x.Close())
}
