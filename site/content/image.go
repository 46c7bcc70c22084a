package content

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	_ "image/gif"  // for image.DecodeConfig
	_ "image/jpeg" // for image.DecodeConfig
	_ "image/png"  // for image.DecodeConfig
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	_ "golang.org/x/image/webp" // for image.DecodeConfig
)

// ImageFile is what the beginning of a file says of the image in it. Pixels are
// not decoded: a file of one kilobyte may claim to hold 3,600 megapixels.
type ImageFile struct {
	Path          string // "content/articles/iop/chairs.jpg"; "" when there is no such file
	Bytes         int64
	Format        string // by content: a name that ImageFormat returns, or a media type such as "text/html"
	Width, Height int    // pixels as stored, 0 when unknown: SVG
	Moving        bool   // an animation
	Colours       string // the wide colour space of the photo, such as "Display P3"; "" for sRGB and unknown
	Broken        string // why the image cannot be read; "" when its beginning can
}

// ImageFormat returns the format that the extension of a file's name promises,
// "" for one that is no image.
func ImageFormat(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".jpe", ".jfif":
		return "JPEG"
	case ".png", ".apng":
		return "PNG"
	case ".webp":
		return "WebP"
	case ".gif":
		return "GIF"
	case ".avif":
		return "AVIF"
	case ".heic", ".heif", ".hif":
		return "HEIC"
	case ".svg":
		return "SVG"
	case ".tif", ".tiff":
		return "TIFF"
	case ".bmp":
		return "BMP"
	}
	return ""
}

// Mount is a folder of files that pages may name: the file x in Dir is named
// x below At.
type Mount struct{ Dir, At string }

// images reads the file behind every image of every page, each file once.
func (index *Index) images(opts Options) error {
	known := map[string]*ImageFile{}
	for _, p := range index.Pages {
		if p.Image != "" {
			file, err := imageFile(p, p.Image, opts, known)
			if err != nil {
				return err
			}
			p.ImageFile = file
		}
		for i := range p.Images {
			file, err := imageFile(p, p.Images[i].Destination, opts, known)
			if err != nil {
				return err
			}
			p.Images[i].File = file
		}
	}
	return nil
}

// imageFile finds the file that a page names as Hugo and the layouts do: beside
// a page that is a folder, then in assets and static. It returns nil for an
// image of another site.
func imageFile(p *Page, name string, opts Options, known map[string]*ImageFile) (*ImageFile, error) {
	u, err := url.Parse(name)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return nil, nil
	}
	dir, base := path.Split(p.Name)
	var candidates []string
	if strings.HasPrefix(base, "index.") || strings.HasPrefix(base, "_index.") {
		candidates = append(candidates, path.Join(dir, u.Path))
	}
	mounts := opts.Mounts
	if mounts == nil {
		mounts = []Mount{{Dir: "assets"}, {Dir: "static"}}
	}
	// As written below a root, and as a browser resolves it on the page.
	page := strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(p.Name, ".md"), "/index"), "content/")
	for _, below := range []string{path.Clean("/" + u.Path), path.Join("/", page, u.Path)} {
		for _, m := range mounts {
			if rest, ok := strings.CutPrefix(below, path.Join("/", m.At)); ok {
				candidates = append(candidates, path.Join(m.Dir, rest))
			}
		}
	}
	for _, c := range candidates {
		if file := known[c]; file != nil {
			return file, nil
		}
		if !filepath.IsLocal(filepath.FromSlash(c)) {
			continue
		}
		full := filepath.Join(opts.Source, filepath.FromSlash(c))
		// A symbolic link is no regular file; site/hugo reports it.
		if info, err := os.Lstat(full); err != nil || !info.Mode().IsRegular() {
			continue
		}
		file, err := readImage(full)
		if err != nil {
			return nil, fmt.Errorf("read image: %w", err)
		}
		file.Path = c
		known[c] = file
		return file, nil
	}
	return &ImageFile{}, nil
}

// imageHead is how much of a file is looked at beside what a decoder reads: in
// JPEG the colour profile follows Exif and its preview.
const imageHead = 128 << 10

