package card

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"strings"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
)

// Mark is the site's sign, a drawing in SVG.
type Mark struct{ src []byte }

// maxMark is how large the sign may be. It is shown as small as 16 pixels.
const maxMark = 256 << 10

// ParseMark reads a drawing. The error says what in it cannot be drawn: shapes,
// paths, strokes, groups and gradients can; text, images, masks and filters not.
func ParseMark(svg []byte) (*Mark, error) {
	if len(svg) > maxMark {
		return nil, fmt.Errorf("it has more than %d kB", maxMark>>10)
	}
	m := &Mark{src: svg}
	drawn, err := m.raster(64)
	if err != nil {
		return nil, err
	}
	for i := 3; i < len(drawn.Pix); i += 4 {
		if drawn.Pix[i] != 0 {
			return m, nil
		}
	}
	return nil, errors.New("nothing of it is visible")
}

// raster draws the mark in a square of so many pixels, in its own colours.
func (m *Mark) raster(size int) (drawn *image.RGBA, err error) {
	defer func() {
		if r := recover(); r != nil { // the library indexes what it did not count
			drawn, err = nil, fmt.Errorf("the drawing is broken: %v", r)
		}
	}()
	icon, err := oksvg.ReadIconStream(bytes.NewReader(m.src), oksvg.StrictErrorMode)
	if err != nil {
		return nil, err
	}
	w, h := icon.ViewBox.W, icon.ViewBox.H
	if !(w > 0 && h > 0 && w < 1e6 && h < 1e6) {
		return nil, errors.New("it has no viewBox")
	}
	scale := float64(size) / max(w, h)
	icon.SetTarget((float64(size)-w*scale)/2, (float64(size)-h*scale)/2, w*scale, h*scale)
	for i := range icon.SVGPaths { // the library scales shapes, not the lines around them
		p := &icon.SVGPaths[i]
		if p.LineWidth *= scale; p.LineWidth > 4*float64(size) {
			return nil, errors.New("a line in it is wider than the drawing")
		}
		p.DashOffset *= scale
		for j := range p.Dash {
			if p.Dash[j] *= scale; p.Dash[j] < float64(size)/1000 {
				return nil, errors.New("a line in it has dashes too fine to see") // millions of them
			}
		}
	}
	drawn = image.NewRGBA(image.Rect(0, 0, size, size))
	icon.Draw(rasterx.NewDasher(size, size, rasterx.NewScannerGV(size, size, drawn, drawn.Bounds())), 1)
	return drawn, nil
}

// shape returns where the mark is, without its colours.
func (m *Mark) shape(size int) (*image.Alpha, error) {
	drawn, err := m.raster(size)
	if err != nil {
		return nil, err
	}
	shape := image.NewAlpha(drawn.Bounds())
	for i := range shape.Pix {
		shape.Pix[i] = drawn.Pix[4*i+3]
	}
	return shape, nil
}

// Icon is a file in which the mark is shown.
type Icon struct {
	Path  string // slash-separated, from the root of the site
	sizes []int  // of the squares in it; several in a .ico
	part  float64
	paper bool // what is transparent would be black, or of any colour
}

// Icons are what browsers and home screens ask for.
var Icons = []Icon{
	{Path: "favicon.ico", sizes: []int{16, 32, 48}, part: 1},
	{Path: "apple-touch-icon.png", sizes: []int{180}, part: 0.72, paper: true},
	{Path: "icon-192.png", sizes: []int{192}, part: 1},
	{Path: "icon-512.png", sizes: []int{512}, part: 1},
	// A square within the circle of 80% that is never cut off
	// (https://www.w3.org/TR/appmanifest/#icon-masks).
	{Path: "icon-maskable-512.png", sizes: []int{512}, part: 0.56, paper: true},
}

// Draw returns the file.
func (i Icon) Draw(s Style) ([]byte, error) {
	var images [][]byte
	for _, size := range i.sizes {
		drawn, err := s.Mark.raster(int(float64(size) * i.part))
		if err != nil {
			return nil, err
		}
		out := image.NewRGBA(image.Rect(0, 0, size, size))
		if i.paper {
			draw.Draw(out, out.Bounds(), image.NewUniform(s.Paper), image.Point{}, draw.Src)
		}
		edge := (size - drawn.Bounds().Dx()) / 2
		draw.Draw(out, drawn.Bounds().Add(image.Pt(edge, edge)), drawn, image.Point{}, draw.Over)
		data, err := encode(out)
		if err != nil {
			return nil, err
		}
		images = append(images, data)
	}
	if !strings.HasSuffix(i.Path, ".ico") {
		return images[0], nil
	}
	// A header of 6 bytes, an entry of 16 for each image, the images.
	out := binary.LittleEndian.AppendUint16([]byte{0, 0, 1, 0}, uint16(len(images)))
	at := 6 + 16*len(images)
	for n, data := range images {
		size := byte(i.sizes[n])
		out = append(out, size, size, 0, 0, 1, 0, 32, 0)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
		out = binary.LittleEndian.AppendUint32(out, uint32(at))
		at += len(data)
	}
	return append(out, bytes.Join(images, nil)...), nil
}

func encode(m image.Image) ([]byte, error) {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, m); err != nil {
		return nil, fmt.Errorf("encode icon: %w", err)
	}
	return b.Bytes(), nil
}
