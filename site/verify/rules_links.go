package verify

import "clinicblog/site/diag"

// Links and requests.
var (
	linkTarget = diag.Info{ID: "link-target", Severity: diag.Error,
		Fix: "correct the address, or publish what it names",
		Doc: `A link inside the site leads to a published file

That holds for links, images, styles, scripts, icons, alternate versions and
preview images. A page that was deleted or renamed leaves links behind; give it
an alias. A folder is served as its index.html.`}

	linkFragment = diag.Info{ID: "link-fragment", Severity: diag.Error,
		Fix: "use the id of a heading on that page, or give the heading this id with {#id}",
		Doc: `The part of an address after # names an element of the page

Otherwise the reader lands at the top of a long page and has to search. Ids of
headings follow their words, so they change when a heading is edited. Source:
HTML standard, "Scrolling to a fragment".`}

	linkBasePath = diag.Info{ID: "link-base-path", Severity: diag.Error,
		Fix: "resolve the address through Hugo (relURL, GetPage) in place of writing it out",
		Doc: `A link stays below the address at which the site is published

When a site is published at https://clinic.example/blog/, the link /about/ leads
to https://clinic.example/about/, which is not part of the site.`}

	hreflangCode = diag.Info{ID: "hreflang-code", Severity: diag.Error,
		Fix: "write the language that is on the html element of the page to which the link leads",
		Doc: `hreflang names the language of the page that the link leads to

A crawler that is told another language than it finds ignores the link, and a
screen reader announces the wrong one. A code is a language with or without a
region, as on the html element of the other page, or x-default; each is named
once. Source: RFC 5646; Google Search Central, "Localized versions of your
pages"; HTML standard, "The hreflang attribute".`}

	hreflangReturn = diag.Info{ID: "hreflang-return", Severity: diag.Error,
		Fix: "let each version of the page list all of them, itself among them",
		Doc: `The versions of a page in several languages name each other

A page that names another as its translation is not believed unless that page
names it too, and each must name itself. Otherwise search engines drop all of
these links, and readers are sent to the wrong language. Source: Google Search
Central, "Localized versions of your pages", common mistakes.`}

	notFoundLinks = diag.Info{ID: "not-found-links", Severity: diag.Error,
		Fix: "start the address with / or with the base URL",
		Doc: `The page for unknown addresses has no relative links

404.html is shown at the address that the reader asked for, however deep. There
the relative address css/main.css means another file each time.`}

	sitemap = diag.Info{ID: "sitemap", Severity: diag.Error,
		Fix: "list only pages of this site, with their absolute address",
		Doc: `Sitemaps name published pages of this site, at most 50,000 each

Crawlers follow the Sitemap line of robots.txt and every loc in it. An address
that leads nowhere, or to another host, makes them distrust the rest. Source:
https://www.sitemaps.org/protocol.html.`}

	feed = diag.Info{ID: "feed", Severity: diag.Error,
		Fix: "print permalinks in the feed's template",
		Doc: `Links in feeds are absolute and lead to published pages

A feed is read in another place, where a relative address has nothing to be
relative to. Source: RSS 2.0 specification; RFC 4287 (Atom).`}

	phoneLink = diag.Info{ID: "phone-link", Severity: diag.Error, Fixed: true,
		Fix: "make the tel: or sms: address and the shown number the same",
		Doc: `A telephone link dials the number that it shows

A reader in a crisis taps the number and does not compare. The country code and
punctuation may differ; digits may not. Source: RFC 3966.`}

	crisisMissing = diag.Info{ID: "crisis-missing", Severity: diag.Error, Fixed: true,
		Fix: "let the layout print every line of data/crisis.yaml where it is always seen",
		Doc: `Every page shows the crisis lines

Somebody may be reading in danger, on any page, and looks for a number once. The
link must be there to be seen: not hidden, not inside a closed element. Source:
reportingonsuicide.org, "Best practices and recommendations"; the lines are those
of data/crisis.yaml.`}

	otherOrigin = diag.Info{ID: "other-origin", Severity: diag.Error,
		Fix: "publish the file with the site, or name its origin under params.clinicblog.allow in hugo.toml",
		Doc: `A page makes no request to another origin

A request for a font, a script or an image tells its host that this address
reads about this condition. For a health site that can be a disclosure: see HHS,
"Use of Online Tracking Technologies by HIPAA Covered Entities". Checked are
scripts, styles, images, fonts, media, frames, forms, pings, preconnects, meta
refreshes, manifests, SVG and CSS. Links that a reader chooses to follow are
free.`}

	unsafeURL = diag.Info{ID: "unsafe-url", Severity: diag.Error, Fixed: true,
		Fix: "link to a page, or put the script or document into a file of its own",
		Doc: `No address runs a script or hides a document

javascript: addresses are stopped by any sound content security policy, and data:
addresses in frames and scripts, or a srcdoc, carry content that no other rule
sees. Images may be data: addresses. Source: CSP Level 3.`}

	inlineCode = diag.Info{ID: "inline-code", Severity: diag.Error,
		Fix: "put the style into a class, and the script into a file of its own",
		Doc: `No attribute of a page carries a style or a script

The site's content security policy is made without 'unsafe-inline': a browser
ignores style attributes and attributes such as onclick, so that nobody who gets
a word into a page gets a script into it. Script and style elements are allowed,
each by the hash of its text. Source: CSP Level 3, "unsafe-inline".`}

	searchIndex = diag.Info{ID: "search-index", Severity: diag.Error,
		Fix: "publish the page with its main element; if the index itself is broken, the fault is the tool's",
		Doc: `The search finds every page of its language, and leads to nothing else

Readers search on their own device, in files that the search page loads one by
one. A part that is missing, or a result that leads nowhere, ends the search of
one reader and shows in no other check; a page that is in the sitemap and not in
the index cannot be found by readers at all.`}
)

