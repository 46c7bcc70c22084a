// Weighs the pages of a finished site as they are sent, in bytes of brotli, and
// fails when one is heavier than its budget:
//
//   paint  the page up to its structured data, which is the last thing in the
//          body, and the styles that the browser waits for: what it takes to
//          show the first view. A page whose words alone take most of that may
//          have what it needs around them, and no more
//   total  everything that opening the page loads
//
// Images that load when they are near, and scripts that wait for the reader, do
// not count; a script that runs by itself does.
//
//   node .ci/weight.mjs public
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotli, open } from "./site.mjs";

const budget = { paint: 14000, around: 8000, total: 30000 };

const attributes = (tag) => Object.fromEntries([...tag.matchAll(/([\w-]+)(?:="([^"]*)"|=([^\s">]+))?/g)].map((m) => [m[1], m[2] ?? m[3] ?? ""]));

/** What opening a page loads beside itself: [{path, paint}]. */
export function loads(html) {
  const found = [];
  for (const [tag, name] of html.matchAll(/<(link|script|img|source|iframe|video|audio)\b[^>]*>/g)) {
    const a = attributes(tag);
    if (name === "link") {
      const rel = (a.rel ?? "").split(" ");
      if (rel.includes("stylesheet")) found.push({ path: a.href, paint: (a.media ?? "all") !== "print" });
      if (rel.includes("icon") || rel.includes("preload") || rel.includes("modulepreload")) found.push({ path: a.href, paint: false });
    } else if (name === "img" && a.loading !== "lazy") found.push({ path: a.src, paint: false });
    else if (name !== "img" && name !== "source" && a.src) found.push({ path: a.src, paint: name === "script" && !("defer" in a) && !("async" in a) && a.type !== "module" });
  }
  return found.filter((f) => !f.path.startsWith("data:"));
}

/** The weights of a page; size tells that of a file by its path. */
export async function weigh(html, size) {
  const structured = html.indexOf('<script type="application/ld+json">');
  const words = (html.match(/<main\b.*<\/main>/s)?.[0] ?? "").replace(/<[^>]*>/g, " ");
  const w = { words: brotli(Buffer.from(words)).length, paint: brotli(Buffer.from(structured < 0 ? html : html.slice(0, structured))).length, total: brotli(Buffer.from(html)).length };
  const seen = new Set();
  for (const { path, paint } of loads(html)) {
    if (seen.has(path)) continue;
    seen.add(path);
    const bytes = await size(path);
    w.total += bytes;
    if (paint) w.paint += bytes;
  }
  return w;
}

const allowed = (w) => ({ paint: Math.max(budget.paint, w.words + budget.around), total: budget.total });
const over = (w) => Object.entries(allowed(w)).filter(([k, most]) => w[k] > most).map(([k]) => k);

const root = process.argv[2];
const site = await open(root);
const base = new URL((await readFile(join(root, "robots.txt"), "utf8")).match(/^Sitemap: (\S+)$/m)[1]).pathname.replace(/sitemap\.xml$/, "");
const sizes = new Map();
const size = async (path) => {
  if (!sizes.has(path)) {
    const response = await fetch(site.origin + path.replace(base, "/"));
    if (!response.ok) throw new Error(`${response.status} for ${path}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    sizes.set(path, response.headers.get("content-encoding") === "br" ? brotli(bytes).length : bytes.length);
  }
  return sizes.get(path);
};

const problems = [];
const rows = [];
for (const path of [...site.paths, "/404.html"]) {
  const html = await readFile(join(root, decodeURIComponent(path), path.endsWith("/") ? "index.html" : ""), "utf8");
  const w = await weigh(html, size);
  rows.push({ path, ...w });
  for (const k of over(w)) problems.push(`${path}: ${w[k]} bytes to ${k === "paint" ? "paint" : "load in all"}, the budget is ${allowed(w)[k]}`);
}

// The gate is seen to fire, each time it runs: by text, by styles, by an image.
const noise = (n) => Array.from({ length: n / 44 }, (_, i) => createHash("sha256").update(`${i}`).digest("base64")).join("");
for (const [what, html, kinds] of [
  ["text", `<body>${noise(24000)}</body>`, "paint"],
  ["markup around long text", `<main>${noise(8000)}</main><nav>${noise(24000).slice(8000)}</nav>`, "paint"],
  ["styles", '<link rel="stylesheet" href="/16000">', "paint"],
  ["an image", '<img src="/31000" alt="">', "total"],
  ["a script", '<script src="/16000"></script>', "paint"],
  ["structured data", `<script type="application/ld+json">${noise(48000)}</script>`, "total"],
]) {
  if (over(await weigh(html, async (path) => Number(path.slice(1)))).join() !== kinds) problems.push(`the gate did not see too much ${what}`);
}
for (const html of ['<img src="/31000" alt="" loading="lazy">', '<link rel="stylesheet" media="print" href="/16000">']) {
  if (over(await weigh(html, async (path) => Number(path.slice(1)))).join() !== "") problems.push(`the gate counts what nothing waits for: ${html}`);
}

site.close();
rows.sort((a, b) => b.paint - a.paint);
console.log("words  paint  total  page, in bytes of brotli");
for (const r of rows) console.log(`${String(r.words).padStart(5)}  ${String(r.paint).padStart(5)}  ${String(r.total).padStart(5)}  ${r.path}`);
for (const p of problems) console.error(p);
process.exit(problems.length > 0 ? 1 : 0);
