package corpus

// FactKind is one of the closed list of kinds, such as "visit".
type FactKind string

// The kinds of facts.
const (
	KindAddress           FactKind = "address"            // a speech to a body
	KindAgreement         FactKind = "agreement"          // signed, issued, concluded
	KindAmount            FactKind = "amount"             // a sum of money, without more
	KindAppointment       FactKind = "appointment"        // somebody takes or holds an office
	KindAssessment        FactKind = "assessment"         // what the source thinks of something
	KindAttendance        FactKind = "attendance"         // somebody takes part in a meeting of others
	KindCapability        FactKind = "capability"         // what somebody can do
	KindCharacterisation  FactKind = "characterisation"   // how the source describes somebody
	KindConsultationTopic FactKind = "consultation-topic" // what talks were about
	KindContribution      FactKind = "contribution"       // money, goods or people given
	KindCooperation       FactKind = "cooperation"        // work done together
	KindCooperationArea   FactKind = "cooperation-area"   // a field of work done together
	KindDeployment        FactKind = "deployment"         // people or means sent somewhere
	KindDesignation       FactKind = "designation"        // a name or status given
	KindDialogue          FactKind = "dialogue"           // regular talks
	KindFramework         FactKind = "framework"          // a lasting form of cooperation
	KindMechanism         FactKind = "mechanism"          // how something is organised
	KindMeeting           FactKind = "meeting"            // people or bodies meet
	KindMembership        FactKind = "membership"         // somebody joins or leaves
	KindOperation         FactKind = "operation"          // a mission, or a part in one
	KindOutcome           FactKind = "outcome"            // what came of something
	KindPolicy            FactKind = "policy"             // a decision on how to act
	KindProgramme         FactKind = "programme"          // a plan of activities
	KindQuantity          FactKind = "quantity"           // a number of things, without more
	KindTrustFund         FactKind = "trust-fund"         // a fund and its projects
	KindVisit             FactKind = "visit"              // somebody goes to see a place or somebody
)

// FactKinds returns all kinds of facts in alphabetical order.
func FactKinds() []FactKind {
	return []FactKind{
		KindAddress, KindAgreement, KindAmount, KindAppointment, KindAssessment, KindAttendance, KindCapability,
		KindCharacterisation, KindConsultationTopic, KindContribution, KindCooperation, KindCooperationArea,
		KindDeployment, KindDesignation, KindDialogue, KindFramework, KindMechanism, KindMeeting, KindMembership,
		KindOperation, KindOutcome, KindPolicy, KindProgramme, KindQuantity, KindTrustFund, KindVisit,
	}
}

// FactClass tells what sort of statement a fact is, whatever it is about.
type FactClass string

// The classes of facts.
const (
	ClassEvent       FactClass = "event"       // something happened
	ClassState       FactClass = "state"       // something holds
	ClassOutcome     FactClass = "outcome"     // something came of something
	ClassDefinition  FactClass = "definition"  // what something is
	ClassAssessment  FactClass = "assessment"  // what somebody thinks
	ClassExpectation FactClass = "expectation" // what somebody foresees
)

// FactClasses returns all classes of facts.
func FactClasses() []FactClass {
	return []FactClass{ClassEvent, ClassState, ClassOutcome, ClassDefinition, ClassAssessment, ClassExpectation}
}

// Modality tells in which way a source stands behind a fact. Empty means
// asserted.
type Modality string

// The modalities of facts.
const (
	Asserted Modality = "asserted" // the source says so
	Planned  Modality = "planned"  // the source says that it is to happen
	Expected Modality = "expected" // the source says that it is likely
	Derived  Modality = "derived"  // the source implies it
)

// Modalities returns all modalities.
func Modalities() []Modality { return []Modality{Asserted, Planned, Expected, Derived} }

// Rank chooses among facts that contradict each other. Empty means normal.
type Rank string

// The ranks of facts.
const (
	RankPreferred  Rank = "preferred"
	RankNormal     Rank = "normal"
	RankDeprecated Rank = "deprecated" // known to be wrong, kept as a record
)

// Ranks returns all ranks.
func Ranks() []Rank { return []Rank{RankPreferred, RankNormal, RankDeprecated} }

// Stage is how far a sum of money has come on its way. Empty means that the
// source does not say. Sums of different stages are never added.
type Stage string

// The stages of sums.
const (
	StagePledged   Stage = "pledged"
	StageCommitted Stage = "committed"
	StageGiven     Stage = "given" // the source says that it was given, not how far it went
	StageDisbursed Stage = "disbursed"
	StageSpent     Stage = "spent"
	StageBudgeted  Stage = "budgeted"
	StageRequested Stage = "requested"
	StageRequired  Stage = "required" // what something will need
	StageEstimated Stage = "estimated"
)

// Stages returns all stages.
func Stages() []Stage {
	return []Stage{
		StagePledged, StageCommitted, StageGiven, StageDisbursed, StageSpent,
		StageBudgeted, StageRequested, StageRequired, StageEstimated,
	}
}

// Measure is what a sum of money measures. Empty means that the source does
// not say. Only single transactions are ever added.
type Measure string

// The measures of sums.
const (
	MeasureSingle     Measure = "single-transaction"
	MeasureCumulative Measure = "cumulative-total"
	MeasureCeiling    Measure = "ceiling"
	MeasurePerYear    Measure = "per-year"
	MeasureShare      Measure = "share" // a part of another sum
	MeasureRate       Measure = "rate"  // a price, or a sum for each of something
)

// Measures returns all measures.
func Measures() []Measure {
	return []Measure{MeasureSingle, MeasureCumulative, MeasureCeiling, MeasurePerYear, MeasureShare, MeasureRate}
}

// Bound says how a number limits the true one. Empty means BoundExact.
type Bound string

// The bounds of numbers.
const (
	BoundExact   Bound = "="
	BoundAbout   Bound = "~"
	BoundMore    Bound = ">"
	BoundAtLeast Bound = ">="
	BoundLess    Bound = "<"
	BoundAtMost  Bound = "<="
)

// Bounds returns all bounds.
func Bounds() []Bound {
	return []Bound{BoundExact, BoundAbout, BoundMore, BoundAtLeast, BoundLess, BoundAtMost}
}

// Units returns the closed list of units of a Quantity in alphabetical order.
// "item" counts things that have no unit of their own.
func Units() []string {
	return []string{
		"acre", "activity", "aircraft", "area", "barrel", "bridge", "country", "course", "day", "degree",
		"document", "dose", "family", "flight", "foot", "fund", "gallon", "gigawatt", "hectare", "hour",
		"household", "item", "job", "kilogram", "kilometre", "litre", "meeting", "megawatt", "metre", "mile",
		"minute", "month", "office", "organisation", "percent", "percentage-point", "person", "pound", "programme",
		"project", "report", "school", "ship", "site", "square-kilometre", "square-mile", "team", "ton", "tonne",
		"vehicle", "week", "year",
	}
}

// AnchorStatuses returns all ways in which evidence can stand in its
// document.
func AnchorStatuses() []AnchorStatus {
	return []AnchorStatus{
		AnchorExact, AnchorMoved, AnchorNormalised, AnchorAmbiguous, AnchorChanged, AnchorMissing, AnchorUnlocated,
	}
}
