// The search page. It works on the reader's device: what is typed is neither
// sent nor kept, and enters neither the address nor the browser's history.
// Where a browser has no Intl.Segmenter the page stays as it is without script.
import { Index, words } from "./index.js";

const perView = 10;
const pause = 200; // milliseconds without a key before it searches

function start(root) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const form = root.querySelector("form");
  const field = form.querySelector("input");
  const [status, crisis, results, list, more] = ["status", "crisis", "results", "list", "more"].map(part);
  const heading = results.querySelector("h2");
  const say = JSON.parse(root.dataset.words);
  const language = document.documentElement.lang;
  // plain keeps the spaces between words, so that a phrase can be looked for.
  const plain = (text) => words(text, language).map((word) => word.form).join(" ");
  const calls = root.dataset.crisis.split("|").map(plain);
  const index = new Index(new URL(root.dataset.index, document.baseURI), language, get);
  let shown = []; // the numbers of the pages that were found
  let marks = new Set();
  let turn = 0; // counts searches: an answer that comes late is dropped
  let timer;

  async function get(url) {
    const answer = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) throw new Error(`${answer.status} for ${url}`);
    return answer.json();
  }

  function clear() {
    turn++;
    clearTimeout(timer);
    results.hidden = crisis.hidden = true;
    list.replaceChildren();
    status.textContent = "";
  }

  // A new index takes the place of the old one whole: then the second try is
  // the first with the new.
  async function search(query, typing) {
    try {
      return await answer(query, typing);
    } catch {
      index.forget();
      return answer(query, typing);
    }
  }

  async function answer(query, typing) {
    const found = await index.search(query, typing);
    return { ...found, first: await index.pages(found.hits.slice(0, perView)) };
  }

  async function run(typing) {
    clearTimeout(timer);
    const query = field.value.trim();
    if (words(query, language).length === 0) return clear();
    const mine = ++turn;
    const urgent = plain(query);
    crisis.hidden = !calls.some((word) => word && urgent.includes(word));
    let found;
    try {
      found = await search(typing ? field.value.trimStart() : query, typing);
    } catch {
      if (mine === turn) status.textContent = say.failed;
      return;
    }
    if (mine !== turn) return;
    shown = found.hits;
    marks = found.forms;
    list.replaceChildren(...found.first.map(item));
    results.hidden = shown.length === 0;
    more.hidden = shown.length <= perView;
    const count = shown.length === 0 ? say.none : shown.length === 1 ? say.one : say.many;
    const text = [count.replace("{count}", shown.length.toLocaleString(language)).replace("{query}", () => query)];
    if (!crisis.hidden) text.unshift(say.crisis);
    if (found.missing.length > 0 && shown.length > 0) text.push(say.missing.replace("{words}", () => found.missing.join(", ")));
    status.textContent = text.join(" ");
    if (!typing && shown.length > 0) (crisis.hidden ? heading : crisis).focus();
  }

  function item(page) {
    const li = document.createElement("li");
    const h3 = element("h3", li);
    marked(link(page.url, h3), page.title);
    if (say.kinds[page.kind]) element("p", li, "search-kind").textContent = say.kinds[page.kind];
    marked(element("p", li), page.description);
    const best = page.headings.map((h) => ({ ...h, hits: new Set(words(h.text, language).map((w) => w.form).filter((f) => marks.has(f))).size }))
      .sort((a, b) => b.hits - a.hits)[0];
    if (best?.hits > 0) {
      const p = element("p", li, "search-part");
      p.append(say.part, " ");
      marked(link(`${page.url}#${best.id}`, p), best.text);
    }
    return li;
  }

  function element(name, parent, className) {
    const made = document.createElement(name);
    if (className) made.className = className;
    parent.append(made);
    return made;
  }

  function link(url, parent) {
    const a = element("a", parent);
    a.href = url;
    return a;
  }

  // marked appends a text with the words that were asked for in mark elements.
  function marked(parent, text) {
    let done = 0;
    for (const { form, start, end } of words(text, language)) {
      if (!marks.has(form)) continue;
      parent.append(text.slice(done, start));
      element("mark", parent).textContent = text.slice(start, end);
      done = end;
    }
    parent.append(text.slice(done));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(false);
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, pause, true);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    field.value = "";
    clear();
  });
  more.addEventListener("click", async () => {
    const mine = turn;
    const from = list.children.length;
    const pages = await index.pages(shown.slice(from, from + perView)).catch(() => []);
    if (mine !== turn) return;
    list.append(...pages.map(item));
    more.hidden = list.children.length >= shown.length;
    list.children[from]?.querySelector("a").focus();
  });

  root.hidden = false;
  // A link may bring a question, in the part of an address that no server sees.
  const asked = new URLSearchParams(location.hash.slice(1)).get("q");
  if (asked !== null) {
    field.value = asked;
    history.replaceState(null, "", location.pathname);
    run(true);
  }
}

const root = document.querySelector("[data-index]");
if (root && Intl.Segmenter) start(root);
