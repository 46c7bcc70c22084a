package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"clinicblog/site/content"
	"clinicblog/site/prose"
)

// A passage is a block of a page cut into words and sentences.
type passage struct {
	*content.Block
	lang      string // "en" or "es": of the text, which need not be that of the page
	words     []word
	quotes    bool // somebody is quoted
	sentences []sentence
	found     map[string][]find // by lexicon
}

type word struct {
	prose.Word
	known    *knownWord
	sentence int
	opens    bool // the first of a sentence, or after a comma or the like
	number   bool
	percent  bool // a number followed by a percent sign, or by words for it
	quoted   bool
	named    bool // within the proper name of an agency, a law, a journal
	capital  bool
}

type sentence struct {
	prose.Span
	first, last int // words
	question    bool
	wordsOf     bool // it speaks of words: person with an addiction instead of addict
	ofRate      bool // it speaks of a rate of success
	spokenOf    bool // it speaks of what others say: beware of anyone who promises; or the next one denies it
}

// A find is a phrase of a lexicon where it stands.
type find struct {
	*phrase
	first, last int // words
}

// cut reads a block. The result is good until the next call.
func (c *cutter) cut(b *content.Block, pageLang string) *passage {
	t := &c.passage
	*t = passage{Block: b, lang: pageLang, words: t.words[:0], sentences: t.sentences[:0], found: t.found}
	clear(t.found)
	c.words = prose.AppendWords(c.words[:0], b.Text)
	for _, w := range c.words {
		t.words = append(t.words, word{Word: w, known: c.know(w.Fold)})
	}
	t.mark()
	t.markRetorts()
	t.lang = guessLanguage(t.words, pageLang)
	t.find()
	return t
}

// A cutter cuts blocks, and finds phrases in them.
type cutter struct {
	passage   passage
	words     []prose.Word
	known     map[string]*knownWord
	syllables map[string]int // of words as they are written, with the language before them
}

func newCutter() cutter {
	return cutter{passage: passage{found: map[string][]find{}}, known: map[string]*knownWord{}, syllables: map[string]int{}}
}

// A knownWord is what a word is wherever it stands: a text has far fewer words
// than places.
type knownWord struct {
	number  bool
	entries []entry // that may begin with it
	// Sets of words, by their number: of which it was asked whether it is in them,
	// and in which it is.
	asked, member []uint64
}

func (c *cutter) know(fold string) *knownWord {
	k := c.known[fold]
	if k == nil {
		r, _ := utf8.DecodeRuneInString(fold)
		number := unicode.IsDigit(r) || numberWords[fold] != 0
		sets := make([]uint64, 2*(wordSets/64+1))
		k = &knownWord{number: number, entries: lexicon.starting(fold, number), asked: sets[:len(sets)/2], member: sets[len(sets)/2:]}
		c.known[strings.Clone(fold)] = k
	}
	return k
}

// in tells whether a word is in a set.
func (w *word) in(s *wordSet) bool {
	k, i, bit := w.known, s.number/64, uint64(1)<<(s.number%64)
	if k.asked[i]&bit == 0 {
		k.asked[i] |= bit
		if s.has(w.Fold) {
			k.member[i] |= bit
		}
	}
	return k.member[i]&bit != 0
}

// endless is the number of words after which a sentence without end is cut, so
// that the time for it grows with its length and not with its square.
const endless = 400

// mark gives each word its sentence and what surrounds it.
func (t *passage) mark() {
	next := 0
	for _, s := range prose.Sentences(t.Text) {
		one := sentence{Span: s, first: next}
		for ; next < len(t.words) && t.words[next].Start < s.End; next++ {
			if next-one.first == endless {
				one.End = t.words[next-1].End
				one.last = next - 1
				t.sentences = append(t.sentences, one)
				one = sentence{Span: prose.Span{Start: t.words[next].Start, End: s.End}, first: next}
			}
			t.words[next].sentence = len(t.sentences)
		}
		one.last = next - 1
		end := s.Of(t.Text)
		one.question = strings.IndexByte(end, '?') >= 0 && strings.HasSuffix(strings.TrimRight(end, "\"”’»)* "), "?")
		t.sentences = append(t.sentences, one)
	}
	depth, straight, at := 0, false, 0
	for i := range t.words {
		w := &t.words[i]
		w.opens = i == 0 || w.sentence != t.words[i-1].sentence
		between := t.Text[at:w.Start]
		if between == " " {
			between = "" // as between most words
		}
		for _, r := range between {
			switch r {
			case '“', '«':
				depth++
				t.quotes = true
			case '”', '»':
				depth = max(0, depth-1)
				t.quotes = true
			case '"':
				straight = !straight
				t.quotes = true
			case ',', ';', ':', '—', '–', '(', ')':
				w.opens = true
			}
		}
		at = w.End
		w.quoted = depth > 0 || straight
		r, _ := utf8.DecodeRuneInString(t.Text[w.Start:])
		w.capital = unicode.IsUpper(r)
		if w.number = w.known.number; w.number {
			rest := strings.TrimLeft(t.Text[w.End:], " \u00a0")
			w.percent = strings.HasPrefix(rest, "%")
		}
		if i > 0 && w.in(percentWords) {
			t.words[i-1].percent = t.words[i-1].number
		}
		if (w.Fold == "ciento" || w.Fold == "cent") && i > 1 && (t.words[i-1].Fold == "por" || t.words[i-1].Fold == "per") {
			t.words[i-2].percent = t.words[i-2].number
		}
	}
	t.quotes = t.quotes || strings.ContainsFunc(t.Text[at:], func(r rune) bool {
		return r == '"' || r == '“' || r == '”' || r == '«' || r == '»'
	})
	t.markNames()
}

