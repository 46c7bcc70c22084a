package schema

// The nodes of a graph, with the properties that this project can fill in
// truly. A property tagged `need` is one without which the node says nothing:
// such a node is left out, with every reference to it.
//
// Names and ranges are those of schema.org, release 30.0.

// Types is one type, a string, or several, a []string.
type Types any

// Ref points at a node of the same graph.
type Ref struct {
	ID string `json:"@id"`
}

// Organization is the clinic (MedicalClinic), or a team that writes.
type Organization struct {
	Type             Types          `json:"@type"`
	ID               string         `json:"@id"`
	Name             string         `json:"name" need:"true"`
	LegalName        string         `json:"legalName,omitempty"`
	Description      string         `json:"description,omitempty"`
	URL              string         `json:"url" need:"true"`
	Telephone        string         `json:"telephone,omitempty"`
	Email            string         `json:"email,omitempty"`
	Logo             *Ref           `json:"logo,omitempty"`
	Image            *Ref           `json:"image,omitempty"`
	Address          *PostalAddress `json:"address,omitempty"`
	Hours            []OpeningHours `json:"openingHoursSpecification,omitempty"`
	Specialty        []string       `json:"medicalSpecialty,omitempty"`
	SameAs           []string       `json:"sameAs,omitempty"`
	AvailableService []Ref          `json:"availableService,omitempty"`
	Parent           *Ref           `json:"parentOrganization,omitempty"`
}

// PostalAddress is a place that post reaches.
type PostalAddress struct {
	Type       Types  `json:"@type"`
	Street     string `json:"streetAddress"`
	Locality   string `json:"addressLocality"`
	Region     string `json:"addressRegion,omitempty"`
	PostalCode string `json:"postalCode,omitempty"`
	Country    string `json:"addressCountry,omitempty"`
}

// OpeningHours are the hours of some days of the week.
type OpeningHours struct {
	Type   Types    `json:"@type"`
	Days   []string `json:"dayOfWeek"`
	Opens  string   `json:"opens"`
	Closes string   `json:"closes"`
}

// WebSite is the whole site.
type WebSite struct {
	Type      Types  `json:"@type"`
	ID        string `json:"@id"`
	URL       string `json:"url" need:"true"`
	Name      string `json:"name" need:"true"`
	Language  string `json:"inLanguage,omitempty"`
	Publisher *Ref   `json:"publisher,omitempty"`
}

// WebPage is the page itself: MedicalWebPage, FAQPage, ProfilePage and
// CollectionPage where true. LastReviewed and ReviewedBy belong here, not on
// the article.
type WebPage struct {
	Type          Types  `json:"@type"`
	ID            string `json:"@id"`
	URL           string `json:"url" need:"true"`
	Name          string `json:"name" need:"true"`
	Description   string `json:"description,omitempty"`
	Language      string `json:"inLanguage,omitempty"`
	IsPartOf      *Ref   `json:"isPartOf,omitempty"`
	Breadcrumb    *Ref   `json:"breadcrumb,omitempty"`
	Image         *Ref   `json:"primaryImageOfPage,omitempty"`
	DatePublished string `json:"datePublished,omitempty"`
	DateModified  string `json:"dateModified,omitempty"`
	LastReviewed  string `json:"lastReviewed,omitempty"`
	ReviewedBy    *Ref   `json:"reviewedBy,omitempty"`
	Publisher     *Ref   `json:"publisher,omitempty"`
	About         []Ref  `json:"about,omitempty"`
	Citation      []Ref  `json:"citation,omitempty"`
	TranslationOf *Ref   `json:"translationOfWork,omitempty"`
	Translations  []Ref  `json:"workTranslation,omitempty"`
	MainEntity    []any  `json:"mainEntity,omitempty"` // Question or Ref
}

// Question is one question of a FAQ, at its own anchor.
type Question struct {
	Type   Types  `json:"@type"`
	ID     string `json:"@id"`
	URL    string `json:"url"`
	Name   string `json:"name"`
	Answer Answer `json:"acceptedAnswer"`
}

// Answer holds HTML in the subset that consumers accept.
type Answer struct {
	Type Types  `json:"@type"`
	Text string `json:"text"`
}

