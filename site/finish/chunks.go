package finish

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// The chunks that change how a PNG image looks (PNG, third edition, 11), and
// those of WebP (RFC 9649, 2.3 to 2.7.1). Unknown ones are no part of it.
var (
	pngChunks = []string{
		"IHDR", "PLTE", "IDAT", "IEND", "acTL", "fcTL", "fdAT", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI",
		"sBIT", "bKGD", "hIST", "pHYs", "sPLT",
	}
	webpChunks = []string{"VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"}
)

func cleanPNG(out, src []byte) ([]byte, error) {
	out = append(out, pngSignature...)
	previous, seenData, seenExif := "", false, false
	for rest := src[len(pngSignature):]; ; {
		if len(rest) < 12 {
			return nil, errTruncated
		}
		n := uint64(binary.BigEndian.Uint32(rest))
		if n > uint64(len(rest)-12) {
			return nil, errTruncated
		}
		kind, data, chunk := string(rest[4:8]), rest[8:8+n], rest[:12+n]
		rest = rest[12+n:]
		if crc32.ChecksumIEEE(chunk[4:8+n]) != binary.BigEndian.Uint32(chunk[8+n:]) {
			return nil, fmt.Errorf("the checksum of its chunk %q is wrong", kind)
		}
		switch {
		case previous == "" && kind != "IHDR":
			return nil, errors.New("it does not begin with a header")
		case kind == "IDAT" && seenData && previous != "IDAT":
			return nil, errors.New("its pixels are not in one piece")
		case slices.Contains(pngChunks, kind):
			out = append(out, chunk...)
		case kind == "eXIf":
			if o := orientation(data); o > 1 && !seenExif {
				out = appendChunk(out, kind, orientationTIFF(o))
			}
			seenExif = true
		case kind[0]&0x20 == 0: // a decoder must not go on (5.4)
			return nil, fmt.Errorf("no browser knows its chunk %q", kind)
		}
		previous, seenData = kind, seenData || kind == "IDAT"
		if kind == "IEND" {
			if !seenData {
				return nil, errTruncated
			}
			return out, nil
		}
	}
}

// appendChunk appends a chunk of PNG.
func appendChunk(out []byte, kind string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	from := len(out)
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[from:]))
}

func cleanWebP(out, src []byte) ([]byte, error) {
	const exifFlag, xmpFlag = 0x08, 0x04
	start := len(out)
	size := uint64(binary.LittleEndian.Uint32(src[4:]))
	if size < 4 || size > uint64(len(src)-8) {
		return nil, errTruncated
	}
	out = append(out, src[:12]...)
	flags, hadExif, seenExif, seenImage := -1, false, false, false // flags is the offset of VP8X's in out
	for i, rest := 0, src[12:8+size]; len(rest) > 0; i++ {
		if len(rest) < 8 {
			return nil, errTruncated
		}
		kind, n := string(rest[:4]), uint64(binary.LittleEndian.Uint32(rest[4:]))
		if n > uint64(len(rest)-8) {
			return nil, errTruncated
		}
		data := rest[8 : 8+n]
		rest = rest[min(8+n+n%2, uint64(len(rest))):]
		switch {
		case i == 0 && kind != "VP8X" && kind != "VP8 " && kind != "VP8L":
			return nil, errors.New("it does not begin with a header")
		case i == 0 && kind == "VP8X":
			if n < 10 {
				return nil, errTruncated
			}
			flags = len(out) + 8
			out = appendRIFF(out, kind, data)
			hadExif = out[flags]&exifFlag != 0
			out[flags] &^= exifFlag | xmpFlag
		case slices.Contains(webpChunks, kind):
			out = appendRIFF(out, kind, data)
			seenImage = seenImage || kind == "VP8 " || kind == "VP8L" || kind == "ANMF"
		case kind == "EXIF":
			// Some writers put the prefix of JPEG before it.
			if o := orientation(bytes.TrimPrefix(data, exifPrefix)); o > 1 && hadExif && !seenExif {
				out = appendRIFF(out, kind, orientationTIFF(o))
				out[flags] |= exifFlag
			}
			seenExif = true
		}
	}
	if !seenImage {
		return nil, errTruncated
	}
	binary.LittleEndian.PutUint32(out[start+4:], uint32(len(out)-start-8))
	return out, nil
}

