package content

import (
	"bytes"
	"image"
	"image/png"
	"testing"
)

func pngImage(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	// The size of a preview, and that of the image.
	avifImage = "\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avifmif1" +
		"\x00\x00\x00\x14ispe\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00\x01" +
		"\x00\x00\x00\x14ispe\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x80"
	webpImage = "RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x04\x00\x00\x01\x00\x00"
)

func TestDescribeImage(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      ImageFile
	}{
		{"png", string(pngImage(t)), ImageFile{Format: "PNG", Width: 3, Height: 2}},
		{"avif", avifImage, ImageFile{Format: "AVIF", Width: 256, Height: 128}},
		{"avif cut off", avifImage[:36], ImageFile{Format: "AVIF"}},
		{"webp", webpImage, ImageFile{Format: "WebP", Width: 5, Height: 2}},
		{"svg after a comment", "<!-- x --><svg/>", ImageFile{Format: "SVG"}},
		{"html with a drawing", "<!DOCTYPE html><svg></svg>", ImageFile{Format: "text/html"}},
		{"empty", "", ImageFile{Format: "text/plain"}},
	} {
		if got := *describeImage([]byte(test.src), bytes.NewReader([]byte(test.src))); got != test.want {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}

func FuzzDescribeImage(f *testing.F) {
	for _, seed := range []string{string(pngImage(f)), avifImage, webpImage, "<svg/>", "GIF89a", "\xff\xd8\xff\xe2\x00\x0eICC_PROFILE\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file := describeImage(src, bytes.NewReader(src))
		if file.Width < 0 || file.Height < 0 || file.Broken != "" && file.Width > 0 {
			t.Errorf("got %+v", file)
		}
	})
}
