package finish

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // for image.DecodeConfig
	_ "image/jpeg" // for image.DecodeConfig
	_ "image/png"  // for image.DecodeConfig
	"path"
	"strings"
)

// heavyImage is how many bytes an image may have before it is reported.
const heavyImage = 20 << 20

// imageFormat is a format of image files whose metadata is known.
type imageFormat string

const (
	formatJPEG imageFormat = "JPEG"
	formatPNG  imageFormat = "PNG"
	formatWebP imageFormat = "WebP"
	formatGIF  imageFormat = "GIF"
	formatHEIF imageFormat = "AVIF or HEIC" // ISO/IEC 23008-12
)

// imageFormatOf returns the format that a file's extension promises, or "".
// Cameras write .JPG.
func imageFormatOf(name string) imageFormat {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".jpe", ".jfif", ".pjpeg", ".pjp":
		return formatJPEG
	case ".png", ".apng":
		return formatPNG
	case ".webp":
		return formatWebP
	case ".gif":
		return formatGIF
	case ".avif", ".avifs", ".heic", ".heics", ".heif", ".heifs", ".hif":
		return formatHEIF
	}
	return ""
}

// sniff returns the format that the first bytes of a file show, or "".
func sniff(src []byte) imageFormat {
	at := func(i int, magic string) bool { return len(src) >= i && bytes.HasPrefix(src[i:], []byte(magic)) }
	switch {
	case at(0, "\xff\xd8\xff"):
		return formatJPEG
	case at(0, pngSignature):
		return formatPNG
	case at(0, "RIFF") && at(8, "WEBP"):
		return formatWebP
	case at(0, "GIF87a"), at(0, "GIF89a"):
		return formatGIF
	case at(4, "ftyp"):
		return formatHEIF
	}
	return ""
}

// image returns an image without its metadata, and reports one that is not
// what its name says, is broken, or cannot be cleaned.
func (w *worker) image(name string, src []byte) []byte {
	w.file = name
	want, got := imageFormatOf(name), sniff(src)
	if len(src) > heavyImage {
		w.report(imageWeight, "%s has %d MB", name, len(src)>>20)
	}
	switch {
	case got == "":
		w.report(imageFormatRule, "the content of %s is no %s image", name, want)
		return src
	case got != want:
		w.report(imageFormatRule, "the content of %s is a %s image, not %s", name, got, want)
		return src
	case got == formatHEIF:
		what, whole := heifMetadata(src)
		if !whole {
			w.report(imageCorrupt, "%s cannot be read as %s: %v", name, got, errTruncated)
		}
		if what != "" {
			w.report(imageMetadataKept, "%s holds %s, which cannot be removed from this format without loss", name, what)
		}
		return src
	}
	out, err := withoutMetadata(w.picture[:0], got, src)
	if err != nil {
		w.report(imageCorrupt, "%s cannot be read as %s: %v", name, got, err)
		return src
	}
	w.picture = out
	return out
}

// withoutMetadata appends to out what is needed to show an image, byte for
// byte, and leaves out all that tells of its making: Exif, XMP, IPTC, texts,
// previews and what follows its end. Of Exif a block with the orientation
// alone is kept where the image would otherwise be shown turned. src starts
// with the magic bytes of the format. An error says where the file is broken.
func withoutMetadata(out []byte, format imageFormat, src []byte) ([]byte, error) {
	start := len(out)
	var err error
	switch format {
	case formatJPEG:
		out, err = cleanJPEG(out, src)
	case formatPNG:
		out, err = cleanPNG(out, src)
	case formatWebP:
		out, err = cleanWebP(out, src)
	case formatGIF:
		out, err = cleanGIF(out, src)
	default:
		return nil, fmt.Errorf("the metadata of %s is not known", format)
	}
	if err != nil {
		return nil, err
	}
	before, _, err := image.DecodeConfig(bytes.NewReader(src))
	if err != nil {
		return out, nil // there are images that browsers know and the standard library does not
	}
	after, _, err := image.DecodeConfig(bytes.NewReader(out[start:]))
	if err != nil || before.Width != after.Width || before.Height != after.Height {
		return nil, errors.New("without its metadata it would not be the same image")
	}
	return out, nil
}

var errTruncated = errors.New("it ends before the image does")