// Structured data.
var (
	jsonldMissing = diag.Info{ID: "jsonld-missing", Severity: diag.Error, Fixed: true,
		Fix: "publish one script element of type application/ld+json",
		Doc: `A page has exactly one block of structured data

Nodes refer to each other by @id inside one graph. A second block is a second
opinion. The page for unknown addresses and pages that are not indexed need
none. Source: JSON-LD 1.1, "Embedding JSON-LD in HTML".`}

	jsonldSyntax = diag.Info{ID: "jsonld-syntax", Severity: diag.Error, Fixed: true,
		Fix: "let encoding/json write the block; it escapes what could end the script element",
		Doc: `Structured data is one valid JSON text

A crawler drops a block with a syntax error, silently. A name that stands twice
in one object is valid to most parsers, and one of the values is lost. Source:
RFC 8259.`}

	jsonldGraph = diag.Info{ID: "jsonld-graph", Severity: diag.Error, Fixed: true,
		Fix: "write {\"@context\": \"https://schema.org\", \"@graph\": [...]}",
		Doc: `Structured data is a graph of schema.org nodes

Without the context the names mean nothing. Source: https://schema.org/docs/,
JSON-LD 1.1.`}

	jsonldID = diag.Info{ID: "jsonld-id", Severity: diag.Error, Fixed: true,
		Fix: "build each @id from the base URL, once per node",
		Doc: `Each node has an absolute @id of its own

A relative @id changes its meaning with the address at which a page is read, and
two nodes with one @id are merged into one thing. Source: JSON-LD 1.1, "Node
Identifiers".`}

	jsonldReference = diag.Info{ID: "jsonld-reference", Severity: diag.Error, Fixed: true,
		Fix: "publish the node on the same page, or drop the reference",
		Doc: `A reference to an @id leads to a node of the same page

Crawlers look at one page at a time: a node that is on another page is not
there. Source: Google Search Central, "General structured data guidelines".`}

	jsonldType = diag.Info{ID: "jsonld-type", Severity: diag.Error, Fixed: true,
		Fix: "give the node its schema.org type",
		Doc: `Each node has an @type

A node without a type is a thing of which nothing is known, and consumers drop
it. Source: https://schema.org/docs/datamodel.html.`}

	jsonldEmpty = diag.Info{ID: "jsonld-empty", Severity: diag.Error, Fixed: true,
		Fix: "leave the property out",
		Doc: `No value in structured data is empty

An empty string, list or object, or null, says that a thing has a name and that
the name is nothing.`}

	jsonldURL = diag.Info{ID: "jsonld-url", Severity: diag.Error, Fixed: true,
		Fix: "use the permalink that Hugo lists for the page or the image",
		Doc: `Addresses in structured data are absolute and lead to published files

That holds for url, contentUrl, thumbnailUrl, logo, image and item as far as
they are on this site. Source: Google Search Central, "General structured data
guidelines".`}
)
