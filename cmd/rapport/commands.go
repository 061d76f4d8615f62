package main

import (
	kongcompletion "github.com/jotaen/kong-completion"
	"github.com/posener/complete"

	"rapport/corpus/rules"
)

// commands are the verbs.
type commands struct {
	globals

	Serve      serveCmd                  `cmd:"" help:"Serve pages and API; without data, the sample corpus."`
	Index      indexCmd                  `cmd:"" aliases:"reindex" help:"Make the index agree with sources."`
	Forget     forgetCmd                 `cmd:"" help:"Remove a source and what only it holds."`
	Search     searchCmd                 `cmd:"" help:"Search documents."`
	Facts      factsCmd                  `cmd:"" help:"Search facts."`
	Matrix     matrixCmd                 `cmd:"" help:"Cross two facets, over a question."`
	Check      checkCmd                  `cmd:"" help:"Check taxonomy and facts; list facts whose evidence is stale."`
	Eval       evalCmd                   `cmd:"" help:"Measure the ranking against judged questions."`
	Bench      benchCmd                  `cmd:"" help:"Measure indexing and searching on a synthetic corpus, or on yours."`
	Status     statusCmd                 `cmd:"" help:"Say what is in the index, and what was left out."`
	Report     reportCmd                 `cmd:"" help:"Say what the last runs of the indexer did, and which counts moved."`
	Verify     verifyCmd                 `cmd:"" help:"Check the integrity of the data directory."`
	Backup     backupCmd                 `cmd:"" help:"Write a copy of the index to a file, also while it is in use."`
	Restore    restoreCmd                `cmd:"" help:"Put a verified backup in the place of the index."`
	Config     configCmd                 `cmd:"" help:"Print the settings, and where each comes from."`
	Worker     workerCmd                 `cmd:"" hidden:""`
	Completion kongcompletion.Completion `cmd:"" help:"Set up completion of commands in your shell."`
}

// completions are the values that a shell offers for flags whose tag names
// them.
func completions() []kongcompletion.Option {
	kinds := []string{defaultKinds, allKinds}
	for _, kind := range rules.Kinds() {
		kinds = append(kinds, string(kind))
	}
	return []kongcompletion.Option{
		kongcompletion.WithPredictor("sort", complete.PredictSet("relevance", "newest", "oldest", "title")),
		kongcompletion.WithPredictor("match", complete.PredictSet("auto", "all", "any")),
		kongcompletion.WithPredictor("collapse", complete.PredictSet("same", "near", "none")),
		kongcompletion.WithPredictor("rules", complete.PredictSet(kinds...)),
	}
}
