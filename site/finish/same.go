package finish

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// same says whether two pages have one canonical form: whether
// bytes.Equal(a.page(before), b.page(after)). It reads the two side by side
// and drops what is equal so far.
//
// What a token adds to the form, and what it leaves in the flow, depends on the
// token and on the flow alone. So where the forms are equal up to here and the
// flows are too, and both pages go on with the same bytes, nothing needs to be
// written: the flow is followed once and taken over. Most of a page is such.
func same(a, b *canon, before, after []byte) bool {
	a.reset(before)
	b.reset(after)
	for {
		n := min(len(a.buf)-a.done, len(b.buf)-b.done)
		if !bytes.Equal(a.buf[a.done:a.done+n], b.buf[b.done:b.done+n]) {
			return false
		}
		restA, restB := a.drop(n), b.drop(n)
		switch {
		case a.ended && b.ended:
			return restA == restB
		case b.ended || !a.ended && restA <= restB:
			if restA == 0 && restB == 0 && !b.ended && level(a, b) {
				a.write(alike(a, b))
			} else {
				a.write(a.s.next())
			}
		default:
			b.write(b.s.next())
		}
	}
}

// drop forgets n bytes of the form, once the other page turned out to have
// them too, and returns how many are left.
func (c *canon) drop(n int) int {
	c.done += n
	rest := len(c.buf) - c.done
	if rest == 0 {
		if c.flow.opened == len(c.buf) {
			c.flow.opened = 0
		} else {
			c.flow.opened = -1
		}
		c.buf, c.done = c.buf[:0], 0
	}
	return rest
}

// level says whether the same token adds the same to both forms, given that
// all written so far was dropped.
func level(a, b *canon) bool {
	f, g := &a.flow, &b.flow
	return f.space == g.space && (f.since == g.since || f.space != pending) &&
		f.exact == g.exact && a.s.foreign == b.s.foreign &&
		f.opened == g.opened && (f.openedIn == g.openedIn || f.opened < 0) &&
		!f.skipEnd && !g.skipEnd && a.tag == nil && b.tag == nil
}

// alike goes past tokens of a that b has too: tags by their bytes, texts by
// their bytes with entities decoded. It returns the first token of a that is
// not, or is a text of which b has a part; that part is left out of it. The two
// pages are level, and stay so up to there.
func alike(a, b *canon) (k kind) {
	for {
		k = a.s.next()
		token, next := a.s.src[a.s.start:a.s.pos], b.s.src[b.s.pos:]
		switch {
		case k == startTag && a.s.rawName == nil || k == endTag:
			// A tag is read up to its ">" and no further, so these bytes are it.
			if !bytes.HasPrefix(next, token) {
				break
			}
			b.s.pos += len(token)
			b.s.foreign = a.s.foreign
			if k == endTag {
				a.end(a.s.name)
			} else if class, ok := a.open(a.s.name, a.s.attrs); ok {
				a.opened(class)
			}
			a.drop(len(a.buf))
			continue
		case k == text && len(next) > 0 && (next[0] != '<' || !opensMarkup(next)):
			b.s.next()
			restA, restB := a.pass(a.s.text, b.s.text)
			if len(restA) == 0 && len(restB) == 0 {
				continue
			}
			b.flow = a.flow
			b.text(restB)
			a.s.text = restA
			return k
		case k == text && a.flow.space != inText && a.collapses() && blank(a.s.text):
			continue // as in collapsed, such a space changes nothing
		}
		b.flow = a.flow
		return k
	}
}

// pass follows the flow past what two texts have in common, entities decoded,
// and returns what they end in.
func (c *canon) pass(t, u []byte) ([]byte, []byte) {
	for {
		n := common(t, u)
		if amp := bytes.IndexByte(t[:n], '&'); amp >= 0 {
			n = amp
		}
		c.follow(t[:n])
		t, u = t[n:], u[n:]
		if len(t) == 0 || len(u) == 0 || t[0] != '&' && u[0] != '&' {
			return t, u
		}
		// One begins with an entity. Its character may stand as it is in the
		// other, where it is no "&" that would begin an entity in turn.
		var nt, nu int
		var st, su []byte
		if t[0] == '&' {
			nt, st = c.entity(t, false)
		}
		if u[0] == '&' {
			nu, su = c.entity(u, false)
		}
		if nt == 0 {
			nt = min(len(su), len(t))
			st = t[:nt]
		}
		if nu == 0 {
			nu = min(len(st), len(u))
			su = u[:nu]
		}
		if !bytes.Equal(st, su) {
			return t, u
		}
		c.follow(st)
		t, u = t[nt:], u[nu:]
	}
}

// follow does to the flow what writing decoded text does, see collapsed and
// verbatim.
func (c *canon) follow(t []byte) {
	last := len(t)
	if c.collapses() {
		for last > 0 && isSpace(t[last-1]) {
			last--
		}
	}
	if last > 0 {
		c.flow.space, c.flow.opened = inText, -1
	}
	if last < len(t) && c.flow.space == inText {
		c.flow.space, c.flow.since = pending, 0
	}
}

func blank(t []byte) bool {
	for _, ch := range t {
		if !isSpace(ch) {
			return false
		}
	}
	return true
}

// common returns how many bytes a and b begin with in common.
func common(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for ; i+8 <= n; i += 8 {
		if x := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]); x != 0 {
			return i + bits.TrailingZeros64(x)/8
		}
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}
