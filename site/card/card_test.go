package card

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
)

const dot = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#f00"/></svg>`

func style(t testing.TB) Style {
	t.Helper()
	m, err := ParseMark([]byte(dot))
	if err != nil {
		t.Fatal(err)
	}
	return StyleOf([]byte("--paper: light-dark(#fcfbf8, #131a1c); --ink: #1d2628;\n--accent: light-dark( #0b5c60, #fff); --paper: #000000"), m)
}

func artist(t testing.TB) *Artist {
	t.Helper()
	a, err := NewArtist(style(t))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestStyle(t *testing.T) {
	s := style(t)
	if s.Paper != (color.RGBA{0xfc, 0xfb, 0xf8, 0xff}) || s.Ink != (color.RGBA{0x1d, 0x26, 0x28, 0xff}) || s.Accent != (color.RGBA{0x0b, 0x5c, 0x60, 0xff}) {
		t.Errorf("got %v", s)
	}
	if bare := StyleOf(nil, nil); bare.Paper == bare.Ink || bare.Paper == bare.Accent {
		t.Errorf("without colours nothing would be seen: %v", bare)
	}
	keys := map[string]bool{s.Key("a", "b"): true, s.Key("ab", ""): true, s.Key("", "ab"): true, StyleOf(nil, nil).Key("a", "b"): true}
	if len(keys) != 4 {
		t.Error("different cards have one key")
	}
}

func TestDraw(t *testing.T) {
	a := artist(t)
	for _, title := range []string{"Benefits of Group Therapy", "¿Qué beneficios tiene la terapia para niños?", "", "\x00\u200b", "日本語", strings.Repeat("Long ", 60), strings.Repeat("x", 400)} {
		data, err := a.Draw("Example City Clinic", title)
		if err != nil {
			t.Fatal(err)
		}
		m, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		p, ok := m.(*image.Paletted)
		if !ok || m.Bounds() != image.Rect(0, 0, Width, Height) || len(p.Palette) > 16 {
			t.Errorf("%q is %T of %v", title, m, m.Bounds())
		}
		if len(data) > 24_000 {
			t.Errorf("%q has %d bytes, want few", title, len(data))
		}
		// What stands at the edge is cut off by some.
		for y := range Height - barHeight {
			for x := range Width {
				if (x < margin-8 || x >= Width-margin+8 || y < 48 || y > Height-48) && p.ColorIndexAt(x, y)%shades != 0 {
					t.Fatalf("%q draws at %d, %d", title, x, y)
				}
			}
		}
	}
	one, _ := a.Draw("Clinic", "One")
	two, _ := artist(t).Draw("Clinic", "One")
	if !bytes.Equal(one, two) {
		t.Error("a card depends on the cards before it")
	}
	if same, _ := a.Draw("One", "One"); bytes.Equal(one, same) {
		t.Error("the name of the site stands above a title that says the same")
	}
}

func TestFit(t *testing.T) {
	a := artist(t)
	for _, test := range []struct {
		title string
		size  int // index into titleSizes
		lines []string
	}{
		{"FAQ", 0, []string{"FAQ"}},
		{"  Group\tTherapy \u2028", 0, []string{"Group Therapy"}},
		{"Group 治療 Therapy 😀", 0, []string{"Group Therapy"}},
		{"", 0, nil},
	} {
		size, lines := a.fit(test.title)
		if size != test.size || strings.Join(lines, "|") != strings.Join(test.lines, "|") {
			t.Errorf("%q: got size %d, lines %q, want %d, %q", test.title, size, lines, test.size, test.lines)
		}
	}

	// Nothing is lost of a title of 200 letters, and no word of it is broken.
	title := strings.TrimSpace(strings.Repeat("seven letters in a row ", 9))[:200]
	if _, lines := a.fit(title); strings.Join(lines, " ") != title {
		t.Errorf("got %q", lines)
	}
	// A word too long for a line is broken, at the largest size that holds it.
	size, lines := a.fit(strings.Repeat("ü", 60))
	if joined := strings.ReplaceAll(strings.Join(lines, ""), "-", ""); size != 1 || len(lines) < 2 || joined != strings.Repeat("ü", 60) {
		t.Errorf("got size %d, %q", size, lines)
	}
	// A title that no size holds says so.
	size, lines = a.fit(strings.Repeat("Therapy ", 100))
	if last := lines[len(lines)-1]; size != len(titleSizes)-1 || !strings.HasSuffix(last, "Therapy…") && !strings.HasSuffix(last, "…") {
		t.Errorf("got size %d, %q", size, lines)
	}
	for _, line := range lines {
		if w := a.title[size].width(line); w > Width-2*margin {
			t.Errorf("line %q is %d wide", line, w)
		}
	}
}

func TestIcons(t *testing.T) {
	s := style(t)
	for _, i := range Icons {
		data, err := i.Draw(s)
		if err != nil {
			t.Fatal(err)
		}
		images := [][]byte{data}
		if strings.HasSuffix(i.Path, ".ico") {
			images = nil
			for n := range int(binary.LittleEndian.Uint16(data[4:])) {
				entry := data[6+16*n:]
				size, at := binary.LittleEndian.Uint32(entry[8:]), binary.LittleEndian.Uint32(entry[12:])
				images = append(images, data[at:at+size])
			}
		}
		if len(images) != len(i.sizes) {
			t.Fatalf("%s has %d images, want %d", i.Path, len(images), len(i.sizes))
		}
		for n, data := range images {
			m, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatalf("%s: %v", i.Path, err)
			}
			size := i.sizes[n]
			if m.Bounds() != image.Rect(0, 0, size, size) {
				t.Errorf("%s is %v, want %d pixels", i.Path, m.Bounds(), size)
			}
			if r, g, _, a := m.At(size/2, size/2).RGBA(); r < 0xe000 || g > 0x1000 || a != 0xffff {
				t.Errorf("%s is not red in its middle", i.Path)
			}
			if _, _, _, a := m.At(0, 0).RGBA(); i.paper != (a == 0xffff) {
				t.Errorf("%s has an alpha of %x in its corner", i.Path, a)
			}
		}
	}
}

