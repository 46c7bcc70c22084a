package content

import "clinicblog/site/diag"

// Rules lists the findings that reading the sources can make.
func Rules() []diag.Info {
	return []diag.Info{
		ruleEmptyFile, ruleEncoding, ruleByteOrderMark, ruleLineEndings, ruleLargeFile,
		ruleFrontMatter, ruleYAML, ruleDuplicateKey, ruleUnknownKey, ruleKeyType, ruleUntranslated,
	}
}

var (
	ruleEmptyFile = diag.Info{ID: "empty-file", Severity: diag.Error, Fixed: true,
		Fix: "write the page, or delete the file",
		Doc: `A source file is empty

Hugo publishes an empty file as an empty page, at a URL that crawlers keep.`}

	ruleEncoding = diag.Info{ID: "encoding", Severity: diag.Error, Fixed: true,
		Fix: "save the file as UTF-8",
		Doc: `A source file is not UTF-8

A byte that is no UTF-8 reaches the reader as a replacement character, or as
a different letter. In a dose or a phone number that is a hazard. Text saved
by old word processors as Windows-1252 or UTF-16 is the usual cause.`}

	ruleByteOrderMark = diag.Info{ID: "byte-order-mark", Severity: diag.Advice,
		Fix: "save the file as UTF-8 without a byte order mark",
		Doc: `A source file starts with a byte order mark

The mark is invisible and UTF-8 does not need it (Unicode Standard, 2.6).
Tools that compare the first line with --- stumble over it.`}

	ruleLineEndings = diag.Info{ID: "line-endings", Severity: diag.Advice,
		Fix: "save the file with LF line ends",
		Doc: `A source file has carriage returns at the ends of its lines

The page is built all the same. Mixed line ends make every later edit look
like a change of the whole file, which hides the real one from a reviewer.
The finding stands at the first such line.`}

	ruleLargeFile = diag.Info{ID: "large-file", Severity: diag.Advice,
		Fix: "look for text or an image pasted in by mistake",
		Doc: `A source file is larger than a megabyte

A long article is about 60 kB. A megabyte of Markdown is mostly an image
pasted as text, or an export of many pages in one file.`}

	ruleFrontMatter = diag.Info{ID: "front-matter", Severity: diag.Error, Fixed: true,
		Fix: "begin the file with a line of three hyphens, the keys, and another line of three hyphens",
		Doc: `A page has no readable front matter

The front matter holds the title, the description, the author and the dates.
Without it the page has none, and keys that were meant for the tool are shown
to the reader as text.`}

	ruleYAML = diag.Info{ID: "yaml", Severity: diag.Error, Fixed: true,
		Fix: "mend the YAML at this place",
		Doc: `A front matter or a data file is not well-formed YAML

The usual causes: a colon in a text without quotes, a tab, a list item that is
not indented like its neighbours. Positions are those of the file itself.`}

	ruleDuplicateKey = diag.Info{ID: "duplicate-key", Severity: diag.Error, Fixed: true,
		Fix: "keep one of the two",
		Doc: `A key is set twice

YAML allows a key once (YAML 1.2.2, 3.2.1.1), and tools differ in which of two
values they take. Keys are compared without regard to case, as Hugo does.`}

	ruleUnknownKey = diag.Info{ID: "unknown-key", Severity: diag.Error,
		Fix: "remove the key, or put your own keys below params",
		Doc: `A key is not one that the tool or Hugo reads

Hugo ignores a misspelt key in silence: "descripton" leaves the page without a
description, "expirydate" in the wrong place keeps an offer online. Keys of
your own belong below params.`}

	ruleKeyType = diag.Info{ID: "key-type", Severity: diag.Error,
		Fix: "write the value in that form",
		Doc: `A key holds a value of the wrong kind

For example a list where one text belongs, or a date that is no date. What a
template makes of such a value is a matter of luck.`}

	ruleUntranslated = diag.Info{ID: "data-untranslated", Severity: diag.Advice,
		Fix: "write the text in that language beside the others",
		Doc: `A text in data/ lacks one of the site's languages

A text that is written once stands on the pages of every language: the name of
a room may do so. One that is written by language, as {en: ..., es: ...}, falls
back to the default language where it is missing.`}
)
