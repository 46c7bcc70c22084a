// Searches a finished site in headless Chromium, as a reader does who has no
// mouse, and fails on: a page that is useless without JavaScript, a script on
// any other page, words that the browser and the tool cut in two ways, a query
// whose right page does not come first, an axe-core violation in the results, a
// query that is sent or kept, a request to another origin, or a query that
// loads too much.
//
//   node .ci/search.mjs public
import { createServer } from "node:http";
import { readFile, readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "playwright-core";

const root = process.argv[2];
const here = new URL("..", import.meta.url).pathname;
const maxBytes = 30_000; // brotli: the script, the index and the descriptions of one query

// What must come first. A page that is named after | may, too.
const queries = {
  en: {
    "IOP": "/articles/benefits-of-group-therapy-in-an-iop/|/about/", "benefits of group therapy": "/articles/benefits-of-group-therapy-in-an-iop/",
    "CBT": "/groups/cognitive-behavioral/", "cognitive behavioural": "/groups/cognitive-behavioral/", "thoughts": "/groups/cognitive-behavioral/",
    "anxeity": "/groups/cognitive-behavioral/", "support group": "/groups/support/", "relapse prevention": "/groups/support/",
    "process group": "/groups/process/", "trauma": "/groups/process/", "psychoeducation": "/groups/psychoeducational/",
    "coping skills": "/groups/skills-development/|/topics/coping-skills/", "mindfulness skills": "/groups/skills-development/", "compare groups": "/groups/",
    "types of group": "/groups/", "schedule": "/schedule/", "timetable": "/schedule/", "calendar feed": "/schedule/", "évening": "/schedule/",
    "when do groups meet": "/schedule/|/faq/", "insurance": "/faq/", "first visit": "/faq/", "by video": "/faq/", "miss a session": "/faq/",
    "who can see my records": "/faq/", "how much does it cost": "/faq/", "privacy": "/privacy/", "cookies": "/privacy/",
    "how we review": "/editorial-policy/", "about": "/about/", "topcs": "/topics/|/groups/psychoeducational/", "editorial team": "/people/editorial-team/",
  },
  es: {
    "TCC": "/es/groups/grupos-cognitivo-conductuales/", "ansiedad": "/es/groups/grupos-cognitivo-conductuales/", "grupo de apoyo": "/es/groups/grupos-de-apoyo/",
    "recaida": "/es/groups/grupos-de-apoyo/", "beneficios": "/es/articles/beneficios-de-la-terapia-de-grupo/", "habilidades": "/es/groups/grupos-de-habilidades/",
    "psicoeducación": "/es/groups/grupos-psicoeducativos/", "trauma": "/es/groups/grupos-de-proceso/", "comparar grupos": "/es/groups/", "tipos de grupo": "/es/groups/",
    "horario": "/es/horario/", "calendario": "/es/horario/", "seguro": "/es/preguntas-frecuentes/", "primera llamada": "/es/preguntas-frecuentes/",
    "por video": "/es/preguntas-frecuentes/", "faltar a una sesion": "/es/preguntas-frecuentes/", "costo": "/es/preguntas-frecuentes/|/es/politica-editorial/",
    "privacidad": "/es/privacidad/", "equipo editorial": "/es/people/equipo-editorial/", "cómo revisamos": "/es/politica-editorial/", "ansieda": "/es/groups/grupos-cognitivo-conductuales/",
  },
};

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };
// Stricter than any host's: a script from a file of the site, and nothing else.
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";
let asked = []; // {path, bytes}
let broken = 0; // how many lists are refused next, as right after a site was published
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  let name = pathname.startsWith("/.test/") ? join(here, "assets/js", pathname.slice(7)) : join(root, normalize(decodeURIComponent(pathname)));
  if ((await stat(name).catch(() => null))?.isDirectory()) name = join(name, "index.html");
  const refuse = /\/w\d+\.json$/.test(pathname) && broken-- > 0;
  const body = refuse ? null : await readFile(name).catch(() => null);
  if (body) asked.push({ path: request.url, bytes: brotliCompressSync(body).length });
  response.writeHead(body ? 200 : 404, { "content-type": types[extname(name)] ?? "application/octet-stream", "content-security-policy": policy }).end(body ?? "");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

const problems = [];
let checks = 0;
const check = (good, text) => { checks++; if (!good) problems.push(text); };

async function open(options, path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.on("console", (m) => { if (!/404/.test(m.text())) problems.push(`${path}: console ${m.type()}: ${m.text()}`); });
  page.on("pageerror", (e) => problems.push(`${path}: script error: ${e.message}`));
  page.on("request", (r) => { if (!r.url().startsWith(origin)) problems.push(`${path}: request to ${r.url()}`); });
  await page.goto(origin + path);
  return page;
}

// type types, and waits until the answer to all of it is announced.
async function type(page, text) {
  await page.keyboard.type(text);
  await page.waitForFunction((text) => document.querySelector("[role=status]").textContent.includes(text), `“${text}”`);
}

