package verify

import (
	"bytes"
	"encoding/binary"
)

// The beginnings of metadata by which it is found in every format: the name of
// the segment, chunk or packet that holds it.
var metadataMarks = []struct{ mark, what string }{
	{"http://ns.adobe.com/xap/1.0/\x00", "XMP"},
	{"http://ns.adobe.com/xmp/extension/\x00", "XMP"},
	{"<x:xmpmeta", "XMP"},
	{"<?xpacket begin=", "XMP"},
	{"XML:com.adobe.xmp\x00", "XMP"},
	{"application/rdf+xml\x00", "XMP"},
	{"Photoshop 3.0\x00", "IPTC data"},
	{"8BIM\x04\x04", "IPTC data"},
	{"Raw profile type ", "a raw profile of Exif, XMP or IPTC"},
}

// photo looks for what tells of the making of a photo. It does not follow the
// format, so that it sees what hides behind the end of the image as well.
func (w *worker) photo(b []byte) {
	name, what := w.paths[w.page.file], tiffMetadata(b)
	for _, m := range metadataMarks {
		if what == "" && bytes.Contains(b, []byte(m.mark)) {
			what = m.what
		}
	}
	if what != "" {
		w.findings.addHere(w.page.file, &imageMetadata, name, "image %s holds %s", name, what)
	}
}

// tiffMetadata says what a TIFF header anywhere in b leads to, "" for nothing:
// Exif blocks begin with one in every format.
func tiffMetadata(b []byte) string {
	for _, o := range []struct {
		magic string
		order binary.ByteOrder
	}{{"II*\x00", binary.LittleEndian}, {"MM\x00*", binary.BigEndian}} {
		for rest := b; ; {
			at := bytes.Index(rest, []byte(o.magic))
			if at < 0 {
				break
			}
			if what := directory(rest[at:], o.order); what != "" {
				return what
			}
			rest = rest[at+len(o.magic):]
		}
	}
	return ""
}

// directory looks through the first directory of a TIFF file (TIFF 6.0, 2).
func directory(tiff []byte, order binary.ByteOrder) string {
	if len(tiff) < 8 {
		return ""
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > uint64(len(tiff)) {
		return ""
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return ""
		}
		if kind := order.Uint16(entries[2:]); kind == 0 || kind > 13 {
			return "" // no directory, but pixels
		}
		switch order.Uint16(entries) {
		case 0x8825:
			return "the place where it was taken (GPS)"
		case 0x02bc:
			return "XMP"
		case 0x83bb:
			return "IPTC data"
		}
		entries = entries[12:]
	}
	return ""
}
