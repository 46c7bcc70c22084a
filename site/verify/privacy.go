package verify

import (
	"strings"

	"golang.org/x/net/html/atom"

	"clinicblog/site/verify/dom"
)

// formTargetName is what a form's target is called in findings.
const formTargetName = "form target"

// trackers are domains that learn who reads a page, and whose they are. Sources:
// HHS, "Use of Online Tracking Technologies by HIPAA Covered Entities and
// Business Associates"; the FTC's orders on GoodRx, BetterHelp, Cerebral and
// Monument; the vendors' own instructions for installing.
var trackers = map[string]string{
	"google-analytics.com": "Google", "googletagmanager.com": "Google", "doubleclick.net": "Google", "googleadservices.com": "Google",
	"googlesyndication.com": "Google", "gstatic.com": "Google", "googleapis.com": "Google", "google.com": "Google", "youtube.com": "Google", "ytimg.com": "Google",
	"facebook.com": "Meta", "facebook.net": "Meta", "fbcdn.net": "Meta", "instagram.com": "Meta",
	"tiktok.com": "TikTok", "ttwstatic.com": "TikTok", "linkedin.com": "LinkedIn", "licdn.com": "LinkedIn",
	"snapchat.com": "Snap", "sc-static.net": "Snap", "pinterest.com": "Pinterest", "pinimg.com": "Pinterest",
	"twitter.com": "X", "x.com": "X", "ads-twitter.com": "X", "reddit.com": "Reddit", "redditstatic.com": "Reddit",
	"bing.com": "Microsoft", "clarity.ms": "Microsoft", "hotjar.com": "Hotjar", "hotjar.io": "Hotjar", "fullstory.com": "FullStory",
	"mouseflow.com": "Mouseflow", "crazyegg.com": "Crazy Egg", "luckyorange.com": "Lucky Orange", "smartlook.com": "Smartlook",
	"callrail.com": "CallRail", "calltrk.com": "CallRail", "calltrackingmetrics.com": "CallTrackingMetrics", "invoca.net": "Invoca",
	"hubspot.com": "HubSpot", "hs-scripts.com": "HubSpot", "hs-analytics.net": "HubSpot", "hsforms.net": "HubSpot", "hsforms.com": "HubSpot",
	"segment.com": "Segment", "segment.io": "Segment", "mixpanel.com": "Mixpanel", "amplitude.com": "Amplitude", "heap.io": "Heap", "heapanalytics.com": "Heap",
	"criteo.com": "Criteo", "criteo.net": "Criteo", "taboola.com": "Taboola", "outbrain.com": "Outbrain", "adroll.com": "AdRoll", "quantserve.com": "Quantcast",
	"scorecardresearch.com": "Comscore", "adnxs.com": "Xandr", "amazon-adsystem.com": "Amazon", "demdex.net": "Adobe", "omtrdc.net": "Adobe",
	"intercom.io": "Intercom", "intercomcdn.com": "Intercom", "drift.com": "Drift", "tawk.to": "tawk.to", "livechatinc.com": "LiveChat",
	"addthis.com": "Oracle", "sharethis.com": "ShareThis", "newrelic.com": "New Relic", "nr-data.net": "New Relic", "cloudflareinsights.com": "Cloudflare",
	"yandex.ru": "Yandex", "matomo.cloud": "Matomo", "klaviyo.com": "Klaviyo", "list-manage.com": "Mailchimp", "chimpstatic.com": "Mailchimp",
}

// tracker returns whose a host is when it is that of a known tracker, or below it.
func tracker(host string) string {
	host, _, _ = strings.Cut(host, ":")
	for host = strings.TrimSuffix(host, "."); host != ""; {
		if company := trackers[host]; company != "" {
			return company
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return ""
}

// form checks how a form sends. Where it sends is an address like any other.
func (w *worker) form(i int32) {
	if method, _ := w.page.Attr(i, dom.Method); strings.EqualFold(strings.TrimSpace(method), "post") {
		if action, _ := w.page.Attr(i, dom.Action); w.resolve(action).kind != other {
			w.findings.add(w.page.file, &formTarget, action, "a form sends with POST to this site, where nothing receives it")
		}
	}
}

// trackingParameter looks for parameters in a link that say where a reader comes
// from.
func (w *worker) trackingParameter(href string) {
	_, query, ok := strings.Cut(href, "?")
	if !ok {
		return
	}
	query, _, _ = strings.Cut(query, "#")
	for pair := range strings.FieldsFuncSeq(query, func(r rune) bool { return r == '&' || r == ';' }) {
		name, _, _ := strings.Cut(pair, "=")
		if name = strings.ToLower(name); strings.HasPrefix(name, "utm_") || clickIDs[name] {
			w.findings.add(w.page.file, &trackingParameter, href, "link %s carries %q", clip(href), name)
			return
		}
	}
}

// clickIDs are parameters by which advertisers know a click again.
var clickIDs = map[string]bool{
	"fbclid": true, "gclid": true, "gbraid": true, "wbraid": true, "dclid": true, "msclkid": true, "ttclid": true, "twclid": true, "li_fat_id": true,
	"igshid": true, "igsh": true, "yclid": true, "mc_cid": true, "mc_eid": true, "_hsenc": true, "_hsmi": true, "_gl": true, "scid": true, "epik": true,
}

// A notice is a page to which the home page must link. A link is to it when its
// words, or its address, hold one of the phrases.
type notice struct {
	name    string
	phrases []string
}

var privacyPages = []notice{
	{"a privacy policy", []string{"privacy policy", "privacy notice", "privacy statement", "privacy", "privacidad"}},
	{"a consumer health data policy", []string{"consumer health", "consumer-health", "datos de salud del consumidor", "datos-de-salud"}},
	{"a notice of privacy practices", []string{"notice of privacy practices", "notice-of-privacy-practices", "privacy practices", "privacy-practices", "prácticas de privacidad", "practicas-de-privacidad"}},
}

var languagePages = []notice{
	{"a notice of nondiscrimination", []string{"nondiscrimination", "non-discrimination", "no discriminación", "no-discriminacion"}},
	{"a notice of language assistance", []string{"language assistance", "language-assistance", "language help", "asistencia lingüística", "asistencia con el idioma", "ayuda con el idioma", "asistencia-linguistica"}},
}

// notices looks on the home page for links to what the law asks for.
func (w *worker) notices() {
	p := &w.page
	var links []string
	for i := range int32(len(p.Nodes)) {
		if p.Nodes[i].Tag != atom.A || p.flags[i]&unseen != 0 {
			continue
		}
		href, _ := p.Attr(i, dom.Href)
		w.seen.reset()
		p.read(&w.seen, i+1, p.Nodes[i].End)
		links = append(links, strings.ToLower(w.seen.String()+"\n"+decode(href)))
	}
	missing := func(of []notice) string {
		var names []string
		for _, n := range of {
			found := false
			for _, link := range links {
				for _, phrase := range n.phrases {
					found = found || strings.Contains(link, phrase)
				}
			}
			if !found {
				names = append(names, n.name)
			}
		}
		return strings.Join(names, ", ")
	}
	if names := missing(privacyPages); names != "" {
		w.findings.add(p.file, &privacyNotices, "", "the home page links to no page with %s", names)
	}
	if names := missing(languagePages); names != "" {
		w.findings.add(p.file, &languageNotices, "", "the home page links to no page with %s", names)
	}
}