func readImage(name string) (*ImageFile, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	head, err := io.ReadAll(io.LimitReader(f, imageHead))
	if err != nil {
		return nil, err
	}
	file := describeImage(head, io.MultiReader(bytes.NewReader(head), f))
	file.Bytes = info.Size()
	return file, nil
}

// describeImage reads an image whose first bytes are head, and which whole
// gives from its start.
func describeImage(head []byte, whole io.Reader) *ImageFile {
	file := &ImageFile{Format: sniffImage(head)}
	switch file.Format {
	case "AVIF", "HEIC":
		file.Width, file.Height = heifSize(head)
		file.Moving = len(head) > 12 && string(head[8:12]) == "avis"
		return file
	case "JPEG", "PNG", "GIF", "WebP":
	default:
		return file
	}
	switch config, _, err := image.DecodeConfig(whole); {
	case err != nil:
		file.Broken = strings.TrimPrefix(err.Error(), strings.ToLower(file.Format)+": ")
	case config.Width == 0 || config.Height == 0:
		file.Broken = "it has no pixels"
	default:
		file.Width, file.Height = config.Width, config.Height
	}
	switch file.Format {
	case "GIF": // without this extension it moves once, if at all
		file.Moving = bytes.Contains(head, []byte("NETSCAPE2.0"))
	case "WebP": // RIFF, size, WEBP, VP8X, size, flags
		file.Moving = len(head) > 20 && string(head[12:16]) == "VP8X" && head[20]&0x02 != 0
	case "JPEG":
		file.Colours = wideColours(head)
	}
	return file
}

// sniffImage names the format that the first bytes of a file show, or else its
// media type.
func sniffImage(head []byte) string {
	switch t := http.DetectContentType(head); {
	case t == "image/jpeg":
		return "JPEG"
	case t == "image/png":
		return "PNG"
	case t == "image/gif":
		return "GIF"
	case t == "image/webp":
		return "WebP"
	case t == "image/bmp":
		return "BMP"
	case bytes.HasPrefix(head, []byte("II*\x00")) || bytes.HasPrefix(head, []byte("MM\x00*")):
		return "TIFF"
	case len(head) >= 16 && string(head[4:8]) == "ftyp":
		brands := head[8:min(len(head), max(16, int(min(binary.BigEndian.Uint32(head), 256))))]
		if bytes.Contains(brands, []byte("avif")) || bytes.Contains(brands, []byte("avis")) {
			return "AVIF"
		}
		return "HEIC"
	case isSVG(bytes.ToLower(head[:min(len(head), 4<<10)])):
		return "SVG"
	default:
		t, _, _ = strings.Cut(t, ";")
		return t
	}
}

func isSVG(head []byte) bool {
	return bytes.Contains(head, []byte("<svg")) && !bytes.Contains(head, []byte("<!doctype html")) && !bytes.Contains(head, []byte("<html"))
}

// heifSize returns the largest size that an image in an ISO base media file
// gives (ISO/IEC 23008-12, 6.5.3): the others are previews and parts.
func heifSize(head []byte) (width, height int) {
	for {
		at := bytes.Index(head, []byte("ispe"))
		if at < 0 || len(head) < at+16 {
			return width, height
		}
		w, h := int(binary.BigEndian.Uint32(head[at+8:])), int(binary.BigEndian.Uint32(head[at+12:]))
		if w > width {
			width, height = w, h
		}
		head = head[at+16:]
	}
}

// wideColours looks for the name of a colour space in the profile of a JPEG
// (ICC.1, 9.2.41): in ASCII, or in UTF-16 as version 4 has it.
func wideColours(head []byte) string {
	_, profile, found := bytes.Cut(head, []byte("ICC_PROFILE\x00"))
	if !found {
		return ""
	}
	profile = profile[:min(len(profile), 4<<10)]
	for _, name := range []string{"Display P3", "Adobe RGB", "ProPhoto RGB"} {
		wide := strings.Join(strings.Split(name, ""), "\x00")
		if bytes.Contains(profile, []byte(name)) || bytes.Contains(profile, []byte(wide)) {
			return name
		}
	}
	return ""
}
