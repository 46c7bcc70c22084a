package verify

import "clinicblog/site/diag"

// Privacy and notices.
var (
	trackerRule = diag.Info{ID: "tracker", Severity: diag.Error, Fixed: true,
		Fix: "remove it; count visits from the host's logs; link to the video or the map in place of showing it",
		Doc: `A page makes no request to a known tracker

What is asked for is small, a font, a video, a map, a count. What is told is that
this address reads about this condition, to a company that can know whose it is.
HHS calls that a disclosure where it is tied to a visit for care, and the FTC has
fined BetterHelp, Cerebral, GoodRx and Monument for it. That an origin is allowed
does not change the rule; a business associate agreement does, when the origin
stands under params.clinicblog.check.baa in hugo.toml. Sources: HHS, "Use of
Online Tracking Technologies by HIPAA Covered Entities"; Washington My Health My
Data Act, RCW 19.373.

before: <link href="https://fonts.googleapis.com/css2?family=Inter" rel="stylesheet">
after:  the font below assets/, published with the site`}

	formTarget = diag.Info{ID: "form-target", Severity: diag.Error,
		Fix: "give a telephone number or an address; if a form is needed, name its origin under params.clinicblog.check.forms",
		Doc: `A form sends what readers write to a place that was approved

People write their illness, their name and their number into a form on a clinic's
site. Who receives that needs an agreement and a secure server; a site of files
has none, and a form that sends by mail sends in the open. A search field that
sends with GET to a page of the site is no such form. Source: 45 CFR 164.308(b),
164.312(e).`}

	trackingParameter = diag.Info{ID: "tracking-parameter", Severity: diag.Advice,
		Fix: "cut the parameters off; they are not part of the address",
		Doc: `A link carries no parameter that follows readers

utm_ parameters and click numbers (fbclid, gclid) tell the other side where a
reader comes from, and one that was copied with a link names another person's
click. On links inside the site they break the count that they are for. Source:
Google Analytics Help, "URL builders".

before: [the report](https://example.org/report?utm_source=newsletter)
after:  [the report](https://example.org/report)`}

	privacyNotices = diag.Info{ID: "privacy-notices", Severity: diag.Advice, Standing: true,
		Fix: "link to it from the home page, best from the footer of every page",
		Doc: `The home page leads to the notices on privacy

A clinic's site has a privacy policy, and a provider under HIPAA posts its notice
of privacy practices prominently (45 CFR 164.520(c)(3)). Washington asks for a
consumer health data policy of its own, linked from the home page, from companies
of any size anywhere (RCW 19.373.010, .020). A link counts by its words or its
address.`}

	languageNotices = diag.Info{ID: "language-notices", Severity: diag.Advice, Standing: true,
		Fix: "link to it from the home page, best from the footer of every page",
		Doc: `The home page leads to the notices of Section 1557

A provider that takes federal funds posts a notice of nondiscrimination, and one
that language assistance is free, in English and the fifteen languages most spoken
in its state, at a conspicuous place on its site. Source: 45 CFR 92.10, 92.11. A
link counts by its words or its address.`}
)

// Assistive technology. Contrast and focus need a browser.
var (
	linkName = diag.Info{ID: "link-name", Severity: diag.Error,
		Fix: "write what the link leads to; give an image in it an alternative text",
		Doc: `A link has words

A screen reader says "link" and the address, letter by letter. Source: WCAG 2.2 SC
2.4.4 and 4.1.2 (A).`}

	linkWords = diag.Info{ID: "link-words", Severity: diag.Advice,
		Fix: "let the link say what is there",
		Doc: `A link says where it leads

Readers who go from link to link hear the links alone: "here, here, read more".
Injected advertising calls its links by the same words. Source: WCAG 2.2 SC 2.4.4
(A) and 2.4.9 (AAA).

before: For our hours click [here](/about/).
after:  See [our hours](/about/).`}

	buttonName = diag.Info{ID: "button-name", Severity: diag.Error,
		Fix: "write what the button does, or give it an aria-label",
		Doc: `A button has words

A screen reader says "button" and no more. Source: WCAG 2.2 SC 4.1.2 (A).`}

	formLabel = diag.Info{ID: "form-label", Severity: diag.Error,
		Fix: "give the field a label element, or an aria-label",
		Doc: `A field of a form has a label

The text that stands beside it is not tied to it, and a placeholder goes away.
Source: WCAG 2.2 SC 1.3.1 and 3.3.2 (A), technique H44.`}

	tableHeader = diag.Info{ID: "table-header", Severity: diag.Error,
		Fix: "mark the cells of the first row or column as th",
		Doc: `A table has header cells

A screen reader says the header with each cell. Without any, a week of groups is a
list of times. Source: WCAG 2.2 SC 1.3.1 (A), technique H51.`}

	frameTitle = diag.Info{ID: "frame-title", Severity: diag.Error,
		Fix: "give the iframe a title that says what is in it",
		Doc: `A frame has a title

A screen reader says the title, so that its reader can decide whether to go in.
Source: WCAG 2.2 SC 4.1.2 (A), technique H64.`}

	navLabel = diag.Info{ID: "nav-label", Severity: diag.Advice,
		Fix: "give each nav element an aria-label, or an aria-labelledby",
		Doc: `Navigations of a page can be told apart

A screen reader lists them: "navigation, navigation". Source: WAI-ARIA Authoring
Practices, "Landmark regions".`}
)
