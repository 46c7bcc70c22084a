package schema

import "clinicblog/site/content"

// citations adds the works that the page cites, in the order of first use, and
// returns the references to them.
func (b *builder) citations() []Ref {
	b.cited = map[string]bool{}
	var refs []Ref
	cite := func(key string) {
		r, ok := b.site.Index.References[key]
		at := address(r)
		if !ok || at == "" || b.cited[at] {
			return
		}
		b.cited[at] = true
		b.add(work(r, at))
		refs = append(refs, Ref{at})
	}
	if g := b.source.Group; g != nil {
		for _, e := range g.Evidence {
			cite(e.Ref)
		}
	}
	for _, c := range b.source.Citations {
		cite(c.Key)
	}
	return refs
}

// address is the most lasting URL of a work, or "".
func address(r content.Reference) string {
	switch {
	case r.DOI != "":
		return "https://doi.org/" + r.DOI
	case r.PMID != "":
		return "https://pubmed.ncbi.nlm.nih.gov/" + r.PMID + "/"
	case r.PMCID != "":
		return "https://www.ncbi.nlm.nih.gov/pmc/articles/" + r.PMCID + "/"
	case r.NBK != "":
		return "https://www.ncbi.nlm.nih.gov/books/" + r.NBK + "/"
	}
	return r.URL
}

// workTypes are the types of the kinds of reference; others are CreativeWork.
var workTypes = map[string]string{"article": "ScholarlyArticle", "report": "Report", "book": "Book", "law": "Legislation"}

func work(r content.Reference, at string) *Work {
	w := &Work{Type: "CreativeWork", ID: at, Name: r.Title, URL: at, DatePublished: r.Year}
	if t, ok := workTypes[r.Type]; ok {
		w.Type = t
	}
	for _, name := range r.Authors {
		w.Author = append(w.Author, NamedThing{Type: "Person", Name: name})
	}
	if len(r.Authors) == 0 && r.Organisation != "" {
		w.Author = []NamedThing{{Type: "Organization", Name: r.Organisation}}
	}
	if r.Container != "" {
		kind := "CreativeWork"
		if r.Type == "article" {
			kind = "Periodical"
		}
		w.IsPartOf = &NamedThing{Type: kind, Name: r.Container}
	}
	if r.Publisher != "" {
		w.Publisher = &NamedThing{Type: "Organization", Name: r.Publisher}
	}
	return w
}
