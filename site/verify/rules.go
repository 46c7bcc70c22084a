package verify

import "clinicblog/site/diag"

// Rules are all rules of this package, for `clinicblog explain`.
var Rules = []diag.Info{
	fileType, fileName, fileEmpty, htmlParse, refusedValue, xmlSyntax, manifestSyntax, imageMetadata,
	pageLang, pageTitle, titleUnique, pageDescription, descriptionUnique, pageCanonical, pageMain, pageH1,
	headingOrder, headingEmpty, duplicateID, imageAlt, imageSize, shareImage, redirectTarget,
	hreflangCode, hreflangReturn, linkTarget, linkFragment, linkBasePath, notFoundLinks, sitemap, feed, phoneLink, crisisMissing, searchIndex, otherOrigin, unsafeURL, inlineCode,
	trackerRule, formTarget, trackingParameter, privacyNotices, languageNotices,
	linkName, linkWords, buttonName, formLabel, tableHeader, frameTitle, navLabel,
	jsonldMissing, jsonldSyntax, jsonldGraph, jsonldID, jsonldReference, jsonldType, jsonldEmpty, jsonldURL,
	reviewUnstamped, reviewHidden, reviewUnsaid, disclaimerMissing, crisisOrder, sponsorHidden, sponsorLink,
	faqPage, faqQuestion, faqHidden, faqAnswer, faqAnswerHTML, faqAnswerLink, faqOrder, faqMissing,
}

// Files.
var (
	fileType = diag.Info{ID: "file-type", Severity: diag.Error, Fixed: true,
		Fix: "replace it with the file itself, or remove it",
		Doc: `A published file is a regular file

A symbolic link publishes whatever it points to, which may lie outside the
project, and hosts treat links differently: some follow them, some drop them.`}

	fileName = diag.Info{ID: "file-name", Severity: diag.Error,
		Fix: "rename the file; use letters, digits, hyphens and dots",
		Doc: `A file has a name that an address can carry

In an address ?, #, % and \ mean something else, and : * " < > | are not
allowed in file names on Windows, so a file with such a name cannot be reached,
or not be copied. Source: URL standard, https://url.spec.whatwg.org/.`}

	fileEmpty = diag.Info{ID: "file-empty", Severity: diag.Error, Fixed: true,
		Fix: "find out which template writes nothing for this page",
		Doc: `A page has content

An HTML file without a byte is a blank screen for readers. It comes from a
template that matched nothing, or from a disk that was full.`}

	htmlParse = diag.Info{ID: "html-parse", Severity: diag.Error, Fixed: true,
		Fix: "find the list, quote or element that is nested hundreds of times",
		Doc: `A page can be read by an HTML parser

Parsers give up on elements that are nested more than 512 deep, and what they
cannot read is checked by no other rule. Source: golang.org/x/net/html; browsers
have the same limit.`}

	refusedValue = diag.Info{ID: "refused-value", Severity: diag.Error, Fixed: true,
		Fix: "pass the value through safeHTMLAttr, safeURL or safeCSS in the template, when it comes from no one else",
		Doc: `A page has every value that its templates write

Go's templates do not trust a value that stands where it could be code, such as
the name of an attribute, and write ZgotmplZ in its place. What was meant, a
language or an address, is lost, and the page is published with a broken element.
Source: package html/template, "ErrorCode" and "Typed Strings".

before: <cite {{ $attribute }}>
after:  <cite {{ $attribute | safeHTMLAttr }}>`}

	xmlSyntax = diag.Info{ID: "xml-syntax", Severity: diag.Error,
		Fix: "escape <, > and & in the template that writes the file",
		Doc: `Sitemaps, feeds and SVG images are well-formed XML

One unescaped & makes a crawler drop the whole sitemap, a feed reader the whole
feed, and a browser the whole image. Source: https://www.w3.org/TR/xml/.`}

	manifestSyntax = diag.Info{ID: "manifest-syntax", Severity: diag.Error,
		Fix: "write the manifest as one JSON object",
		Doc: `A web app manifest is valid JSON

A browser ignores a manifest that it cannot read, and with it every icon.
Source: https://www.w3.org/TR/appmanifest/.`}

	imageMetadata = diag.Info{ID: "image-metadata", Severity: diag.Error, Fixed: true,
		Fix: "export the image without metadata, as JPEG, PNG or WebP",
		Doc: `A published image does not tell where, when and by whom it was taken

Phones write the place of a photo into it, to a few metres, and editors write
names and captions. Whoever saves the image can read them: where a group meets,
where a member of the staff lives. Source: Exif 3.0, 4.6.6 (GPS); IPTC Photo
Metadata Standard; OWASP, "File Upload Cheat Sheet".`}
)

