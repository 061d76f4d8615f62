package corpus

// Repeats reports whether a fact that a rule found says what a person stated in
// another: both quote words of one document that overlap, and give the same sum
// or the same number of the same unit, or, without either, are of one kind.
func (f *Fact) Repeats(stated *Fact) bool {
	a, b := &f.Evidence, &stated.Evidence
	if f.Extracted == "" || stated.Extracted != "" || a.Document != b.Document || a.Offset >= b.End || b.Offset >= a.End {
		return false
	}
	switch {
	case f.Amount != nil:
		return stated.Amount != nil && f.Amount.Currency == stated.Amount.Currency && f.Amount.Value.Equal(stated.Amount.Value)
	case f.Quantity != nil:
		return stated.Quantity != nil && f.Quantity.Unit == stated.Quantity.Unit && f.Quantity.Value.Equal(stated.Quantity.Value)
	}
	return f.Kind == stated.Kind
}

// Repeated returns, by the id of each fact that a rule found and that repeats
// what a person stated, the id of the fact that it repeats.
func Repeated(found, stated []Fact) map[string]string {
	repeats := map[string]string{}
	for i := range found {
		for k := range stated {
			if found[i].Repeats(&stated[k]) {
				repeats[found[i].ID] = stated[k].ID
				break
			}
		}
	}
	return repeats
}