// markNames marks runs of capitalised words, such as the National Institute on
// Drug Abuse, when the rest of the text is not capitalised as a title is: of its
// other words, little ones left out, more are small.
func (t *passage) markNames() {
	capitals, small := 0, 0
	for i := range t.words {
		if w := &t.words[i]; w.capital {
			capitals++
		} else if !w.number && !w.in(function) {
			small++
		}
	}
	for i := 0; i < len(t.words); {
		last, count := i, 0
		for j := i; j < len(t.words) && t.words[j].sentence == t.words[i].sentence; j++ {
			if t.words[j].capital {
				last = j
				count++
			} else if !t.words[j].in(joiners) || j == i {
				break
			}
		}
		ours := t.words[i].in(possessive) || i > 0 && t.words[i-1].in(possessive) // nobody else chose that name
		if count >= 3 && small > capitals-count && !ours {
			for j := i; j <= last; j++ {
				t.words[j].named = true
			}
		}
		i = last + 1
	}
}

// joiners stand within a proper name: Institute on Drug Abuse.
var joiners = newWordSet("of on and for in the a de del la las los y sobre contra en para to")

var possessive = newWordSet("our my nuestro nuestra nuestros nuestras")

var percentWords = newWordSet("percent percentage porciento pct")

// numberWords are numbers in words; half and the like are not.
var numberWords = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
	"forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
	"un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12,
	"trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70,
	"ochenta": 80, "noventa": 90, "cien": 100, "mil": 1000,
}

var (
	spanishMarks = newWordSet("de la el los las que y en un una por con para su se del al es no lo como mas o si sin nuestro nuestra usted le les")
	englishMarks = newWordSet("the of and to in is for with that are you your on we our it or be at this from an as not have has by can will who")
)

// guessLanguage tells English from Spanish by the small words; a text with too
// few of them is in the language of its page.
func guessLanguage(ws []word, page string) string {
	es, en := 0, 0
	for i := range ws {
		if ws[i].in(spanishMarks) {
			es++
		} else if ws[i].in(englishMarks) {
			en++
		}
	}
	switch {
	case es > 2*en+1:
		return "es"
	case en > 2*es+1:
		return "en"
	}
	return page
}

// retort is the number of words of a sentence that can do nothing but deny the
// one before it: they have not.
const retort = 4

// find looks the phrases of all lexicons up.
func (t *passage) find() {
	for i := range t.words {
		for _, e := range t.words[i].known.entries {
			last := e.match(t, i)
			if last < 0 {
				continue
			}
			s := t.sentences[t.words[i].sentence]
			if e.with != nil && !t.anyIn(s, e.with) && !(t.refersBack(i, last) && t.anyIn(t.before(s), e.with)) || e.unless != nil && t.anyIn(s, e.unless) {
				continue
			}
			t.found[e.lexicon] = append(t.found[e.lexicon], find{e.phrase, i, last})
			switch at := t.words[i].sentence; {
			case e.lexicon == "spoken of" && e.As == "word":
				t.sentences[at].wordsOf = true
			case e.lexicon == "spoken of":
				t.sentences[at].spokenOf = true
			case e.lexicon == "rate" && e.As == "rate":
				t.sentences[at].ofRate = true
			case e.lexicon == "taken back" && i == s.first && at > 0:
				t.sentences[at-1].spokenOf = true
			}
		}
	}
}

// refersBack tells words that speak of what the sentence before them names: you
// will be free of it; or that are a sentence by themselves: guaranteed!
func (t *passage) refersBack(first, last int) bool {
	if t.words[first].sentence == 0 {
		return false
	}
	if s := t.sentences[t.words[first].sentence]; s.first == first && s.last == last {
		return true
	}
	for i := first; i <= last; i++ {
		if t.words[i].in(pronoun) {
			return true
		}
	}
	return false
}

var pronoun = newWordSet("it they them its their that that's this ello ellos ellas")

// flatlyDenied tells a question that is answered with no and nothing more: What if
// I slip? You won't.
func (t *passage) flatlyDenied(question sentence) bool {
	next := t.words[question.first].sentence + 1
	if !question.question || next == len(t.sentences) {
		return false
	}
	s := t.sentences[next]
	return !s.question && s.last-s.first < shortAnswer && t.anyIn(s, flatNo) && !t.anyIn(s, qualified)
}

