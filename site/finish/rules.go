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
		ID: "asset-syntax", Severity: diag.Error, Fixed: true,
		Fix: "mend the file; a browser will not read past this place",
		Doc: `A script, style sheet, JSON, XML or SVG file does not parse

A browser drops the whole script, and a crawler the whole feed, site map or
structured data, at the first syntax error (RFC 8259; XML 1.0, 1.2).`,
	}
	assetEncoding = diag.Info{
		ID: "asset-encoding", Severity: diag.Error, Fixed: true,
		Fix: "save the file as UTF-8",
		Doc: `A text file is not UTF-8

Every text file of the site is served as UTF-8. Bytes that are not show as
replacement characters (Encoding Standard, 4.2).`,
	}
	htmlHead = diag.Info{
		ID: "html-head", Severity: diag.Error, Fixed: true,
		Fix: "end the layout with </body></html>",
		Doc: `A page with structured data has no place for it

The structured data is the last thing in the body, so that a browser paints the
text before it arrives; in a page without a body it is the last thing in the
head. HTML lets an author leave those tags out, but then nobody reading the file
knows where the page ends.`,
	}
	emptyPage = diag.Info{
		ID: "empty-page", Severity: diag.Error, Fixed: true,
		Fix: "give the page a layout, or keep it from being rendered",
		Doc: `A page has no bytes

An empty file is published as a blank page that search engines report as a
soft 404. It usually means that a layout is missing.`,
	}
	fileType = diag.Info{
		ID: "file-kind", Severity: diag.Error, Fixed: true,
		Fix: "put a copy of the file in its place",
		Doc: `The rendered site holds something that is no file

A symbolic link may lead out of the site and publish what was never meant to
be; a host stores files and nothing else.`,
	}
	assetIntegrity = diag.Info{
		ID: "asset-integrity", Severity: diag.Error, Fixed: true,
		Fix: "take the integrity attribute from Hugo's fingerprint of the same file",
		Doc: `An integrity attribute does not fit the file as published

A browser refuses a script or style sheet whose hash differs (Subresource
Integrity, 3.3). Minifying changes the hash. Where Hugo made the attribute it
is brought up to date; one that was written by hand cannot be.`,
	}
	assetHash = diag.Info{
		ID: "asset-hash", Severity: diag.Error, Fixed: true,
		Fix: "rename one of the two files",
		Doc: `Two different files would get one name

A file with a content hash in its name is cached for ever, so one name must
never stand for two contents.`,
	}
	imageFormatRule = diag.Info{
		ID: "image-format", Severity: diag.Error, Fixed: true,
		Fix: "give the file the extension of its format, or export it again",
		Doc: `An image file holds something else than its extension says

Hosts tell browsers the format by the extension, and browsers that are told to
believe it show nothing (X-Content-Type-Options: nosniff; Fetch Standard,
"nosniff"). A page saved under the name of an image is the usual cause.
Metadata is removed by format, so what is no image of it cannot be cleaned.`,
	}
	imageCorrupt = diag.Info{
		ID: "image-corrupt", Severity: diag.Error, Fixed: true,
		Fix: "copy or export the image again",
		Doc: `An image file is broken or cut off

A browser shows the upper half of it, or nothing. Usually a download or a copy
was stopped. What cannot be read cannot be cleaned of metadata either
(ITU-T T.81, annex B; PNG, third edition; RFC 9649; GIF89a).`,
	}
	imageMetadataKept = diag.Info{
		ID: "image-metadata-kept", Severity: diag.Error, Fixed: true,
		Fix: "export the image without metadata, or as JPEG, PNG or WebP",
		Doc: `An AVIF or HEIC image holds metadata that cannot be removed here

Phones write into Exif where and when a photo was taken, and on what device. In
JPEG, PNG, WebP and GIF it is removed on the way; in these formats it lies
between the pixels and is addressed by offset (ISO/IEC 23008-12, annex A), so
the program that made the image has to leave it out.`,
	}
	imageWeight = diag.Info{
		ID: "image-weight", Severity: diag.Advice,
		Fix: "export the image smaller; 2000 pixels are enough for a full screen",
		Doc: `An image has more than 20 MB

On a phone it takes half a minute and eats a month's data plan, and readers in
need of help leave before (Core Web Vitals, Largest Contentful Paint).`,
	}
)

// Rules are the rules whose findings Run reports.
var Rules = []diag.Info{
	minifyProof, assetSyntax, assetEncoding, htmlHead, emptyPage, fileType, assetIntegrity, assetHash,
	imageFormatRule, imageCorrupt, imageMetadataKept, imageWeight,
}
