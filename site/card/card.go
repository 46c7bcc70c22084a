// Package card draws what stands for a page or for the site where the page
// itself is not: the picture beside a shared link, and the icons of the site.
//
// Both come from words and one drawing, as bytes that depend on nothing else: it
// knows no files and no clock. A card is seen by people beside the one whom a
// link was sent to, so it holds the title and the name of the site and no more.
package card

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Width and Height of a card in pixels: what the readers of Open Graph show
// whole (https://ogp.me/).
const (
	Width  = 1200
	Height = 630
)

// version changes with every change of the drawing, so that no older card is
// taken for a new one.
const version = "1"

// Measures in pixels. Chat programs cut a strip off every edge.
const (
	margin     = 96
	markSize   = 64
	nameSize   = 34
	nameTop    = 84  // of the mark; the name is centred on it
	titleTop   = 200 // of the first line
	titleRoom  = 320 // for all lines
	lineHeight = 1.22
	barHeight  = 20
)

// titleSizes are tried from the first to the last.
var titleSizes = []float64{84, 72, 62, 54, 46, 38}

// Style is how the cards of a site look.
type Style struct {
	Paper, Ink, Accent color.RGBA
	Mark               *Mark // nil for none
}

var token = regexp.MustCompile(`--(paper|ink|accent):\s*(?:light-dark\(\s*)?#([0-9a-fA-F]{6})\b`)

// StyleOf takes the colours of the site from its style sheet: the first value
// of --paper, --ink and --accent, which is that for light. What it does not set
// is black on white.
func StyleOf(css []byte, mark *Mark) Style {
	white, black := color.RGBA{0xff, 0xff, 0xff, 0xff}, color.RGBA{0, 0, 0, 0xff}
	s := Style{Paper: white, Ink: black, Accent: black, Mark: mark}
	seen := map[string]bool{}
	for _, m := range token.FindAllSubmatch(css, -1) {
		name := string(m[1])
		rgb, err := hex.DecodeString(string(m[2]))
		if err != nil || seen[name] {
			continue
		}
		seen[name] = true
		c := color.RGBA{rgb[0], rgb[1], rgb[2], 0xff}
		switch name {
		case "paper":
			s.Paper = c
		case "ink":
			s.Ink = c
		case "accent":
			s.Accent = c
		}
	}
	return s
}

// Key names a card by all that it is made of.
func (s Style) Key(name, title string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%v%v%v\x00%s\x00%s\x00", version, s.Paper, s.Ink, s.Accent, name, title)
	if s.Mark != nil {
		h.Write(s.Mark.src)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// An Artist draws cards, one after the other.
type Artist struct {
	style   Style
	name    face
	title   []face // by titleSizes
	canvas  *image.Gray
	card    *image.Paletted
	mark    *image.Alpha
	encoder png.Encoder
}

type face struct {
	font.Face
	sfnt *opentype.Font
}

var parseFonts = sync.OnceValues(func() ([2]*opentype.Font, error) {
	var fonts [2]*opentype.Font
	for i, ttf := range [][]byte{goregular.TTF, gobold.TTF} {
		f, err := opentype.Parse(ttf)
		if err != nil {
			return fonts, fmt.Errorf("read font: %w", err)
		}
		fonts[i] = f
	}
	return fonts, nil
})

// NewArtist returns an artist, who serves one goroutine.
func NewArtist(s Style) (*Artist, error) {
	fonts, err := parseFonts()
	if err != nil {
		return nil, err
	}
	open := func(f *opentype.Font, size float64) (face, error) {
		opened, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			return face{}, fmt.Errorf("open font: %w", err)
		}
		return face{opened, f}, nil
	}
	a := &Artist{
		style:   s,
		canvas:  image.NewGray(image.Rect(0, 0, Width, Height)),
		card:    image.NewPaletted(image.Rect(0, 0, Width, Height), s.palette()),
		encoder: png.Encoder{CompressionLevel: png.DefaultCompression, BufferPool: new(buffers)},
	}
	if a.name, err = open(fonts[0], nameSize); err != nil {
		return nil, err
	}
	for _, size := range titleSizes {
		f, err := open(fonts[1], size)
		if err != nil {
			return nil, err
		}
		a.title = append(a.title, f)
	}
	if s.Mark != nil {
		if a.mark, err = s.Mark.shape(markSize); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// buffers keeps the one buffer of an encoder for its next image.
type buffers struct{ kept *png.EncoderBuffer }

func (b *buffers) Get() *png.EncoderBuffer     { return b.kept }
func (b *buffers) Put(kept *png.EncoderBuffer) { b.kept = kept }

// Sixteen colours take four bits a pixel: eight from paper to ink, and eight
// from paper to accent.
const shades = 8

func (s Style) palette() color.Palette {
	var p color.Palette
	for _, to := range []color.RGBA{s.Ink, s.Accent} {
		for i := range shades {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*(shades-1-i) + int(b)*i + shades/2) / (shades - 1)) }
			p = append(p, color.RGBA{mix(s.Paper.R, to.R), mix(s.Paper.G, to.G), mix(s.Paper.B, to.B), 0xff})
		}
	}
	return p
}