// shortAnswer is the number of words up to which an answer leaves no room for
// anything else.
const shortAnswer = 8

var (
	flatNo    = newWordSet("@never no none nobody gone ninguno ninguna imposible impossible vanished")
	qualified = newWordSet(`necessarily always usually likely maybe perhaps sometimes often if until unless but every everyone everybody all most some many one say
		know promise guarantee tell yet worry panic give blame despair ask call automatically alone surprising reason shame failure
		siempre necesariamente si pero todos todas rinda preocupe tema pasa culpe desanime hope hay llame llamenos venga hable regañe quizas sepa sabe promete prometer`)
)

// markRetorts marks the sentences that a short one behind them denies.
func (t *passage) markRetorts() {
	for k := 1; k < len(t.sentences); k++ {
		s := t.sentences[k]
		if s.question || s.last < s.first || s.last-s.first >= retort {
			continue
		}
		if last := &t.words[s.last]; last.in(verbNegators) || last.Fold == "not" || last.Fold == "no" && s.first == s.last {
			t.sentences[k-1].spokenOf = true
		}
	}
}

func (t *passage) anyIn(s sentence, set *wordSet) bool {
	for i := s.first; i <= s.last; i++ {
		if t.words[i].in(set) {
			return true
		}
	}
	return false
}

// has tells whether any word of the passage is in the set.
func (t *passage) has(set *wordSet) bool {
	for i := range t.words {
		if t.words[i].in(set) {
			return true
		}
	}
	return false
}

// negated tells whether the clause denies what begins at a word: "nobody should
// tell you that treatment is guaranteed".
func (t *passage) negated(at int) bool {
	for i := at; i >= 0 && t.words[i].sentence == t.words[at].sentence; i-- {
		if i < at && t.words[i].in(negators) && !t.setPhrase(i) {
			return true
		}
		if i < at && t.words[i+1].opens || t.words[i].in(but) {
			return false
		}
	}
	return false
}

// setPhrase tells a negator that denies nothing: no matter how, not only.
func (t *passage) setPhrase(i int) bool {
	return i+1 < len(t.words) && t.words[i+1].in(idle)
}

var (
	negators = newWordSet(`no not cannot without nor never neither nobody nothing none hardly rarely isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't
		wouldn't shouldn't haven't hasn't ain't ni nunca jamas sin tampoco nadie nada ningun ninguna ninguno apenas`)
	but  = newWordSet("but pero sino because porque")
	idle = newWordSet("matter only just wonder solo solamente importa obstante")
)

// denied tells whether a sentence speaks of a claim instead of making it.
func (t *passage) denied(f find) bool {
	return t.negated(f.first) || t.sentenceOf(f).spokenOf || t.predicateDenies(f) || t.mentioned(f)
}

// mentioned tells words in quotation marks that the rest of the sentence speaks of:
// if you read "studies show", ask which.
func (t *passage) mentioned(f find) bool {
	if !t.words[f.first].quoted {
		return false
	}
	for s, i := t.sentenceOf(f), t.sentenceOf(f).first; i <= s.last; i++ {
		if !t.words[i].quoted && t.words[i].in(mentioning) {
			return true
		}
	}
	return false
}

var mentioning = newWordSet("if when whenever si cuando claim claims list lists ranking rankings slogan slogans promise promises ads headlines promesas anuncios")

// predicateDenies tells whether what is said of a find denies it: a guaranteed
// cure for addiction does not exist.
func (t *passage) predicateDenies(f find) bool {
	for i := f.last + 1; i < len(t.words) && i <= f.last+6 && t.words[i].sentence == t.words[f.first].sentence; i++ {
		w := &t.words[i]
		switch {
		case w.in(verbNegators) || w.Fold == "no" && t.lang == "es":
			return !w.opens && !t.setPhrase(i)
		case w.opens || w.in(turning):
			return false
		case w.in(auxiliaries):
			return i+1 < len(t.words) && t.words[i+1].Fold == "not" && !t.setPhrase(i+1)
		case i == f.last+1 && !w.in(prepositions) && !w.in(heads):
			return false
		}
	}
	return false
}

var (
	verbNegators = newWordSet("cannot can't isn't aren't doesn't don't won't wasn't couldn't shouldn't")
	auxiliaries  = newWordSet("is are was were do does can could will would should may")
	heads        = newWordSet("results recovery sobriety success cure outcome outcomes relief treatment program therapy rate rates care resultados recuperacion exito cura tratamiento definitiva permanente garantizada segura total")
	prepositions = newWordSet("for of from against in with de del para contra en con")
)

// sentenceOf returns the sentence of a find.
func (t *passage) sentenceOf(f find) sentence { return t.sentences[t.words[f.first].sentence] }

// before returns the sentence before one that is not the first.
func (t *passage) before(s sentence) sentence { return t.sentences[t.words[s.first].sentence-1] }

// text returns the words of a find as they are written.
func (t *passage) text(f find) string { return t.Text[t.words[f.first].Start:t.words[f.last].End] }
