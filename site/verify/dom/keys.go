package dom

import "bytes"

// Key names an attribute that some rule asks about.
type Key uint8

// The attributes that a Doc keeps. All others are dropped.
const (
	Action Key = iota + 1
	Alt
	AriaHidden
	AriaLabel
	AriaLabelledby
	Background
	Class
	Content
	Data
	DataIndex
	For
	FormAction
	Handler // any whose name begins with "on"
	Height
	Hidden
	Href
	Hreflang
	HTTPEquiv
	ID
	ImageSrcset
	Lang
	Manifest
	Method
	Name
	NoSearch // data-nosearch: not the page's own text
	Open
	Ping
	Poster
	Property
	Rel
	Role
	Src
	Srcdoc
	Srcset
	Style
	Title
	Type
	Width
	XlinkHref
)

// key returns the Key of a name as it is written, 0 if no rule asks about it.
func key(name []byte) Key {
	switch string(name) {
	case "action":
		return Action
	case "alt":
		return Alt
	case "aria-hidden":
		return AriaHidden
	case "aria-label":
		return AriaLabel
	case "aria-labelledby":
		return AriaLabelledby
	case "background":
		return Background
	case "class":
		return Class
	case "content":
		return Content
	case "data":
		return Data
	case "data-index":
		return DataIndex
	case "for":
		return For
	case "formaction":
		return FormAction
	case "height":
		return Height
	case "hidden":
		return Hidden
	case "href":
		return Href
	case "hreflang":
		return Hreflang
	case "http-equiv":
		return HTTPEquiv
	case "id":
		return ID
	case "imagesrcset":
		return ImageSrcset
	case "lang":
		return Lang
	case "manifest":
		return Manifest
	case "method":
		return Method
	case "data-nosearch":
		return NoSearch
	case "name":
		return Name
	case "open":
		return Open
	case "ping":
		return Ping
	case "poster":
		return Poster
	case "property":
		return Property
	case "rel":
		return Rel
	case "role":
		return Role
	case "src":
		return Src
	case "srcdoc":
		return Srcdoc
	case "srcset":
		return Srcset
	case "style":
		return Style
	case "title":
		return Title
	case "type":
		return Type
	case "width":
		return Width
	case "xlink:href":
		return XlinkHref
	}
	if len(name) > 2 && name[0] == 'o' && name[1] == 'n' {
		return Handler
	}
	for _, c := range name {
		if 'A' <= c && c <= 'Z' {
			return key(bytes.ToLower(name))
		}
	}
	return 0
}