// Files of the site.
const pages = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(".html"));
const searchPages = [];
for (const name of pages) {
  const text = await readFile(join(root, name), "utf8");
  if (/data-index/.test(text)) searchPages.push([`/${name.replace(/index\.html$/, "")}`, /<html lang="?([a-z]+)/.exec(text)[1]]);
  else check(!/<script(?![^>]*ld\+json)/.test(text), `${name} has a script`);
}
check(searchPages.length > 0, "no page has a search");

for (const [path, language] of searchPages) {
  const table = queries[language];

  // Without JavaScript.
  let page = await open({ javaScriptEnabled: false }, path);
  check(!(await page.isVisible("form")), `${path}: a search box that does nothing without JavaScript`);
  check(await page.isVisible("noscript p"), `${path}: nothing says that search needs JavaScript`);
  check((await page.locator("main a").count()) >= 10, `${path}: fewer than 10 links without JavaScript`);
  await page.context().close();

  // By keyboard.
  asked = [];
  page = await open({}, path);
  check(!asked.some((a) => /\/search\/.*json/.test(a.path)), `${path}: the index is loaded before it is used`);
  for (let i = 0; i < 60 && !(await page.evaluate(() => document.activeElement?.type === "search")); i++) await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement?.type === "search"), `${path}: Tab does not reach the search box`);
  const [query, first] = Object.entries(table).find(([, first]) => !first.includes("|"));
  await type(page, query);
  check((await page.textContent("[role=status]")).includes(query), `${path}: the status says ${await page.textContent("[role=status]")}`);
  check((await page.locator("[data-part=list] mark").count()) > 0, `${path}: no word is marked`);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.matches("h2"));
  await page.keyboard.press("Tab");
  const href = await page.evaluate(() => document.activeElement.getAttribute("href"));
  check(href === first, `${path}: after Enter and Tab the focus is on ${href}, want ${first}`);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const context = await browser.newContext({ bypassCSP: true, colorScheme });
    const copy = await context.newPage();
    await copy.goto(`${origin}${path}#q=${encodeURIComponent(query)}`);
    await copy.waitForSelector("[data-part=list] li");
    check(!copy.url().includes(query.slice(0, 4)), `${path}: the address keeps the query: ${copy.url()}`);
    await copy.evaluate(axe);
    const { violations } = await copy.evaluate(() => window.axe.run(document));
    for (const v of violations) problems.push(`${path} (${colorScheme}): axe ${v.id}: ${v.help}: ${v.nodes[0].target.join(" ")}`);
    await copy.setViewportSize({ width: 320, height: 640 });
    check(await copy.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${path}: results scroll sideways at 320 px`);
    await context.close();
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(origin + first);
  await page.context().close();

  // A crisis comes first; Escape clears; nothing is kept or sent.
  asked = [];
  page = await open({}, path);
  await page.focus("[type=search]");
  await type(page, language === "es" ? "quiero suicidarme" : "I want to kill myself");
  check(await page.isVisible("#crisis-search"), `${path}: no crisis lines for a crisis`);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.querySelector(":scope > .crisis"));
  check(await page.evaluate(() => {
    const results = document.querySelector("[data-part=list]").closest("section");
    return results.hidden || document.querySelector("#crisis-search").compareDocumentPosition(results) & Node.DOCUMENT_POSITION_FOLLOWING;
  }), `${path}: crisis lines come after the results`);
  const kept = await page.evaluate(async () => JSON.stringify([location.href, history.state, { ...localStorage }, { ...sessionStorage }, document.cookie, await caches.keys().catch(() => []), (await indexedDB.databases()).length]));
  check(!/kill|suicid/.test(kept), `${path}: the query is kept: ${kept}`);
  check(!asked.some((a) => /kill|suicid/.test(a.path)), `${path}: the query is sent`);
  await page.focus("[type=search]");
  await page.keyboard.press("Escape");
  check(await page.evaluate(() => document.querySelector("[type=search]").value === "" && document.querySelector("#crisis-search").closest("[hidden]") !== null), `${path}: Escape does not clear`);

  // Right after the site was published anew, the old lists are gone.
  await page.reload();
  await page.focus("[type=search]");
  broken = 1;
  await type(page, query);
  check((await page.locator("[data-part=list] li").count()) > 0, `${path}: no second try after a list was gone`);
  await page.context().close();

  // The script that is served, on every query.
  page = await open({}, path);
  const fields = await page.evaluate(async ([url, rows, queries, language]) => {
    const { words, Index } = await import(url);
    const get = async (address) => (await fetch(address)).json();
    const results = [];
    for (const query of queries) {
      const index = new Index(new URL(document.querySelector("[data-index]").dataset.index, location), language, get);
      const { hits } = await index.search(query);
      results.push((await index.pages(hits.slice(0, 10))).map((page) => page.url));
    }
    return { results, rows: rows.map((row) => words(row.text, row.language).map((word) => word.form)) };
  }, ["/.test/index.js", JSON.parse(await readFile(join(here, "site/search/testdata/words.json"), "utf8")), Object.keys(table), language]);
  JSON.parse(await readFile(join(here, "site/search/testdata/words.json"), "utf8")).forEach((row, i) => {
    check(fields.rows[i].join(" ") === row.words.join(" "), `${JSON.stringify(row.text)} has the words ${fields.rows[i].join(" ")} in the browser, ${row.words.join(" ")} in the tool`);
  });
  Object.entries(table).forEach(([query, want], i) => {
    check(want.split("|").includes(fields.results[i][0]), `${language}: “${query}” leads to ${fields.results[i].slice(0, 3).join(", ")}, want ${want}`);
  });
  await page.context().close();

  const bytes = [];
  for (const query of Object.keys(table).slice(0, 5)) {
    asked = [];
    page = await open({}, `${path}#q=${encodeURIComponent(query)}`);
    await page.waitForSelector("[data-part=list] li");
    bytes.push(asked.filter((a) => /\.js(on)?$/.test(a.path)).reduce((sum, a) => sum + a.bytes, 0));
    await page.context().close();
  }
  check(Math.max(...bytes) <= maxBytes, `${path}: a query loads ${Math.max(...bytes)} bytes`);
  console.log(`${path}: a query loads ${Math.min(...bytes)} to ${Math.max(...bytes)} bytes, brotli`);
}
await browser.close();
server.close();

for (const p of problems) console.error(p);
console.log(`${checks} checks of the search, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
