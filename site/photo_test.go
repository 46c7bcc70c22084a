package site

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clinicblog/site/diag"
)

// exif is a block of two entries: the photo is to be turned right by a quarter,
// and was taken north of the equator.
const exif = "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x02" +
	"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00" +
	"\x88\x25\x00\x04\x00\x00\x00\x01\x00\x00\x00\x26" + "\x00\x00\x00\x00" +
	"\x00\x01\x00\x01\x00\x02\x00\x00\x00\x02N\x00\x00\x00\x00\x00\x00\x00"

// photo is a JPEG whose left half, as stored, is black.
func photo(t *testing.T, width, height int) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, width, height))
	draw.Draw(m, image.Rect(width/2, 0, width, height), image.NewUniform(color.White), image.Point{}, draw.Src)
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, m, nil); err != nil {
		t.Fatal(err)
	}
	soi, rest := plain.String()[:2], plain.String()[2:]
	return []byte(soi + "\xff\xe1\x00" + string(rune(len(exif)+2)) + exif + rest)
}

const (
	articleDir = "content/articles/benefits-of-group-therapy-in-an-iop/"
	articleOut = "public/articles/benefits-of-group-therapy-in-an-iop/"
)

// withPhoto makes photo.jpg the lead image of the article, and shows it again in
// the text.
func withPhoto(t *testing.T, src []byte) (dir string) {
	t.Helper()
	dir = project(t)
	text, err := os.ReadFile(filepath.Join(dir, articleDir, "index.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "image: chairs.svg") {
		t.Fatal("the article has another image")
	}
	write(t, dir, articleDir+"index.md", strings.Replace(string(text), "image: chairs.svg", "image: photo.jpg", 1)+"\n![A wall](photo.jpg)\n")
	write(t, dir, articleDir+"photo.jpg", string(src))
	if err := os.Remove(filepath.Join(dir, articleDir, "index.es.md")); err != nil { // fallen behind by now
		t.Fatal(err)
	}
	return dir
}

// A photo is published upright, in every format and size that it is large enough
// for, and nothing tells where it was taken.
func TestPhotoTellsNoPlace(t *testing.T) {
	dir := withPhoto(t, photo(t, 600, 800))
	built(t, Config{Source: dir})

	files, err := filepath.Glob(filepath.Join(dir, articleOut+"photo*"))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, file := range files {
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		count[filepath.Ext(file)]++
		for _, mark := range []string{"Exif", "MM\x00*", "II*\x00", "http://ns.adobe.com"} {
			if bytes.Contains(got, []byte(mark)) {
				t.Errorf("%s holds %q", filepath.Base(file), mark)
			}
		}
		if filepath.Ext(file) != ".jpg" {
			continue
		}
		m, err := jpeg.Decode(bytes.NewReader(got))
		if err != nil {
			t.Fatal(err)
		}
		size := m.Bounds().Size()
		if size.X*600 < size.Y*800-800 || size.X > 800 {
			t.Errorf("%s is %v, want 800 by 600 or a smaller one, upright", filepath.Base(file), size)
		}
		// Turned right by a quarter, the left half is above.
		if above, _, _, _ := m.At(size.X/2, size.Y/8).RGBA(); above > 0x4000 {
			t.Errorf("%s is not turned", filepath.Base(file))
		}
	}
	// 400, 640 and 800 pixels, and no more: it is not enlarged.
	for _, ext := range []string{".avif", ".webp", ".jpg"} {
		if count[ext] != 3 {
			t.Errorf("got %d files %s, want 3: %v", count[ext], ext, files)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, articleOut+"photo.jpg")); err == nil {
		t.Error("the photo itself is published")
	}

	page, err := os.ReadFile(filepath.Join(dir, articleOut+"index.html"))
	if err != nil {
		t.Fatal(err)
	}
	images := strings.Split(string(page), "<picture>")
	if len(images) != 3 {
		t.Fatalf("got %d pictures, want 2", len(images)-1)
	}
	for i, want := range []string{`fetchpriority="high"`, `loading="lazy"`} {
		for _, want := range []string{want, `type="image/avif"`, `type="image/webp"`, "400w", "640w", "800w", `width="800"`, `height="600"`, "sizes="} {
			if !strings.Contains(images[i+1], want) {
				t.Errorf("picture %d has no %s", i+1, want)
			}
		}
	}
	if lead, _, _ := strings.Cut(images[1], "</picture>"); strings.Contains(lead, "lazy") {
		t.Error("the lead image is loaded late")
	}
}

// A photo whose beginning is sound and whose pixels are not is reported at the
// page that names it, and nothing is published.
func TestPhotoThatIsCutOff(t *testing.T) {
	src := photo(t, 600, 800)
	dir := withPhoto(t, src[:len(src)*2/3])
	findings := func() string {
		t.Helper()
		_, ds, err := Build(context.Background(), Config{Source: dir})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := diag.Text(&b, ds); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(dir, "public")); err == nil {
			t.Error("the site is published")
		}
		return b.String()
	}
	if got, want := findings(), `:1: image "photo.jpg" cannot be read: `; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant %q in it", got, want)
	}
	text, err := os.ReadFile(filepath.Join(dir, articleDir, "index.md"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, articleDir+"index.md", strings.Replace(string(text), "![A wall](photo.jpg)", "", 1))
	if got, want := findings(), `index.md: image "photo.jpg" cannot be used: `; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant %q in it", got, want)
	}
}
