// Opens every page of finished sites in headless Chromium and fails on
//
//   - an axe-core violation of WCAG 2.2 A and AA or of its best practices, no
//     rule disabled, and on a check that axe leaves undecided and nobody else makes
//   - text, of CSS too, with a contrast below 4.5 (7 where the reader asks for
//     more), and the edge of a control below 3, as computed from every text node
//   - a page that scrolls sideways at 320 px, text that is cut off there, with the
//     spacing of WCAG 1.4.12 too, or a table's cell that leaves most of it unused
//   - a layout shift, on a slow network too, a console message, a request to
//     another origin, a response that is no success
//   - on a page of each kind: a link that Tab does not reach in its order, a focus
//     that is not seen or lies under something, a skip link that does not skip, an
//     exit that is not among the first stops, and anything missing without scripts
//
// in both themes. Each gate is seen to fire on a broken page, each time it runs.
//
//   node .ci/browser.mjs FOLDER[:PART OF AN ADDRESS]...
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { chromium as launch, open, slowly } from "./site.mjs";

// What axe cannot decide, and who decides it instead.
const undecided = { "color-contrast": "gates.contrast computes every text node, behind pseudo elements too" };
const axeTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const spacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }`; // WCAG 2.2, 1.4.12

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const gates = await readFile(new URL("inpage.js", import.meta.url), "utf8");
// A hundredth of what Web Vitals call good: a line that breaks elsewhere when the
// end of its paragraph arrives, no more.
const shifts = `new PerformanceObserver((list) => {
  const place = (r) => [r.x, r.y, r.width, r.height].map(Math.round).join(" ");
  const source = ({ node, previousRect, currentRect }) =>
    (node?.localName ?? "text") + (node?.className ? "." + node.className : "") + " from " + place(previousRect) + " to " + place(currentRect);
  for (const e of list.getEntries()) if (!e.hadRecentInput && e.value >= 0.001)
    (window.layoutShifts ??= []).push(e.value.toFixed(4) + " after " + Math.round(e.startTime) + " ms: " + e.sources.map(source).join(", "));
}).observe({ type: "layout-shift", buffered: true });`;

const browser = await chromium.launch(launch);
const problems = [];
let views = 0;

/** A page in which every fault is reported, with where it was. */
async function tab(context, where, origin) {
  const page = await context.newPage();
  const problem = (text) => problems.push(`${where.path}${where.look && ` (${where.look})`}: ${text}`);
  page.on("console", (m) => problem(`console ${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => problem(`script error: ${e.message}`));
  page.on("request", (r) => { if (!r.url().startsWith(origin)) problem(`request to ${r.url()}`); });
  page.on("response", (r) => { if (r.status() >= 400) problem(`${r.status()} for ${r.url()}`); });
  return { page, problem };
}

async function axe(page, problem) {
  await page.evaluate(axeSource);
  const result = await page.evaluate((tags) => window.axe.run(document, {
    runOnly: { type: "tag", values: tags }, resultTypes: ["violations", "incomplete"],
  }), axeTags);
  if (result.passes.length === 0) problem("axe checked nothing");
  const places = (r) => r.nodes.slice(0, 3).map((n) => n.target.flat().join(" ")).join(", ");
  for (const v of result.violations) problem(`axe ${v.id}: ${v.help}: ${places(v)}`);
  for (const v of result.incomplete) if (!undecided[v.id]) problem(`axe leaves ${v.id} undecided: ${places(v)}`);
}