// Draw returns a card as PNG. A title that is too long at the smallest size
// ends with an ellipsis; letters that the font does not have are left out.
func (a *Artist) Draw(name, title string) ([]byte, error) {
	for i := range a.canvas.Pix {
		a.canvas.Pix[i] = 0
	}
	left := margin
	if a.mark != nil {
		at := image.Rect(margin, nameTop, margin+markSize, nameTop+markSize)
		for y := at.Min.Y; y < at.Max.Y; y++ {
			copy(a.canvas.Pix[y*Width+at.Min.X:], a.mark.Pix[(y-at.Min.Y)*a.mark.Stride:][:markSize])
		}
		left += markSize + 24
	}
	// A home page is often named as the site is.
	if name = strings.TrimSpace(a.name.known(name)); name != strings.TrimSpace(title) {
		lines, _ := a.name.wrap(name, Width-margin-left, 1)
		a.text(a.name, lines, left, nameTop+markSize/2-nameSize*lineHeight/2, nameSize)
	}
	f, lines := a.fit(title)
	a.text(a.title[f], lines, margin, titleTop, titleSizes[f])

	for i, v := range a.canvas.Pix {
		a.card.Pix[i] = uint8((int(v)*(shades-1) + 127) / 255)
	}
	accent := a.card.Pix[:(titleTop-16)*Width]
	for i, v := range accent {
		if v > 0 {
			accent[i] = v + shades
		}
	}
	bar := a.card.Pix[(Height-barHeight)*Width:]
	for i := range bar {
		bar[i] = 2*shades - 1
	}
	var out bytes.Buffer
	if err := a.encoder.Encode(&out, a.card); err != nil {
		return nil, fmt.Errorf("encode card: %w", err)
	}
	return out.Bytes(), nil
}

// fit chooses the largest size at which the whole title has room and no word is
// broken, or else the largest at which it has room at all.
func (a *Artist) fit(title string) (size int, lines []string) {
	title = a.title[0].known(title)
	room := func(i int) int { return int(titleRoom / (titleSizes[i] * lineHeight)) }
	broken := -1
	for i := range a.title {
		lines, whole := a.title[i].wrap(title, Width-2*margin, room(i)+1)
		if len(lines) > room(i) {
			continue
		}
		if whole {
			return i, lines
		}
		if broken < 0 {
			broken = i
		}
	}
	if broken < 0 {
		broken = len(a.title) - 1
	}
	lines, _ = a.title[broken].wrap(title, Width-2*margin, room(broken)+1)
	if n := room(broken); len(lines) > n {
		lines = append(lines[:n-1], a.title[broken].cut(lines[n-1]+" "+lines[n], Width-2*margin))
	}
	return broken, lines
}

// text draws lines, of which the first starts at top.
func (a *Artist) text(f face, lines []string, left int, top, size float64) {
	d := font.Drawer{Dst: a.canvas, Src: image.White, Face: f}
	for i, line := range lines {
		// Half of what a line has beside its letters is above them.
		baseline := top + size*lineHeight*(float64(i)+0.5) + size*0.35
		d.Dot = fixed.Point26_6{X: fixed.I(left), Y: fixed.Int26_6(baseline * 64)}
		d.DrawString(line)
	}
}

// known leaves out what the font has no letter for, and folds white space.
func (f face) known(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if i, err := f.sfnt.GlyphIndex(nil, r); err != nil || i == 0 || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// wrap breaks text into lines of at most width pixels and stops after max lines.
// whole is false when a word had to be broken.
func (f face) wrap(text string, width, max int) (lines []string, whole bool) {
	whole = true
	line := ""
	for _, word := range strings.Fields(text) {
		next := strings.TrimPrefix(line+" "+word, " ")
		if f.width(next) <= width {
			line = next
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for f.width(word) > width && len(lines) < max {
			whole = false
			n := f.prefix(word, "-", width)
			lines = append(lines, word[:n]+"-")
			word = word[n:]
		}
		line = word
		if len(lines) >= max {
			return lines[:max], whole
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines, whole
}

// cut returns what fits of a line, with an ellipsis.
func (f face) cut(line string, width int) string {
	return strings.TrimRight(line[:f.prefix(line, "…", width)], " -,;:–—") + "…"
}

// prefix returns how many bytes of text fit into width with end behind them: at
// least one letter.
func (f face) prefix(text, end string, width int) int {
	fits := 0
	for i := range text {
		if i > 0 && f.width(text[:i]+end) > width && fits > 0 {
			return fits
		}
		if i > 0 {
			fits = i
		}
	}
	if f.width(text+end) <= width || fits == 0 {
		return len(text)
	}
	return fits
}

func (f face) width(text string) int { return font.MeasureString(f, text).Ceil() }
