package dom

// Key names an attribute that some rule asks about.
type Key uint8

// The attributes that a Doc keeps. All others are dropped.
const (
	Action Key = iota + 1
	Alt
	AriaHidden
	AriaLabel
	Background
	Class
	Content
	Data
	FormAction
	Height
	Hidden
	Href
	HTTPEquiv
	ID
	ImageSrcset
	Lang
	Manifest
	Name
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
	Type
	Width
	XlinkHref
)

var keys = map[string]Key{
	"action": Action, "alt": Alt, "aria-hidden": AriaHidden, "aria-label": AriaLabel,
	"background": Background, "class": Class, "content": Content, "data": Data,
	"formaction": FormAction, "height": Height, "hidden": Hidden, "href": Href,
	"http-equiv": HTTPEquiv, "id": ID, "imagesrcset": ImageSrcset, "lang": Lang,
	"manifest": Manifest, "name": Name, "open": Open, "ping": Ping, "poster": Poster,
	"property": Property, "rel": Rel, "role": Role, "src": Src, "srcdoc": Srcdoc,
	"srcset": Srcset, "style": Style, "type": Type, "width": Width, "xlink:href": XlinkHref,
}