// cleanJPEG keeps every segment that is no APPn or COM, and of the former JFIF,
// the colour profile and Adobe's colour transform (ITU-T T.81 annex B, T.871;
// ICC.1 B.4). What stands between segments is dropped, as decoders do.
func cleanJPEG(out, src []byte) ([]byte, error) {
	out = append(out, src[:2]...)
	seenExif, seenFrame, seenScan := false, false, false
	for i := 2; ; {
		n := bytes.IndexByte(src[i:], 0xff)
		if n < 0 {
			return nil, errTruncated
		}
		for i += n; i < len(src) && src[i] == 0xff; {
			i++ // fill bytes
		}
		if i == len(src) {
			return nil, errTruncated
		}
		marker := src[i]
		i++
		switch {
		case marker == 0x00 || marker >= 0xd0 && marker <= 0xd7: // left over from a scan
			continue
		case marker == 0xd9 && seenScan: // EOI; previews, motion and gain maps follow it
			return append(out, 0xff, marker), nil
		case marker < 0xc0 || marker == 0xd8 || marker == 0xd9:
			return nil, fmt.Errorf("marker 0x%02x is out of place", marker)
		}
		if len(src)-i < 2 {
			return nil, errTruncated
		}
		size := int(binary.BigEndian.Uint16(src[i:]))
		if size < 2 {
			return nil, fmt.Errorf("segment 0x%02x has no length", marker)
		}
		if size > len(src)-i {
			return nil, errTruncated
		}
		data := src[i+2 : i+size]
		i += size
		switch {
		case marker == 0xe0 && bytes.HasPrefix(data, []byte("JFIF\x00")):
			if len(data) >= 14 { // a preview may follow, of a size in the last two bytes
				data = append(bytes.Clone(data[:12]), 0, 0)
			}
			out = appendSegment(out, marker, data)
		case marker == 0xe1 && bytes.HasPrefix(data, exifPrefix):
			if o := orientation(data[len(exifPrefix):]); o > 1 && !seenExif {
				out = appendSegment(out, marker, append(bytes.Clone(exifPrefix), orientationTIFF(o)...))
			}
			seenExif = true
		case marker == 0xe2 && bytes.HasPrefix(data, []byte("ICC_PROFILE\x00")):
			out = appendSegment(out, marker, data)
		case marker == 0xee && bytes.HasPrefix(data, []byte("Adobe")) && len(data) >= 12:
			out = appendSegment(out, marker, data[:12])
		case marker >= 0xe0 && marker <= 0xef || marker == 0xfe:
		case marker == 0xda:
			if !seenFrame {
				return nil, errors.New("a scan comes before its frame")
			}
			seenScan = true
			out = appendSegment(out, marker, data)
			from := i
			i = scanEnd(src, i)
			out = append(out, src[from:i]...)
		default:
			// SOF0 to SOF15, without DHT, JPG and DAC in their midst.
			if marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc {
				seenFrame = true
			}
			out = appendSegment(out, marker, data)
		}
	}
}

func appendSegment(out []byte, marker byte, data []byte) []byte {
	out = binary.BigEndian.AppendUint16(append(out, 0xff, marker), uint16(len(data)+2))
	return append(out, data...)
}

// scanEnd returns the offset of the first marker from i on that ends a scan.
func scanEnd(src []byte, i int) int {
	for {
		n := bytes.IndexByte(src[i:], 0xff)
		if n < 0 || i+n+1 >= len(src) {
			return len(src)
		}
		i += n
		if next := src[i+1]; next != 0x00 && (next < 0xd0 || next > 0xd7) {
			return i
		}
		i += 2
	}
}

var exifPrefix = []byte("Exif\x00\x00")

// orientation returns the value of the tag Orientation in the first directory
// of an Exif block without its prefix, 1 to 8, or 0 (Exif 3.0, 4.6.5.1.6).
func orientation(tiff []byte) uint16 {
	var order binary.ByteOrder = binary.BigEndian
	switch {
	case len(tiff) < 8:
		return 0
	case string(tiff[:4]) == "II*\x00":
		order = binary.LittleEndian
	case string(tiff[:4]) != "MM\x00*":
		return 0
	}
	offset := uint64(order.Uint32(tiff[4:]))
	if offset+2 > uint64(len(tiff)) {
		return 0
	}
	entries := tiff[offset+2:]
	for range order.Uint16(tiff[offset:]) {
		if len(entries) < 12 {
			return 0
		}
		const tag, short = 0x0112, 3
		if order.Uint16(entries) == tag {
			value := order.Uint16(entries[8:])
			if order.Uint16(entries[2:]) != short || order.Uint32(entries[4:]) != 1 || value > 8 {
				return 0
			}
			return value
		}
		entries = entries[12:]
	}
	return 0
}

// orientationTIFF returns an Exif block, without its prefix, that says how to
// turn the image and nothing else.
func orientationTIFF(o uint16) []byte {
	return []byte{
		'M', 'M', 0, '*', 0, 0, 0, 8, // the directory is at 8
		0, 1, // one entry
		0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(o), 0, 0, // Orientation, one SHORT
		0, 0, 0, 0, // no other directory
	}
}