// BlogPosting is an article.
type BlogPosting struct {
	Type          Types    `json:"@type"`
	ID            string   `json:"@id"`
	Headline      string   `json:"headline" need:"true"`
	Description   string   `json:"description,omitempty"`
	MainEntityOf  *Ref     `json:"mainEntityOfPage,omitempty"`
	IsPartOf      *Ref     `json:"isPartOf,omitempty"`
	Language      string   `json:"inLanguage,omitempty"`
	Author        *Ref     `json:"author,omitempty" need:"true"`
	Publisher     *Ref     `json:"publisher,omitempty"`
	DatePublished string   `json:"datePublished,omitempty" need:"true"`
	DateModified  string   `json:"dateModified,omitempty"`
	Image         *Ref     `json:"image,omitempty"`
	Keywords      []string `json:"keywords,omitempty"`
	Mentions      []Ref    `json:"mentions,omitempty"`
	Citation      []Ref    `json:"citation,omitempty"`
	TranslationOf *Ref     `json:"translationOfWork,omitempty"`
	Translations  []Ref    `json:"workTranslation,omitempty"`
}

// Edition is a page or an article in another language, on whose page it is
// described.
type Edition struct {
	Type     Types  `json:"@type"`
	ID       string `json:"@id"`
	URL      string `json:"url" need:"true"`
	Name     string `json:"name" need:"true"`
	Language string `json:"inLanguage"`
}

// BreadcrumbList is the way from the home page to this one.
type BreadcrumbList struct {
	Type  Types      `json:"@type"`
	ID    string     `json:"@id"`
	Items []ListItem `json:"itemListElement" need:"true"`
}

// ListItem is one step of a breadcrumb; the last has no Item.
type ListItem struct {
	Type     Types  `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item,omitempty"`
}

// Person is a human who writes or reviews.
type Person struct {
	Type        Types        `json:"@type"`
	ID          string       `json:"@id"`
	Name        string       `json:"name" need:"true"`
	URL         string       `json:"url" need:"true"`
	Description string       `json:"description,omitempty"`
	JobTitle    string       `json:"jobTitle,omitempty"`
	Credentials []Credential `json:"hasCredential,omitempty"`
	WorksFor    *Ref         `json:"worksFor,omitempty"`
}

// Credential is a licence or degree.
type Credential struct {
	Type         Types       `json:"@type"`
	Name         string      `json:"name"`
	RecognizedBy *NamedThing `json:"recognizedBy,omitempty"`
}

// NamedThing is a node of which only the name is known.
type NamedThing struct {
	Type Types  `json:"@type"`
	Name string `json:"name"`
}

// ImageObject is an image of the site, in pixels.
type ImageObject struct {
	Type       Types  `json:"@type"`
	ID         string `json:"@id"`
	URL        string `json:"url"`
	ContentURL string `json:"contentUrl" need:"true"`
	Width      int    `json:"width,omitempty"`
	Height     int    `json:"height,omitempty"`
	Caption    string `json:"caption,omitempty"`
}

// Treatment is a type of therapy group. There is no GroupTherapy in schema.org;
// PsychologicalTreatment is a MedicalProcedure, which availableService takes.
type Treatment struct {
	Type          Types    `json:"@type"`
	ID            string   `json:"@id"`
	Name          string   `json:"name" need:"true"`
	AlternateName []string `json:"alternateName,omitempty"`
	Description   string   `json:"description,omitempty"`
	URL           string   `json:"url" need:"true"`
	HowPerformed  string   `json:"howPerformed,omitempty"`
	Specialty     string   `json:"relevantSpecialty,omitempty"`
}

// Work is a source that a page cites.
type Work struct {
	Type          Types        `json:"@type"`
	ID            string       `json:"@id"`
	Name          string       `json:"name" need:"true"`
	URL           string       `json:"url" need:"true"`
	Author        []NamedThing `json:"author,omitempty"`
	DatePublished string       `json:"datePublished,omitempty"`
	IsPartOf      *NamedThing  `json:"isPartOf,omitempty"`
	Publisher     *NamedThing  `json:"publisher,omitempty"`
}
