package host

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
)

// types is what a file is by the end of its name. The tables of hosts differ,
// and so do those of the machines that they run on.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".htm": "text/html; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".csv": "text/csv; charset=utf-8",
	".ics": "text/calendar; charset=utf-8", ".vcf": "text/vcard; charset=utf-8", ".vtt": "text/vtt; charset=utf-8",
	".xml": "application/xml; charset=utf-8", ".rss": "application/rss+xml; charset=utf-8", ".atom": "application/atom+xml; charset=utf-8",
	".json": "application/json; charset=utf-8", ".map": "application/json; charset=utf-8",
	".webmanifest": "application/manifest+json; charset=utf-8",
	".pdf":         "application/pdf", ".wasm": "application/wasm", ".zip": "application/zip",
	".svg": "image/svg+xml; charset=utf-8", ".avif": "image/avif", ".webp": "image/webp", ".png": "image/png", ".gif": "image/gif",
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".ico": "image/x-icon",
	".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf",
	".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".mp4": "video/mp4", ".webm": "video/webm",
}

func extension(name string) string { return strings.ToLower(path.Ext(name)) }

// ContentType is the type of a file by its name.
func ContentType(name string) string {
	if t := types[extension(name)]; t != "" {
		return t
	}
	return "application/octet-stream"
}

// Compresses reports whether a file is of a format that is not compressed
// already, by its name.
func Compresses(name string) bool {
	t := ContentType(name)
	return strings.Contains(t, "charset=") || t == "application/wasm" || t == "font/ttf" || t == "font/otf"
}

// codings are the names of compressed twins in HTTP, by the end of their names.
var codings = map[string]string{"br": "br", "gz": "gzip", "zst": "zstd"}

// coded lists what files have twins of, with what is sent first at the front.
func (s Site) coded() []string {
	return slices.DeleteFunc([]string{"zst", "br", "gz"}, func(c string) bool { return !slices.Contains(s.Coded, c) })
}

// feeds are the types of feeds, whose names are those of any XML and JSON.
var feeds = []struct {
	ext, sign, contentType string
}{
	{".xml", "<feed", "application/atom+xml; charset=utf-8"},
	{".xml", "<rss", "application/rss+xml; charset=utf-8"},
	{".json", `"feed_url":`, "application/feed+json; charset=utf-8"},
}

// Sniffed is the type of a file whose name does not tell, by how it begins, and
// "" for all others.
func Sniffed(name string, head []byte) string {
	for _, f := range feeds {
		if extension(name) == f.ext && bytes.Contains(head, []byte(f.sign)) {
			return f.contentType
		}
	}
	return ""
}

// Sniffs reports whether Sniffed looks at the first bytes of a file.
func Sniffs(name string) bool {
	return slices.ContainsFunc([]string{".xml", ".json"}, func(ext string) bool { return extension(name) == ext })
}

// How long answers are kept. What a page says of crisis lines, of a schedule
// or of a medicine is asked for anew each time; a file whose name is made from
// its content never changes.
const (
	cachePage   = "public, max-age=0, must-revalidate"
	cacheFeed   = "public, max-age=3600"
	cacheMedia  = "public, max-age=86400"
	cacheStamp  = "public, max-age=31536000, immutable"
	stampDigits = `[0-9a-f]{16,128}`
)

// stamped matches a name with a hash of the content in it: before the
// extension, as the build puts it there, or as Hugo names images that it made.
var stamped = regexp.MustCompile(`(\.|_hu_)` + stampDigits + `\.[A-Za-z0-9]+$`)

func cacheOf(name, contentType string) string {
	if stamped.MatchString(name) {
		return cacheStamp
	}
	kind, sub, _ := strings.Cut(contentType, "/")
	switch {
	case strings.Contains(sub, "atom+xml"), strings.Contains(sub, "rss+xml"), strings.Contains(sub, "feed+json"):
		return cacheFeed
	case kind == "image", kind == "font", kind == "audio", kind == "video":
		return cacheMedia
	}
	switch extension(name) {
	case ".ics", ".xml", ".txt":
		return cacheFeed
	case ".pdf", ".zip":
		return cacheMedia
	}
	return cachePage
}

