// The index that the tool made of the site (see the package site/search), as a
// browser reads it: a query loads the head, the list of words that each of its
// words is in, and the descriptions of the pages to show. It knows no page.

const longest = 40; // letters of a word that is indexed
const perhaps = 0.5; // what a word counts that only begins like the one typed
const unlikely = 0.3; // what a word counts that is only spelt like it

// fold returns the form in which a word is looked up: its letters and digits,
// without accents and capitals. The tool does the same.
export function fold(word) {
  return word.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

// words returns the words of a text, by the rules of Unicode (UAX 29) and cut
// at full stops, colons and the like, each with its place: {form, start, end}.
export function words(text, language) {
  const found = [];
  for (const { segment, index } of new Intl.Segmenter(language, { granularity: "word" }).segment(text)) {
    for (const { 0: word, index: at } of segment.matchAll(/[\p{L}\p{N}\p{M}\p{Cf}'’]+/gu)) {
      const form = fold(word);
      if (form && [...form].length <= longest) found.push({ form, start: index + at, end: index + at + word.length });
    }
  }
  return found;
}

// distance is the number of letters to add, drop, change or swap with their
// neighbour to make b of a, or more than most (optimal string alignment).
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [], last = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length];
}

export class Index {
  // url is that of the head. get returns what a URL holds, parsed.
  constructor(url, language, get) {
    Object.assign(this, { url, language, get, cache: new Map() });
  }

  // load returns one file of the index, once. After a new index was published
  // the old lists are gone, and the search begins again with the new head.
  load(name) {
    if (!this.cache.has(name)) {
      const loading = this.get(new URL(name, this.url));
      loading.catch(() => this.cache.delete(name));
      this.cache.set(name, loading);
    }
    return this.cache.get(name);
  }

  async head() {
    const head = await this.load("index.json");
    head.known ??= new Set(head.stop.split(" "));
    return head;
  }

  // list returns a list of words: terms, and the terms of each form.
  async list(head, number) {
    const name = `${head.version}/w${number}.json`;
    const list = await this.load(name);
    if (!list.forms) {
      list.forms = new Map();
      for (const term of list) {
        term.forms = term[0].split(" ");
        for (const form of term.forms) list.forms.set(form, [...(list.forms.get(form) ?? []), term]);
      }
    }
    return list;
  }

  // terms returns the terms that a word may mean: [term, how sure] each. typing
  // says that more letters may follow.
  async terms(head, word, typing) {
    let number = 0;
    while (number + 1 < head.lists.length && head.lists[number + 1] <= word) number++;
    const lists = [await this.list(head, number)];
    if (typing && head.lists[number + 1]?.startsWith(word)) lists.push(await this.list(head, number + 1));
    const found = new Map();
    const add = (terms, sure) => terms.forEach((term) => found.set(term, Math.max(sure, found.get(term) ?? 0)));
    for (const list of lists) {
      add(list.forms.get(word) ?? [], 1);
      if (typing) for (const [form, terms] of list.forms) if (form.startsWith(word)) add(terms, perhaps);
    }
    if (found.size === 0) for (const [form, terms] of near(word, lists)) add(terms, form.startsWith(word) ? perhaps : unlikely);
    return [...found];
  }

  // search returns the pages for a query, the best first: {hits: [number...],
  // forms, missing}. forms are the words to mark, missing those on no page.
  async search(query, typing = false) {
    const head = await this.head();
    let asked = words(query, this.language);
    const open = typing && asked.length > 0 && asked.at(-1).end === query.length;
    const last = asked.at(-1);
    const telling = asked.filter((word) => !head.known.has(word.form) || open && word === last && asked.length === 1);
    if (telling.length > 0) asked = telling;
    const unique = new Map(asked.map((word) => [word.form, word]));
    const lists = await Promise.all([...unique.values()].map((word) => this.terms(head, word.form, open && word === last)));

    const scores = new Map(); // by page: what it is worth, and how much of the query it has
    const forms = new Set(), missing = [];
    let all = 0;
    [...unique.keys()].forEach((form, i) => {
      if (lists[i].length === 0) return missing.push(form);
      const best = new Map(); // by page: of the terms that the word may mean, the best
      let weight = 0; // how rare the word is (the inverse document frequency of BM25)
      for (const [term, sure] of lists[i]) {
        term.forms.forEach((form) => forms.add(form));
        const groups = term.slice(1).filter(Array.isArray);
        const pages = Array.isArray(term[1]) ? groups.reduce((n, group) => n + group.length - 1, 0) : term[1];
        const rare = Math.log(1 + (head.pages - pages + 0.5) / (pages + 0.5));
        weight = Math.max(weight, rare);
        for (const [worth, ...steps] of groups) {
          let page = 0;
          for (const step of steps) {
            page += step;
            best.set(page, Math.max(worth * rare * sure, best.get(page) ?? 0));
          }
        }
      }
      all += weight;
      for (const [page, worth] of best) {
        const score = scores.get(page) ?? { worth: 0, share: 0 };
        score.worth += worth;
        score.share += weight;
        scores.set(page, score);
      }
    });
    // A page that has less than half of what was asked is no answer, unless
    // there is no better.
    const ranked = [...scores].map(([page, { worth, share }]) => ({ page, share: share / all, score: worth * share / all }))
      .sort((a, b) => b.score - a.score || a.page - b.page);
    const good = ranked.filter((hit) => hit.share >= 0.5);
    return { hits: (good.length > 0 ? good : ranked).map((hit) => hit.page), forms, missing };
  }

  // pages returns the descriptions of pages, by their numbers.
  async pages(numbers) {
    const head = await this.head();
    return Promise.all(numbers.map(async (number) => {
      const list = await this.load(`${head.version}/p${Math.floor(number / head.perFile)}.json`);
      const [url, title, description, kind, headings] = list[number % head.perFile];
      return { url, title, description, kind, headings: headings.map(([id, text]) => ({ id, text })) };
    }));
  }

  // forget drops what was loaded, for when the site was published anew.
  forget() {
    this.cache.clear();
  }
}

// near returns the forms that a word may be a slip of, or another form of, the
// nearest alone: up to one wrong letter in 4, two in 8, or another ending.
function near(word, lists) {
  const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  let found = [], least = most;
  const stem = word.slice(0, Math.ceil(word.length * 0.7));
  const endings = [];
  for (const list of lists) {
    for (const entry of list.forms) {
      const away = distance(word, entry[0], least);
      if (away < least) found = [];
      if (away <= least) {
        least = away;
        found.push(entry);
      }
      if (word.length > 5 && entry[0].startsWith(stem) && entry[0].length <= word.length + 3) endings.push(entry);
    }
  }
  return found.length > 0 && most > 0 ? found : endings;
}
