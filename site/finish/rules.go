package finish

import "clinicblog/site/diag"

var (
	minifyProof = diag.Info{
		ID: "minify-proof", Severity: diag.Advice,
		Fix: "simplify the markup at this place, or accept the larger file",
		Doc: `A minified file would not say the same, so it keeps its bytes

Every file is minified, and the result is read again: text, links, images,
ids, alternative texts, names, dates, meta data and structured data must be
what they were. Where they are not, or where that cannot be shown, the file
is published as Hugo rendered it. Nothing is lost but a few bytes.`,
	}
	assetSyntax = diag.Info{
		ID: "asset-syntax", Severity: diag.Error,
		Fix: "mend the file; a browser will not read past this place",
		Doc: `A script, style sheet, JSON, XML or SVG file does not parse

A browser drops the whole script, and a crawler the whole feed, site map or
structured data, at the first syntax error (RFC 8259; XML 1.0, 1.2).`,
	}
	assetEncoding = diag.Info{
		ID: "asset-encoding", Severity: diag.Error,
		Fix: "save the file as UTF-8",
		Doc: `A text file is not UTF-8

Every text file of the site is served as UTF-8. Bytes that are not show as
replacement characters (Encoding Standard, 4.2).`,
	}
	htmlHead = diag.Info{
		ID: "html-head", Severity: diag.Error,
		Fix: "write <head> and </head> in the layout",
		Doc: `A page with structured data has no </head>

The structured data is put right before </head>. HTML lets an author leave
the tag out, but then nobody reading the file knows where the head ends.`,
	}
	emptyPage = diag.Info{
		ID: "empty-page", Severity: diag.Error,
		Fix: "give the page a layout, or keep it from being rendered",
		Doc: `A page has no bytes

An empty file is published as a blank page that search engines report as a
soft 404. It usually means that a layout is missing.`,
	}
	fileType = diag.Info{
		ID: "file-kind", Severity: diag.Error,
		Fix: "put a copy of the file in its place",
		Doc: `The rendered site holds something that is no file

A symbolic link may lead out of the site and publish what was never meant to
be; a host stores files and nothing else.`,
	}
	assetIntegrity = diag.Info{
		ID: "asset-integrity", Severity: diag.Error,
		Fix: "take the integrity attribute from Hugo's fingerprint of the same file",
		Doc: `An integrity attribute does not fit the file as published

A browser refuses a script or style sheet whose hash differs (Subresource
Integrity, 3.3). Minifying changes the hash. Where Hugo made the attribute it
is brought up to date; one that was written by hand cannot be.`,
	}
	assetHash = diag.Info{
		ID: "asset-hash", Severity: diag.Error,
		Fix: "rename one of the two files",
		Doc: `Two different files would get one name

A file with a content hash in its name is cached for ever, so one name must
never stand for two contents.`,
	}
)

// Rules are the rules whose findings Run reports.
var Rules = []diag.Info{
	minifyProof, assetSyntax, assetEncoding, htmlHead, emptyPage, fileType, assetIntegrity, assetHash,
}