async function size(page, width, height) {
  await page.setViewportSize({ width, height });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

async function fits(page, problem) {
  await size(page, 320, 640);
  for (const fault of await page.evaluate(() => gates.fits())) problem(fault);
  const style = await page.addStyleTag({ content: spacing });
  for (const fault of await page.evaluate(() => gates.fits())) problem(`with more space between letters and lines: ${fault}`);
  await style.evaluate((el) => el.remove());
}

/** A page in each look: a theme, for readers who want more contrast or not. */
async function view(page, problem, where) {
  await page.evaluate(gates);
  for (const look of looks) {
    where.look = Object.values(look).join(" ");
    await page.emulateMedia(look);
    const more = look.contrast === "more";
    for (const fault of await page.evaluate((least) => gates.contrast(least), more ? 7 : 4.5)) problem(fault);
    if (!more) await axe(page, problem);
    views++;
  }
  where.look = "";
  await page.emulateMedia(looks[0]);
  // To the end and back, so that what loads when it is near has loaded.
  await page.evaluate(async () => {
    scrollTo(0, document.documentElement.scrollHeight);
    await Promise.all([...document.images].map((i) => i.complete || new Promise((done) => { i.onload = i.onerror = done; })));
    scrollTo(0, 0);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
  await still(page, problem);
  await fits(page, problem);
}

async function still(page, problem) {
  for (const by of await page.evaluate(() => window.layoutShifts ?? [])) problem(`the layout shifts by ${by}`);
}

/**
 * What has arrived stays where it is while the rest of the page arrives. About
 * once in some hundred loads Chromium paints a line before all of it is laid out;
 * what moves because of the page moves in three loads of three.
 */
async function arrives(page, problem, where, url) {
  for (const width of [1280, 390]) {
    where.look = `arriving slowly, ${width} px wide`;
    await page.setViewportSize({ width, height: 900 });
    let moved = [];
    for (let load = 0; load < 3; load++) {
      await page.goto(url, { waitUntil: "load" });
      moved = await page.evaluate(() => window.layoutShifts ?? []);
      if (moved.length === 0) break;
    }
    for (const by of moved) problem(`the layout shifts by ${by}`);
  }
  where.look = "";
}

/** Through the whole page with the Tab key. */
async function walk(page, problem) {
  await size(page, 1280, 720);
  await page.evaluate(gates);
  await page.evaluate(() => { getSelection().removeAllRanges(); document.activeElement.blur(); scrollTo(0, 0); });
  const count = await page.evaluate(() => gates.stops());
  if (count < 4) problem(`Tab has only ${count} stops`);
  for (let i = 0; i < count; i++) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(() => gates.focus());
    if (now.at !== i) return problem(`stop ${i + 1} of Tab is ${now.name}, out of order`);
    for (const fault of now.faults) problem(fault);
  }
  await page.keyboard.press("Tab");
  if ((await page.evaluate(() => gates.focus())).at >= count - 1 && count > 1) problem("Tab does not leave the last stop");
}

async function links(page, problem) {
  const exit = await page.evaluate(() => window.stopsOf.findIndex((el) => el.matches(".exit")));
  if (exit < 0 || exit > 4) problem(`the exit is stop ${exit + 1} of Tab, which is not among the first five`);
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.localName === "main", null, { timeout: 2000 }).catch(() => problem("the skip link does not lead to the main part"));
  await page.keyboard.press("Tab");
  if (!await page.evaluate(() => document.activeElement.closest("main"))) problem("after the skip link, Tab is not in the main part");
}

/** The same page without scripts says the same, and leads to the same places. */
async function bare(origin, path, problem, page) {
  const said = (p) => p.evaluate(() => ({
    text: document.body.innerText.replace(/\s+/g, " "), links: [...document.links].map((a) => a.href).join(" "), scripts: document.querySelectorAll("script:not([type='application/ld+json'])").length,
  }));
  await size(page, 1280, 720);
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 720 } });
  const plain = await context.newPage();
  await plain.goto(origin + path, { waitUntil: "load" });
  const [want, got] = [await said(page), await said(plain)];
  await context.close();
  if (want.scripts === 0 && (want.text !== got.text || want.links !== got.links)) problem("without scripts the page is another");
  if (want.scripts > 0 && got.text.length < want.text.length / 2) problem("without scripts half of the page is missing");
}

/** One page of each kind: what the page is made of tells its kind. */
const kindOf = (page) => page.evaluate(() => [document.documentElement.lang, ...new Set([...document.querySelectorAll("main :is(article, section, nav, form, table, ol)")].map((el) => el.localName + el.className))].join());

const looks = ["no-preference", "more"].flatMap((contrast) => [{ colorScheme: "light", contrast }, { colorScheme: "dark", contrast }]);

async function check(site, paths, kinds) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  await context.addInitScript(shifts);
  const where = { look: "" };
  const { page, problem } = await tab(context, where, site.origin);
  for (const path of paths) {
    where.path = path;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(site.origin + path, { waitUntil: "load" });
    await view(page, problem, where);
    const kind = await kindOf(page);
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    await walk(page, problem);
    await links(page, problem);
    await bare(site.origin, path, problem, page);
    await arrives(page, problem, where, `${site.origin}${path}?slow`);
  }
  await context.close();
}

async function sites(folders) {
  for (const argument of folders) {
    const [folder, part = ""] = argument.split(":");
    const site = await open(folder);
    if (site.paths.length < 5) throw new Error(`the site map of ${folder} lists ${site.paths.length} pages`);
    const kinds = new Set();
    // Two pages at a time, as many as there are cores.
    const paths = [...site.paths, "/404.html"].filter((path) => path.includes(part));
    if (paths.length === 0) throw new Error(`${folder} has no page with ${part} in its address`);
    await Promise.all([0, 1].map((half) => check(site, paths.filter((_, i) => i % 2 === half), kinds)));
    site.close();
    console.log(`${argument}: ${paths.length} pages, ${kinds.size} kinds walked through by keyboard, ${views} views so far`);
  }
}