// appendRIFF appends a chunk of WebP.
func appendRIFF(out []byte, kind string, data []byte) []byte {
	out = binary.LittleEndian.AppendUint32(append(out, kind...), uint32(len(data)))
	out = append(out, data...)
	if len(data)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

// cleanGIF keeps every image and what controls it; of the extensions of
// applications it keeps the two that say how often to play (GIF89a, 15 to 27).
func cleanGIF(out, src []byte) ([]byte, error) {
	if len(src) < 13 {
		return nil, errTruncated
	}
	i := 13 + colorTable(src[10])
	if i > len(src) {
		return nil, errTruncated
	}
	out = append(out, src[:i]...)
	for seenImage := false; ; {
		from, head := i, 0
		if len(src)-i < 2 && (len(src) == i || src[i] != 0x3b) {
			return nil, errTruncated
		}
		keep := true
		switch src[i] {
		case 0x3b:
			if !seenImage {
				return nil, errTruncated
			}
			return append(out, 0x3b), nil
		case 0x21:
			head = 2
			first := gifBlock(src, i+head)
			switch label := src[i+1]; label {
			case 0xf9:
			case 0x01:
				if len(first) != 12 {
					return nil, errors.New("its text extension is broken")
				}
			case 0xff:
				if len(first) == 0 {
					return nil, errors.New("its application extension has no name")
				}
				keep = string(first) == "NETSCAPE2.0" || string(first) == "ANIMEXTS1.0"
			default:
				keep = false
			}
		case 0x2c:
			if len(src)-i < 10 {
				return nil, errTruncated
			}
			head = 10 + colorTable(src[i+9]) + 1
			seenImage = true
		default:
			return nil, fmt.Errorf("its block 0x%02x is unknown", src[i])
		}
		i += head
		for {
			if i >= len(src) {
				return nil, errTruncated
			}
			n := int(src[i])
			i += 1 + n
			if n == 0 {
				break
			}
		}
		if keep {
			out = append(out, src[from:i]...)
		}
	}
}

// colorTable returns the size in bytes of the colour table that flags announce.
func colorTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// gifBlock returns the data of the sub-block at i, as far as it is there.
func gifBlock(src []byte, i int) []byte {
	if i >= len(src) {
		return nil
	}
	return src[i+1 : min(i+1+int(src[i]), len(src))]
}

// heifMetadata says what metadata an AVIF or HEIC file holds, "" for none: an
// item of type Exif or of XMP's media type (ISO/IEC 23008-12, annex A), or a box
// of XMP. They lie between the pixels, by offset. whole is whether the file ends
// where its last box does.
func heifMetadata(src []byte) (found string, whole bool) {
	whole = boxes(src, func(kind string, data []byte) {
		switch {
		case kind == "uuid" && bytes.HasPrefix(data, []byte("\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac")):
			found = "XMP"
		case kind == "meta" && len(data) >= 4:
			boxes(data[4:], func(kind string, data []byte) {
				if kind != "iinf" || len(data) < 6 {
					return
				}
				at := 6
				if data[0] > 0 {
					at = 8
				}
				boxes(data[min(at, len(data)):], func(kind string, data []byte) {
					at := 8 // version, flags, id, protection
					if len(data) > 0 && data[0] > 2 {
						at = 10
					}
					switch {
					case kind != "infe" || len(data) < at:
					case bytes.HasPrefix(data[at:], []byte("Exif")):
						found = "Exif"
					case bytes.HasPrefix(data[at:], []byte("mime")) && bytes.Contains(data[at:], []byte("application/rdf+xml")):
						found = "XMP"
					}
				})
			})
		}
	})
	return found, whole
}

// boxes calls do for every box of ISO/IEC 14496-12 in b, up to a broken one,
// and says whether there was none.
func boxes(b []byte, do func(kind string, data []byte)) (whole bool) {
	for len(b) >= 8 {
		head, n := uint64(8), uint64(binary.BigEndian.Uint32(b))
		switch {
		case n == 0: // up to the end
			n = uint64(len(b))
		case n == 1 && len(b) >= 16:
			head, n = 16, binary.BigEndian.Uint64(b[8:])
		}
		if n < head || n > uint64(len(b)) {
			return false
		}
		do(string(b[4:8]), b[head:n])
		b = b[n:]
	}
	return len(b) == 0
}