// kind is what differs between files: how long they are kept, and what they are.
type kind struct{ cache, contentType string }

func (s Site) kindOf(path string) kind {
	t := s.Types[path]
	if t == "" {
		t = ContentType(path)
	}
	return kind{cacheOf(path, t), t}
}

// Headers returns all that goes with a file, sorted by name. Path is below the
// home page.
func (s Site) Headers(path string) []Header {
	k := s.kindOf(path)
	all := append(slices.Clone(s.Always), Header{"Cache-Control", k.cache}, Header{"Content-Type", k.contentType})
	slices.SortFunc(all, func(a, b Header) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// pattern matches files, in the ways that hosts can say it.
type pattern struct {
	ext   string // of the file, with its dot
	stamp string // what stands before the hash in its name: "", "." or "_hu_"
	path  string // of one file, in place of the others
}

// match is a regular expression for paths below the home page, which most
// hosts take. It begins where the path begins.
func (p pattern) match() string {
	switch {
	case p.path != "":
		return regexp.QuoteMeta(p.path)
	case p.stamp != "":
		return `.*` + regexp.QuoteMeta(p.stamp) + stampDigits + regexp.QuoteMeta(p.ext)
	}
	return `.*` + regexp.QuoteMeta(p.ext)
}

// rule is a line of a cascade: of several that match, the last one counts.
type rule struct {
	pattern
	kind
}

// cascade describes all files but pages by rules, from the general to the
// special: by extension, then by a hash in the name, then single files. match
// is how a host reads a pattern, which may be broader than ours; what it would
// get wrong is named file by file. Pages are what no rule matches.
func (s Site) cascade(match func(pattern) string) []rule {
	var rules []rule
	seen := map[pattern]bool{}
	add := func(p pattern, k kind) {
		if !seen[p] {
			seen[p] = true
			rules = append(rules, rule{p, k})
		}
	}
	var special []rule
	for _, f := range s.Files {
		ext := path.Ext(f.Path)
		if ext == "" || isPage(f.Path) {
			continue
		}
		add(pattern{ext: ext}, kind{cacheOf("x"+ext, ContentType(ext)), ContentType(ext)})
		if stamped.MatchString(f.Path) {
			stamp := "."
			if strings.Contains(path.Base(f.Path), "_hu_") {
				stamp = "_hu_"
			}
			p := pattern{ext: ext, stamp: stamp}
			if !seen[p] {
				seen[p] = true
				special = append(special, rule{p, kind{cacheStamp, ContentType(ext)}})
			}
		}
	}
	slices.SortFunc(rules, func(a, b rule) int { return strings.Compare(a.ext, b.ext) })
	slices.SortFunc(special, func(a, b rule) int { return strings.Compare(a.stamp+a.ext, b.stamp+b.ext) })
	rules = append(rules, special...)

	tests := make([]*regexp.Regexp, len(rules))
	for i, r := range rules {
		tests[i] = regexp.MustCompile("^(?:" + match(r.pattern) + ")$")
	}
	for _, f := range s.Files {
		want, got := s.kindOf(f.Path), kind{cachePage, types[".html"]}
		for i := len(rules[:len(tests)]) - 1; i >= 0; i-- {
			if tests[i].MatchString(f.Path) {
				got = rules[i].kind
				break
			}
		}
		if got != want {
			rules = append(rules, rule{pattern{path: f.Path}, want})
		}
	}
	return rules
}

// size is that of all files, in bytes.
func (s Site) size() int {
	n := 0
	for _, f := range s.Files {
		n += int(f.Size)
	}
	return n
}

func isPage(path string) bool { return strings.HasPrefix(ContentType(path), "text/html") }
