package finish

import "bytes"

// isCompact says whether b is JSON as json.Compact would leave it. It may say
// no of what is: of numbers with an exponent and of deep nesting. It is there
// because encoding/json takes longer over a graph than all else takes to put it
// into its page, and what comes from encoding/json is compact.
func isCompact(b []byte) bool { return jsonValue(b, 0, 100) == len(b) }

// jsonValue returns the offset behind the value at i, or -1.
func jsonValue(b []byte, i, depth int) int {
	if i >= len(b) || depth == 0 {
		return -1
	}
	switch b[i] {
	case '"':
		return jsonString(b, i)
	case '{', '[':
		object, last := b[i] == '{', b[i]+2
		if i++; i < len(b) && b[i] == last {
			return i + 1
		}
		for ; ; i++ {
			if object {
				if i >= len(b) || b[i] != '"' {
					return -1
				}
				if i = jsonString(b, i); i < 0 || i >= len(b) || b[i] != ':' {
					return -1
				}
				i++
			}
			if i = jsonValue(b, i, depth-1); i < 0 || i >= len(b) {
				return -1
			}
			if b[i] == last {
				return i + 1
			}
			if b[i] != ',' {
				return -1
			}
		}
	}
	for _, word := range []string{"true", "false", "null"} {
		if bytes.HasPrefix(b[i:], []byte(word)) {
			return i + len(word)
		}
	}
	return jsonNumber(b, i)
}

func jsonString(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			return i + 1
		case c < ' ':
			return -1
		case c != '\\':
			continue
		}
		if i++; i >= len(b) {
			return -1
		}
		switch b[i] {
		case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		case 'u':
			for range 4 {
				if i++; i >= len(b) || !isDigit(b[i]) && (b[i] < 'A' || b[i] > 'F') {
					return -1
				}
			}
		default:
			return -1
		}
	}
	return -1
}

func jsonNumber(b []byte, i int) int {
	if i < len(b) && b[i] == '-' {
		i++
	}
	from := i
	if i = decimals(b, i); i == from || b[from] == '0' && i > from+1 {
		return -1
	}
	if i < len(b) && b[i] == '.' {
		from = i + 1
		if i = decimals(b, from); i == from {
			return -1
		}
	}
	return i
}

func decimals(b []byte, i int) int {
	for i < len(b) && b[i]-'0' < 10 {
		i++
	}
	return i
}
