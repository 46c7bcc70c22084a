package verify

import "strings"

// structuredData checks the JSON-LD of a page as data; what it says about
// questions is compared with the page in faq.
func (w *worker) structuredData() {
	p := &w.page
	switch {
	case p.markups == 0:
		if !p.notFound && !p.noindex {
			w.findings.add(p.file, &jsonldMissing, "", "page has no structured data")
		}
		return
	case p.markups > 1:
		w.findings.add(p.file, &jsonldMissing, "", "page has %d blocks of structured data, want 1", p.markups)
	}
	d := &w.json
	if err := d.parse(p.RawText(p.markup)); err != nil {
		w.findings.addHere(p.file, &jsonldSyntax, "", "structured data cannot be read: %v", err)
		return
	}
	if d.nodes[0].kind != '{' {
		w.findings.add(p.file, &jsonldGraph, "", "structured data is no object")
		return
	}
	if c := d.text(0, "@context"); c != "https://schema.org" && c != "https://schema.org/" {
		w.findings.add(p.file, &jsonldGraph, "@context", "@context is %q, want https://schema.org", clip(c))
	}
	g := d.member(0, "@graph")
	if g < 0 || d.nodes[g].kind != '[' || d.nodes[g].end == g+1 {
		w.findings.add(p.file, &jsonldGraph, "@graph", "structured data has no @graph with nodes in it")
		return
	}
	p.hasGraph = true
	ids := w.graph(g)
	w.readQuestions(g, ids)
}

// graph checks every value below @graph and returns where each @id is defined.
func (w *worker) graph(g int32) map[string]int32 {
	p, d := &w.page, &w.json
	ids := map[string]int32{}
	var references []int32
	var open []int32 // the objects around a value
	for i := g + 1; i < d.nodes[g].end; i++ {
		n := &d.nodes[i]
		for len(open) > 0 && d.nodes[open[len(open)-1]].end <= i {
			open = open[:len(open)-1]
		}
		owner := int32(-1)
		if len(open) > 0 {
			owner = open[len(open)-1]
		}
		switch n.kind {
		case '{':
			open = append(open, i)
			id := d.member(i, "@id")
			switch {
			case n.end == i+1: // empty, reported below
			case id == i+1 && d.nodes[id].end == n.end: // nothing but an @id
				references = append(references, id)
			case d.member(i, "@value") >= 0:
			default:
				if d.member(i, "@type") < 0 {
					w.findings.add(p.file, &jsonldType, d.path(owner, i), "%s has no @type", d.path(owner, i))
				}
				if id >= 0 {
					if _, ok := ids[d.nodes[id].str]; ok {
						w.findings.add(p.file, &jsonldID, d.nodes[id].str, "@id %s is defined twice", clip(d.nodes[id].str))
					}
					ids[d.nodes[id].str] = i
				}
			}
			if n.end == i+1 {
				w.empty(owner, i)
			}
		case '[':
			if n.end == i+1 {
				w.empty(owner, i)
			}
		case 'n':
			w.empty(owner, i)
		case '"':
			w.jsonString(owner, i)
		}
	}
	for _, id := range references {
		if s := d.nodes[id].str; ids[s] == 0 {
			w.findings.add(p.file, &jsonldReference, s, "reference to @id %s, which no node on the page has", clip(s))
		}
	}
	return ids
}

