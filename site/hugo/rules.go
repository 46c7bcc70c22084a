package hugo

import "clinicblog/site/diag"

var (
	errorRule = diag.Info{
		ID: "hugo-error", Severity: diag.Error, Fixed: true,
		Fix: "correct the file at this place",
		Doc: `Hugo gave up on a file

The message is Hugo's own, at the place that Hugo names. A template that cannot
be parsed is reported by Hugo at the base template; the finding is at the
template itself. See https://gohugo.io/troubleshooting/.`,
	}
	warningRule = diag.Info{
		ID: "hugo-warning", Severity: diag.Error, Fixed: true,
		Fix: "change what Hugo warns of",
		Doc: `Hugo warned, and built the page all the same

Hugo exits with 0 after leaving something out of a page, after a translation
that does not exist, and before it removes a setting in a later release. What is
missing from a page about health is not noticed by its readers, so a warning
stops publishing. See https://gohugo.io/troubleshooting/deprecation/.`,
	}
	configRule = diag.Info{
		ID: "hugo-config", Severity: diag.Error, Fixed: true,
		Fix: "correct the setting",
		Doc: `hugo.toml cannot be used as it is

Only hugo.toml is read: no config folder, no YAML, no JSON, no HUGO_ variables,
so that one file says what is built. The tool lays its own settings for
security, markup, caches, mounts and outputs over it, and refuses what would
undo them for one language. See https://gohugo.io/configuration/all/.`,
	}
	outsideRule = diag.Info{
		ID: "outside-project", Severity: diag.Error, Fixed: true,
		Fix: "copy the files into the project",
		Doc: `Hugo would read, and may publish, files from outside the project

A mount with source = "/etc", a content folder of "../..", or a static folder
that is a symbolic link: Hugo publishes what is there and exits with 0. What a
site publishes must be in the site's own folder, where it is seen in review.
See https://gohugo.io/about/security/.`,
	}
	linkRule = diag.Info{
		ID: "symbolic-link", Severity: diag.Error, Fixed: true,
		Fix: "put the file itself there",
		Doc: `Hugo leaves out symbolic links and special files without a word

Below a content, static or assets folder Hugo treats a symbolic link as a file
that does not exist, and waits for ever on a named pipe. The page or image would
be missing from the site. See https://gohugo.io/about/security/.`,
	}
	duplicateRule = diag.Info{
		ID: "duplicate-url", Severity: diag.Error, Fixed: true,
		Fix: "change the slug, url or aliases of one of them, or remove it",
		Doc: `Two sources are published under one URL

Hugo writes both, one after the other, and keeps the one that comes last; which
one that is can differ from build to build. The other page is lost. Compare
https://gohugo.io/commands/hugo/, --printPathWarnings.`,
	}
	imageRule = diag.Info{
		ID: "page-image", Severity: diag.Error,
		Fix: "put the image beside the page, or below assets/ or static/",
		Doc: `The image that a page names cannot be used

The front matter key image names a file beside the page, below assets/ or below
static/. It is shown when the page is shared and stands in the structured data
(https://schema.org/image). Without the file both are missing.`,
	}
)

// Rules lists what the findings of this package are about.
var Rules = []diag.Info{errorRule, warningRule, configRule, outsideRule, linkRule, duplicateRule, imageRule, securityExpired, securityExpiring}
