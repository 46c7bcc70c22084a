package finish

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"clinicblog/site/diag"
)

// secret stands in every block that must go.
const secret = "N 40.7 W 74.0"

// picture is an image that no encoder makes plain.
func picture() *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, 40, 24))
	for y := range 24 {
		for x := range 40 {
			m.SetRGBA(x, y, color.RGBA{uint8(x * 6), uint8(y * 10), uint8(x * y), 255})
		}
	}
	return m
}

// exifBlock is an Exif block, without its prefix, with an orientation and a
// directory of GPS.
func exifBlock(order interface {
	binary.ByteOrder
	binary.AppendByteOrder
}, o uint16) []byte {
	b := []byte("MM\x00*")
	if order.Uint16([]byte{1, 0}) == 1 {
		b = []byte("II*\x00")
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(b, 0x0112)
	b = order.AppendUint16(b, 3)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(b, o)
	b = order.AppendUint16(b, 0)
	b = order.AppendUint16(b, 0x8825)
	b = order.AppendUint16(b, 4)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint32(b, 38)
	b = order.AppendUint32(b, 0)
	return append(b, secret...)
}

func jpegBytes() []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(), nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// photo is a JPEG as a phone writes it.
func photo(o uint16) []byte {
	plain := jpegBytes()
	b := bytes.Clone(plain[:2])
	b = appendSegment(b, 0xe0, []byte("JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x01\x01"+"rgb"))
	b = appendSegment(b, 0xe0, []byte("JFXX\x00"+secret))
	b = appendSegment(b, 0xe1, append([]byte("Exif\x00\x00"), exifBlock(binary.LittleEndian, o)...))
	b = appendSegment(b, 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00"+secret))
	b = appendSegment(b, 0xe2, []byte("ICC_PROFILE\x00\x01\x01profile"))
	b = appendSegment(b, 0xe2, []byte("MPF\x00"+secret))
	b = appendSegment(b, 0xed, []byte("Photoshop 3.0\x00"+secret))
	b = appendSegment(b, 0xfe, []byte(secret))
	b = append(b, 0xff) // a fill byte
	b = append(b, plain[2:]...)
	return append(b, photoPreview()...)
}

func photoPreview() []byte { return append(jpegBytes(), secret...) }

func pngBytes(o uint16) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, picture()); err != nil {
		panic(err)
	}
	const header = 8 + 25
	out := bytes.Clone(b.Bytes()[:header])
	out = appendChunk(out, "gAMA", []byte{0, 0, 0xb1, 0x8f})
	out = appendChunk(out, "pHYs", []byte{0, 0, 0, 1, 0, 0, 0, 1, 0})
	for _, kind := range []string{"tEXt", "zTXt", "iTXt", "tIME", "caBX"} {
		out = appendChunk(out, kind, []byte("Comment\x00"+secret))
	}
	out = appendChunk(out, "eXIf", exifBlock(binary.BigEndian, o))
	return append(append(out, b.Bytes()[header:]...), secret...)
}

func webpBytes(o uint16) []byte {
	b := []byte("RIFF\x00\x00\x00\x00WEBP")
	b = appendRIFF(b, "VP8X", []byte{0x2c, 0, 0, 0, 39, 0, 0, 23, 0, 0})
	b = appendRIFF(b, "ICCP", []byte("profile"))
	b = appendRIFF(b, "VP8L", []byte("\x2f pixels"))
	b = appendRIFF(b, "EXIF", exifBlock(binary.LittleEndian, o))
	b = appendRIFF(b, "XMP ", []byte(secret))
	b = appendRIFF(b, "text", []byte(secret))
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8))
	return append(b, secret...)
}

func gifBytes() []byte {
	m := image.NewPaletted(image.Rect(0, 0, 40, 24), color.Palette{color.Black, color.White})
	m.SetColorIndex(3, 4, 1)
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{m, m}, Delay: []int{1, 2}, LoopCount: 7}); err != nil {
		panic(err)
	}
	out, rest := bytes.Clone(b.Bytes()), []byte(nil)
	at := bytes.Index(out, []byte("\x21\xff\x0bNETSCAPE2.0"))
	out, rest = out[:at], bytes.Clone(out[at:])
	block := string(rune(len(secret))) + secret + "\x00"
	out = append(out, "\x21\xfe"+block...)
	out = append(out, "\x21\xff\x0bXMP DataXMP"+block...)
	return append(append(out, rest...), secret...)
}