// jsonString checks one string by the name of its member.
func (w *worker) jsonString(owner, i int32) {
	p, d := &w.page, &w.json
	n := &d.nodes[i]
	if strings.TrimSpace(n.str) == "" {
		w.empty(owner, i)
		return
	}
	switch n.key {
	case "@id":
		if strings.HasPrefix(n.str, "https://") {
			return
		}
		if r := parseRef(n.str, p.self); !r.web() || !hasAuthority(n.str) {
			w.findings.add(p.file, &jsonldID, n.str, "@id %s is not absolute", clip(n.str))
		}
	case "url", "contentUrl", "thumbnailUrl", "logo", "image", "item":
		if owner >= 0 && d.hasType(owner, "Question") {
			return // faq looks at it more closely
		}
		if scheme, _ := splitScheme(n.str); scheme == "" {
			w.findings.add(p.file, &jsonldURL, n.str, "%s is %s, which is not absolute", d.path(owner, i), clip(n.str))
		} else if r := w.resolve(n.str); r.kind == missing {
			w.findings.add(p.file, &jsonldURL, n.str, "%s is %s, which leads to no published file", d.path(owner, i), clip(n.str))
		} else if r.kind == local && r.frag != "" && n.key == "url" {
			w.fragment(n.str, r)
		}
		w.report.Links++
	}
}

func (w *worker) empty(owner, i int32) {
	path := w.json.path(owner, i)
	w.findings.add(w.page.file, &jsonldEmpty, path, "%s is empty", path)
}

// path names a value for a reader: the type of the node and the name in it.
func (d *jsonDoc) path(owner, i int32) string {
	name := d.nodes[i].key
	if owner < 0 {
		return "a node of @graph"
	}
	kind := ""
	d.each(d.member(owner, "@type"), func(t int32) {
		if kind == "" {
			kind = d.nodes[t].str
		}
	})
	switch {
	case name == "" && kind == "":
		return "a value"
	case name == "":
		return "an item in " + kind
	case kind == "":
		return name
	}
	return kind + "." + name
}

// question is one Question of the structured data.
type question struct {
	name, text, url string
	heading         int // index into page.headings of the heading it belongs to, -1 if none
}

// readQuestions collects the Questions of the graph in the order in which the
// FAQPage lists them, and checks that list.
func (w *worker) readQuestions(g int32, ids map[string]int32) {
	p, d := &w.page, &w.json
	pages := 0
	listed := map[int32]bool{}
	add := func(q int32) {
		if listed[q] || !d.hasType(q, "Question") {
			return
		}
		listed[q] = true
		answer := d.member(q, "acceptedAnswer")
		if answer >= 0 {
			if id := d.text(answer, "@id"); id != "" && d.member(answer, "@type") < 0 && ids[id] > 0 {
				answer = ids[id]
			}
		}
		p.questions = append(p.questions, question{d.text(q, "name"), d.text(answer, "text"), d.text(q, "url"), -1})
		if answer < 0 || !d.hasType(answer, "Answer") || d.text(answer, "text") == "" || d.text(q, "name") == "" {
			w.findings.addHere(p.file, &faqQuestion, d.text(q, "name"), "question %q in the markup has no name, or no acceptedAnswer with a text", d.text(q, "name"))
		}
	}
	d.each(g, func(n int32) {
		if !d.hasType(n, "FAQPage") {
			return
		}
		pages++
		d.each(d.member(n, "mainEntity"), func(q int32) {
			if id := d.text(q, "@id"); id != "" && d.member(q, "@type") < 0 && ids[id] > 0 {
				q = ids[id]
			}
			add(q)
		})
	})
	inList := len(p.questions)
	for i := g + 1; i < d.nodes[g].end; i++ {
		if d.nodes[i].kind == '{' && !listed[i] && d.hasType(i, "Question") {
			if inList > 0 {
				w.findings.addHere(p.file, &faqPage, d.text(i, "name"), "question %q is in the markup, but not in the mainEntity of the FAQPage", clip(d.text(i, "name")))
			}
			add(i)
		}
	}
	switch {
	case pages == 0 && len(p.questions) > 0:
		w.findings.add(p.file, &faqPage, "", "markup has %d questions and no node of type FAQPage", len(p.questions))
	case pages > 0 && inList == 0:
		w.findings.add(p.file, &faqPage, "", "markup has a FAQPage without questions in its mainEntity")
	case pages > 1:
		w.findings.add(p.file, &faqPage, "", "markup has %d nodes of type FAQPage, want 1", pages)
	}
	w.report.Questions += len(p.questions)
}