func TestParseMark(t *testing.T) {
	for name, src := range map[string]string{
		"no XML":     "PNG",
		"no viewBox": `<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>`,
		"empty":      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>`,
		"text":       `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>A</text></svg>`,
		"fine lines": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9" stroke="#000" stroke-dasharray="0.0001"/></svg>`,
		"too large":  dot + strings.Repeat(" ", maxMark),
	} {
		if _, err := ParseMark([]byte(src)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	// Lines grow with the shapes that they are around.
	m, err := ParseMark([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20"><circle cx="5" cy="10" r="3" fill="none" stroke="#000" stroke-width="2"/></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := m.raster(200)
	if err != nil {
		t.Fatal(err)
	}
	for x, want := range map[int]bool{100: false, 100 + 15: false, 100 + 25: true, 100 + 35: true, 100 + 45: false} {
		if _, _, _, a := drawn.At(x, 100).RGBA(); (a > 0x8000) != want {
			t.Errorf("at %d: alpha %x, want ink %v", x, a, want)
		}
	}
}

func FuzzDraw(f *testing.F) {
	a := artist(f)
	for _, seed := range []string{"FAQ", "¿Qué?", strings.Repeat("x", 300), "a\u0301", "\xff", "  - "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, title string) {
		if _, err := a.Draw("Clinic", title); err != nil {
			t.Error(err)
		}
	})
}

func FuzzParseMark(f *testing.F) {
	f.Add(dot)
	f.Add(`<svg viewBox="0 0 96 96"><g fill="#2a8587"><path d="M1 1h9a4 4 0 0 1 2 2z"/></g></svg>`)
	f.Fuzz(func(t *testing.T, src string) {
		if m, err := ParseMark([]byte(src)); err == nil {
			if _, err := m.shape(16); err != nil {
				t.Errorf("parsed, but not drawn: %v", err)
			}
		}
	})
}

func BenchmarkDraw(b *testing.B) {
	a := artist(b)
	for b.Loop() {
		if _, err := a.Draw("Example City Clinic", "The Benefits of Group Therapy in an Intensive Outpatient Program (IOP)"); err != nil {
			b.Fatal(err)
		}
	}
}