// Documents.
var (
	pageLang = diag.Info{ID: "page-lang", Severity: diag.Error,
		Fix: "set the site's language in hugo.toml, and print it on the html element",
		Doc: `A page names its language

A screen reader picks its voice, and a browser its hyphenation and its offer to
translate, by the lang attribute of the html element. Source: WCAG 2.2 success
criterion 3.1.1 (A); RFC 5646 for the form of the tag.`}

	pageTitle = diag.Info{ID: "page-title", Severity: diag.Error,
		Fix: "give the page a title in its front matter",
		Doc: `A page has a title

The title is the name of a tab, of a bookmark and of a search result, and the
first thing that a screen reader says. Source: WCAG 2.2 SC 2.4.2 (A).`}

	titleUnique = diag.Info{ID: "page-title-unique", Severity: diag.Error,
		Fix: "give each page a title of its own; number the pages of a list",
		Doc: `No two pages have the same title

Tabs, histories and search results with the same name cannot be told apart, and
search engines take such pages for copies. Pages that only redirect, the page
for unknown addresses and pages in another language do not count. Source: WCAG 2.2 SC 2.4.2; Google Search
Central, "Influencing your title links".`}

	pageDescription = diag.Info{ID: "page-description", Severity: diag.Error,
		Fix: "write a description of 50 to 160 characters in the front matter",
		Doc: `A page has a description

Search engines and messengers show it below the title. Without one they show
whatever words come first. Pages that are not indexed need none. Source: Google
Search Central, "Control your snippets in search results".`}

	descriptionUnique = diag.Info{ID: "page-description-unique", Severity: diag.Error,
		Fix: "write a description that fits this page only",
		Doc: `No two pages have the same description

A description that fits two pages helps a reader choose neither. Source: Google
Search Central, "Create quality meta descriptions".`}

	pageCanonical = diag.Info{ID: "page-canonical", Severity: diag.Error,
		Fix: "print the page's own absolute address as its canonical link",
		Doc: `A page has one canonical link, and it is the page's own address

A canonical link to another page removes this one from search results. Hugo
gives all pages of a paged list the address of the first. Source: RFC 6596;
Google Search Central, "How to specify a canonical URL".`}

	pageMain = diag.Info{ID: "page-main", Severity: diag.Error,
		Fix: "wrap the content of the page, and nothing else, in one main element",
		Doc: `A page has exactly one main element

Screen readers jump to it, past the menu. Source: HTML standard, "The main
element"; WCAG 2.2 SC 2.4.1 (A), technique ARIA11.`}

	pageH1 = diag.Info{ID: "page-h1", Severity: diag.Error,
		Fix: "print the title as the only h1; start the sections of the text with ##",
		Doc: `A page has exactly one h1

The h1 says what the page is about. Readers who jump from heading to heading
start there. Source: WCAG 2.2 SC 1.3.1 (A) and 2.4.6 (AA).`}

	headingOrder = diag.Info{ID: "heading-order", Severity: diag.Error,
		Fix: "use the next level down",
		Doc: `Heading levels are not skipped on the way down

An h4 below an h2 tells readers who move by headings that a section is missing.
Source: WCAG 2.2 SC 1.3.1 (A), technique G141; HTML standard, "Headings and
outlines".`}

	headingEmpty = diag.Info{ID: "heading-empty", Severity: diag.Error,
		Fix: "write the heading, or remove it",
		Doc: `A heading has words

An empty heading is announced as a heading and says nothing. Source: WCAG 2.2 SC
1.3.1 (A) and 2.4.6 (AA).`}

	duplicateID = diag.Info{ID: "duplicate-id", Severity: diag.Error,
		Fix: "rename one of the two headings, or give it an id with {#id}",
		Doc: `An id is on a page once, and has no white space

A link, a label and a script find the first element of two with the same id. The
second cannot be reached. Source: HTML standard, "The id attribute".`}

	imageAlt = diag.Info{ID: "image-alt-missing", Severity: diag.Error,
		Fix: "describe the image, or write an empty alt if it only decorates",
		Doc: `An image has an alt attribute

A screen reader reads it out in place of the image, and reads the file name if
there is none. An image that adds nothing to the text has alt="". Source: WCAG
2.2 SC 1.1.1 (A).`}

	imageSize = diag.Info{ID: "image-size", Severity: diag.Advice,
		Fix: "print width and height on the img element",
		Doc: `An image says how much room it needs

Without width and height the text jumps when the image arrives, under the finger
of a reader who is about to follow a link. Source: Core Web Vitals, cumulative
layout shift.`}

	redirectTarget = diag.Info{ID: "redirect-target", Severity: diag.Error,
		Fix: "point the canonical link to where the page redirects",
		Doc: `A page that only redirects sends everybody to one place

Hugo writes such a page for every alias. Its canonical link tells crawlers where
the content has gone, and must name the place that readers are sent to. That the
place exists is checked like any link.`}
)