// heifBytes is an AVIF file of a list of items and no pixels.
func heifBytes(itemType string) []byte {
	box := func(kind, data string) string {
		return string(binary.BigEndian.AppendUint32(nil, uint32(len(data)+8))) + kind + data
	}
	infe := box("infe", "\x02\x00\x00\x00\x00\x01\x00\x00"+itemType)
	return []byte(box("ftyp", "avif\x00\x00\x00\x00") + box("meta", "\x00\x00\x00\x00"+box("iinf", "\x00\x00\x00\x00\x00\x01"+infe)))
}

func cleaned(t *testing.T, src []byte) []byte {
	t.Helper()
	out, err := withoutMetadata(nil, sniff(src), src)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMetadataGoes(t *testing.T) {
	for _, c := range []struct {
		name string
		src  []byte
		keep []string
	}{
		{"JPEG", photo(1), []string{"JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00\xff\xe2", "ICC_PROFILE\x00\x01\x01profile"}},
		{"PNG", pngBytes(1), []string{"gAMA", "pHYs"}},
		{"WebP", webpBytes(1), []string{"VP8X\x0a\x00\x00\x00\x20", "ICCP\x07\x00\x00\x00profile\x00", "VP8L"}},
		{"GIF", gifBytes(), []string{"NETSCAPE2.0\x03\x01\x07\x00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !bytes.Contains(c.src, []byte(secret)) {
				t.Fatal("the image has no metadata to begin with")
			}
			out := cleaned(t, c.src)
			for _, gone := range []string{secret, "Exif", "EXIF", "eXIf", "MM\x00*", "II*\x00"} {
				if bytes.Contains(out, []byte(gone)) {
					t.Errorf("%q is left", gone)
				}
			}
			for _, keep := range c.keep {
				if !bytes.Contains(out, []byte(keep)) {
					t.Errorf("%q is lost", keep)
				}
			}
			if again := cleaned(t, out); !bytes.Equal(out, again) {
				t.Error("the second time, more is removed")
			}
			if c.name == "WebP" {
				if got := binary.LittleEndian.Uint32(out[4:]); int(got) != len(out)-8 {
					t.Errorf("the file says it has %d bytes, and has %d", got, len(out)-8)
				}
				return
			}
			samePixels(t, c.src, out)
		})
	}
}