/** Each gate on a page that breaks what it holds. */
async function broken() {
  const before = problems.length;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  await context.addInitScript(shifts);
  const where = { path: "/broken", look: "broken" };
  const { page, problem } = await tab(context, where, "about:");
  const html = (body, head = "") => page.setContent(`<!doctype html><html lang="en"><head><title>x</title>${head}</head><body>${body}</body></html>`).catch(() => {});
  const gate = async (what, seen) => {
    const found = problems.splice(before);
    if (!found.some((p) => seen.test(p))) problems.splice(before, 0, `the gate for ${what} found nothing on a broken page, only ${JSON.stringify(found)}`);
    if (problems.length > before) throw new Error(problems[before]);
  };
  const load = async () => { await page.evaluate(gates); };

  await html('<img src="https://tracker.example/x.gif"><script>console.log("hello")</script>');
  await axe(page, problem);
  await gate("violations", /axe image-alt/);
  await html('<img src="https://tracker.example/x.gif" alt="">'); await gate("requests", /request to https:\/\/tracker\.example/);
  await html('<script>console.log("hello")</script>'); await gate("the console", /console log: hello/);
  await html('<main><h1>x</h1><a href="#a" style="font-size:8px">a</a><a href="#b" style="font-size:8px">b</a></main>');
  await axe(page, problem); await gate("targets", /axe target-size/);
  await html('<main><h1>x</h1><video src="data:video/mp4,x" controls></video></main>');
  await axe(page, problem); await gate("what axe leaves undecided", /undecided/);
  for (const [what, css] of [["contrast", "p { color: #999 }"], ["contrast of a layer", "p { color: #fff } main { background: rgb(0 0 0 / 20%) }"], ["contrast of CSS text", "p::before { content: '!'; color: #bbb }"]]) {
    await html("<main><p>text</p></main>", `<style>${css}</style>`); await load();
    for (const fault of await page.evaluate(() => gates.contrast(4.5))) problem(fault);
    await gate(what, /contrast of \d\.\d+, needs 4\.5/);
  }
  await html('<p>text</p><button style="border: 1px solid #ddd; background: #fff">x</button>'); await load();
  for (const fault of await page.evaluate(() => gates.contrast(4.5))) problem(fault);
  await gate("edges", /edge of the control/);
  await html('<div style="width: 900px">wide</div>'); await fits(await loaded(page), problem); await gate("overflow", /scrolls sideways/);
  await html('<p style="inline-size: 8em; block-size: 1.2em; overflow: hidden; line-height: 1.2">Once upon</p>'); await fits(await loaded(page), problem);
  await gate("text spacing", /with more space.*cut off/);
  await html('<table style="table-layout: fixed; width: 100%"><col style="width: 5rem"><col><tbody><tr><td style="display: block">text</td></tr></tbody></table>');
  await fits(await loaded(page), problem); await gate("unused width", /of \d+ px are used/);
  await html('<p style="position: absolute; left: -50px">text</p>'); await fits(await loaded(page), problem); await gate("text outside", /leaves the page/);
  const stops = '<a href="#a">a</a> <a href="#b">b</a> <a href="#c">c</a> <a href="#d">d</a>';
  await html(stops, "<style>a:focus { outline: none }</style>"); await walk(page, problem); await gate("visible focus", /not to be seen/);
  await html(stops, "<style>a:focus { outline: 3px solid #eee }</style>"); await walk(page, problem); await gate("the focus ring", /focus ring/);
  await html(`${stops}<div style="position: fixed; inset: 0; background: #fff"></div>`, "<style>a:focus-visible { outline: 3px solid #000 }</style>");
  await walk(page, problem); await gate("hidden focus", /under something else/);
  await html(stops.replace("<a ", '<a tabindex="2" ').replace('"#b"', '"#b" tabindex="1"')); await walk(page, problem); await gate("order", /out of order/);
  await html(`<a class="skip" href="#gone">skip</a>${stops}<main tabindex="-1"></main>`, "<style>a { outline: 3px solid #000 }</style>"); await walk(page, problem); await links(page, problem);
  await gate("the skip link", /skip link does not lead/);
  await html(`<a class="skip" href="#main">skip</a>${stops}<a class="exit" href="/">exit</a><main id="main" tabindex="-1"></main>`); await walk(page, problem); await links(page, problem);
  await gate("the exit", /the exit is stop 6/);
  await html("<p>first</p><p>second</p>");
  await page.evaluate(() => new Promise((done) => {
    setTimeout(() => { // later than the keys of the last gate: a shift after them would not count
      document.querySelector("p").insertAdjacentHTML("beforebegin", "<div style='height: 300px'>late</div>"); setTimeout(done, 300);
    }, 700);
  }));
  await page.evaluate(gates);
  await still(page, problem);
  await gate("layout shifts", /the layout shifts/);
  const far = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    slowly(response, `<!doctype html><main style="display: flex; justify-content: end">${"<p>an <b>en</b>try</p> ".repeat(20)}</main>`);
  });
  await new Promise((resolve) => far.listen(0, "127.0.0.1", resolve));
  await arrives(page, problem, where, `http://127.0.0.1:${far.address().port}/`);
  far.close();
  await gate("layout shifts on a slow network", /arriving slowly.*the layout shifts/);
  await context.close();
}
async function loaded(page) { await page.evaluate(gates); return page; }

await broken().catch((e) => problems.push(`${e.message}`));
await sites(process.argv.slice(2));
await browser.close();
for (const p of [...new Set(problems)]) console.error(p);
console.log(`${views} page views checked, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
