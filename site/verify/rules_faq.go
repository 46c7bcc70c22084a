package verify

import "clinicblog/site/diag"

// Questions and answers.
var (
	faqPage = diag.Info{ID: "faq-page", Severity: diag.Error, Fixed: true,
		Fix: "type the page FAQPage exactly when it has questions, and list them all in its mainEntity",
		Doc: `A page is a FAQPage if, and only if, it has questions

The questions are the mainEntity of the FAQPage. Source:
https://schema.org/FAQPage.`}

	faqQuestion = diag.Info{ID: "faq-question-differs", Severity: diag.Error, Fixed: true,
		Fix: "make the name the words of the heading, and the url the page's address with the heading's id",
		Doc: `A question in the markup is a heading on the page

Its name has the words of the heading, its url leads to the heading, and its
acceptedAnswer has a text. An assistant that quotes the answer can then show
where it stands. Source: https://schema.org/Question.`}

	faqHidden = diag.Info{ID: "faq-hidden", Severity: diag.Error, Fixed: true,
		Fix: "show the question and its answer as plain headings and text",
		Doc: `Readers see every question and answer without opening anything

What the markup says must be visible on the page. Text in a closed details
element is found by no search within the page in some browsers and is printed by
none. Source: Google Search Central, "General structured data guidelines";
NHS digital service manual, "Details".`}

	faqAnswer = diag.Info{ID: "faq-answer-differs", Severity: diag.Error, Fixed: true,
		Fix: "change the text in one place, the source of the page, and build again",
		Doc: `An answer in the markup has the words of the answer on the page

The same words in the same order, with the same punctuation. The visible answer
is what follows the heading up to the next heading of the same or a higher
level; white space, numbers of citations and hidden text do not count. An answer
about health that says one thing to readers and another to machines is wrong in
one of the two. Source: Google Search Central, "General structured data
guidelines": do not mark up content that is not visible.`}

	faqAnswerHTML = diag.Info{ID: "faq-answer-html", Severity: diag.Error, Fixed: true,
		Fix: "keep paragraphs, lists, links and emphasis, and drop the other elements",
		Doc: `An answer in the markup is simple HTML

Consumers accept h1 to h6, br, ol, ul, li, a, p, div, b, strong, i and em, and
ignore or drop the rest. Links are absolute, for the answer is shown elsewhere.
Source: Google Search Central, FAQPage documentation (until 2026).`}

	faqAnswerLink = diag.Info{ID: "faq-answer-link", Severity: diag.Error, Fixed: true,
		Fix: "change the link in one place, the source of the page, and build again",
		Doc: `An answer in the markup has the links of the answer on the page

The same addresses in the same order. Links of citation numbers do not count.`}

	faqOrder = diag.Info{ID: "faq-order", Severity: diag.Error, Fixed: true,
		Fix: "list each question once, in the order of the page",
		Doc: `Questions are in the markup once, in the order of the page

A question that is listed twice, or has the address of another, has two answers.`}

	faqMissing = diag.Info{ID: "faq-missing", Severity: diag.Error, Fixed: true,
		Fix: "write the question as a heading one level below the heading of the FAQ, and mark that one with {.faq} if it has another name",
		Doc: `Every question that readers see in a FAQ is in the markup

A section is a FAQ if its heading says so, such as "FAQ" or "Preguntas
frecuentes", or has the class faq. Its questions are the headings one level
below. Terms of a list, lines that start with "Q:" and questions in bold look
like questions too, but neither screen readers nor the markup find them.`}
)