// samePixels compares all frames, and how often they play.
func samePixels(t *testing.T, src, out []byte) {
	t.Helper()
	decode := func(b []byte) (any, error) {
		if sniff(b) == formatGIF {
			return gif.DecodeAll(bytes.NewReader(b))
		}
		m, _, err := image.Decode(bytes.NewReader(b))
		return m, err
	}
	want, err := decode(src)
	if err != nil {
		return
	}
	got, err := decode(out)
	if err != nil {
		t.Fatalf("without its metadata the image cannot be decoded: %v", err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("the pixels are not the same")
	}
}

func TestOrientationStays(t *testing.T) {
	for o := uint16(0); o <= 9; o++ {
		for name, src := range map[string][]byte{"JPEG": photo(o), "PNG": pngBytes(o), "WebP": webpBytes(o)} {
			out := cleaned(t, src)
			at := bytes.Index(out, []byte("MM\x00*"))
			if o < 2 || o > 8 {
				if at >= 0 {
					t.Errorf("%s: orientation %d has an Exif block", name, o)
				}
				continue
			}
			if at < 0 || orientation(out[at:]) != o {
				t.Errorf("%s: orientation %d is lost", name, o)
				continue
			}
			if name == "WebP" && out[20] != 0x28 {
				t.Errorf("the flags of WebP are %#x", out[20])
			}
			if bytes.Contains(out, []byte(secret)) || bytes.Contains(out, []byte{0x88, 0x25}) {
				t.Errorf("%s: more than the orientation is left", name)
			}
			if again := cleaned(t, out); !bytes.Equal(out, again) {
				t.Errorf("%s: the second time, more is removed", name)
			}
		}
	}
}

// An image that ends anywhere before its end is reported, never published in
// part.
func TestTruncatedImage(t *testing.T) {
	for _, src := range [][]byte{photo(6), pngBytes(6), webpBytes(6), gifBytes()} {
		end := len(src) - len(secret)
		if sniff(src) == formatJPEG {
			end = len(src) - len(photoPreview())
		}
		for n := 12; n < end; n++ {
			if out, err := withoutMetadata(nil, sniff(src), src[:n]); err == nil {
				t.Fatalf("%s of %d of %d bytes gives %d", sniff(src), n, end, len(out))
			}
		}
	}
}

func TestImageFindings(t *testing.T) {
	broken := pngBytes(1)
	broken[41] ^= 1
	for _, c := range []struct {
		file string
		data []byte
		want string // "" for no finding
	}{
		{"a.jpg", []byte("<!doctype html><title>404</title>"), "the content of a.jpg is no JPEG image (image-format)"},
		{"a.JPG", nil, "the content of a.JPG is no JPEG image (image-format)"},
		{"a.png", jpegBytes(), "the content of a.png is a JPEG image, not PNG (image-format)"},
		{"a.jpeg", jpegBytes()[:300], "a.jpeg cannot be read as JPEG: it ends before the image does (image-corrupt)"},
		{"a.png", broken, `a.png cannot be read as PNG: the checksum of its chunk "gAMA" is wrong (image-corrupt)`},
		{"a.avif", heifBytes("Exif\x00"), "a.avif holds Exif, which cannot be removed from this format without loss (image-metadata-kept)"},
		{"a.heic", heifBytes("mime\x00application/rdf+xml\x00"), "a.heic holds XMP, which cannot be removed from this format without loss (image-metadata-kept)"},
		{"a.avif", heifBytes("av01\x00"), ""},
		{"a.avif", heifBytes("av01\x00")[:30], "a.avif cannot be read as AVIF or HEIC: it ends before the image does (image-corrupt)"},
		{"a.gif", append(gifBytes(), make([]byte, heavyImage)...), "a.gif has 20 MB (image-weight)"},
		{"a.webp", webpBytes(3), ""},
	} {
		dir := t.TempDir()
		put(t, dir, c.file, string(c.data))
		_, ds := finished(t, dir, "")
		var got []string
		for _, d := range ds {
			got = append(got, d.Message+" ("+d.Rule+")")
			if d.Pos.File != c.file || (d.Severity == diag.Error) == (d.Rule == imageWeight.ID) {
				t.Errorf("%s: got %v at %s", d.Rule, d.Severity, d.Pos)
			}
		}
		if g := strings.Join(got, "\n"); g != c.want {
			t.Errorf("got %s\nwant %s", g, c.want)
		}
	}
}

// A hash in a name is of the bytes that are published, and others name it so.
func TestStampedImage(t *testing.T) {
	dir := t.TempDir()
	digest := strings.Repeat("ab", 32)
	put(t, dir, "img/a."+digest+".jpg", string(photo(1)))
	put(t, dir, "b/a."+digest+".jpg", string(photo(1)))
	put(t, dir, "index.html", `<p><img src="/img/a.`+digest+`.jpg" alt="">`)
	stats, ds := finished(t, dir, "")
	if len(ds) > 0 || stats.Stamped != 2 {
		t.Fatalf("got %v, %+v", ds, stats)
	}
	sum := sha256.Sum256(cleaned(t, photo(1)))
	name := "a." + hex.EncodeToString(sum[:])[:stampLength] + ".jpg"
	got := files(t, dir)
	if got["img/"+name] != string(cleaned(t, photo(1))) || got["b/"+name] != got["img/"+name] {
		t.Errorf("no %s without metadata", filepath.Join("img", name))
	}
	if !strings.Contains(got["index.html"], "/img/"+name) {
		t.Errorf("the page does not name %s: %s", name, got["index.html"])
	}
}

func FuzzMetadata(f *testing.F) {
	for _, src := range [][]byte{photo(6), pngBytes(6), webpBytes(6), gifBytes(), heifBytes("Exif\x00"), jpegBytes()} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		format := sniff(src)
		heifMetadata(src)
		if format == "" || format == formatHEIF {
			return
		}
		if format == formatPNG {
			src = sealed(src)
		}
		before := bytes.Clone(src)
		out, err := withoutMetadata(nil, format, src)
		if !bytes.Equal(src, before) {
			t.Fatal("the input was changed")
		}
		if err != nil {
			return
		}
		again, err := withoutMetadata(nil, format, out)
		if err != nil || !bytes.Equal(out, again) {
			t.Fatalf("the second time, the image is not the same: %v", err)
		}
		if c, _, err := image.DecodeConfig(bytes.NewReader(src)); err != nil || c.Width*c.Height > 1<<18 {
			return
		}
		samePixels(t, src, out)
	})
}

// sealed returns a PNG with the right checksums, which no fuzzer finds.
func sealed(src []byte) []byte {
	src = bytes.Clone(src)
	for at := len(pngSignature); len(src)-at >= 12; {
		n := uint64(binary.BigEndian.Uint32(src[at:]))
		if n > uint64(len(src)-at-12) {
			break
		}
		end := at + 8 + int(n)
		binary.BigEndian.PutUint32(src[end:], crc32.ChecksumIEEE(src[at+4:end]))
		at = end + 4
	}
	return src
}
