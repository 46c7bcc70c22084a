package site

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The photo of a page is published, and not where it was taken.
func TestPhotoTellsNoPlace(t *testing.T) {
	dir := project(t)
	const article = "content/articles/benefits-of-group-therapy-in-an-iop/"
	text, err := os.ReadFile(filepath.Join(dir, article, "index.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "image: chairs.svg") {
		t.Fatal("the article has another image")
	}
	write(t, dir, article+"index.md", strings.Replace(string(text), "image: chairs.svg", "image: photo.jpg", 1))

	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, image.NewGray(image.Rect(0, 0, 64, 48)), nil); err != nil {
		t.Fatal(err)
	}
	soi, rest := plain.String()[:2], plain.String()[2:]
	// One directory of one entry, which leads to a directory of GPS.
	const exif = "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x88\x25\x00\x04\x00\x00\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00" +
		"\x00\x01\x00\x01\x00\x02\x00\x00\x00\x02N\x00\x00\x00\x00\x00\x00\x00"
	write(t, dir, article+"photo.jpg", soi+"\xff\xe1\x00"+string(rune(len(exif)+2))+exif+rest)

	built(t, Config{Source: dir})
	published, err := filepath.Glob(filepath.Join(dir, "public/articles/*/photo*.jpg"))
	if err != nil || len(published) != 1 {
		t.Fatalf("published are %v, %v, want one photo", published, err)
	}
	got, err := os.ReadFile(published[0])
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(got, []byte("Exif")) || string(got) != plain.String() {
		t.Errorf("published are %d bytes, want the %d of the photo without Exif", len(got), plain.Len())
	}
}
