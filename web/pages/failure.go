package pages

// Failure is what went wrong, for the page that says so.
type Failure struct {
	Status  int
	Title   string
	Detail  string
	Request string // id of the request, for the operator's log
}

// Failed returns the page of an error.
func Failed(f Failure) *View {
	return &View{Template: "failure", Status: f.Status, Title: f.Title, Skips: []Link{{"#main", "Skip to content"}}, Body: f}
}
