// Opens every page of a finished site in headless Chromium, in both themes, and
// fails on: an axe-core violation (no rule disabled), a console message, a
// request to another origin, a response that is no success, or a page that
// scrolls sideways at 320 CSS pixels.
//
//   node .ci/browser.mjs public
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const root = process.argv[2];
const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml", ".xml": "application/xml",
  ".json": "application/json", ".txt": "text/plain", ".js": "text/javascript", ".png": "image/png", ".jpg": "image/jpeg",
};

async function fileFor(path) {
  let name = join(root, normalize(decodeURIComponent(path)));
  if ((await stat(name).catch(() => null))?.isDirectory()) name = join(name, "index.html");
  return name;
}

const server = createServer(async (request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  try {
    const name = await fileFor(path);
    const body = await readFile(name);
    response.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404, { "content-type": types[".html"] }).end(await readFile(join(root, "404.html")));
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const sitemap = await readFile(join(root, "sitemap.xml"), "utf8");
const paths = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => new URL(m[1]).pathname);
if (paths.length < 10) throw new Error(`the sitemap lists ${paths.length} pages`);
paths.push("/404.html");

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

const problems = [];
let checked = 0;
for (const colorScheme of ["light", "dark"]) {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  let where = "";
  const problem = (text) => problems.push(`${where} (${colorScheme}): ${text}`);
  page.on("console", (m) => problem(`console ${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => problem(`script error: ${e.message}`));
  page.on("request", (r) => { if (!r.url().startsWith(origin)) problem(`request to ${r.url()}`); });
  page.on("response", (r) => { if (r.status() >= 400) problem(`${r.status()} for ${r.url()}`); });
  for (const path of paths) {
    where = path;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(origin + path, { waitUntil: "load" });
    await page.evaluate(axeSource);
    const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    if (result.passes.length === 0) problem("axe checked nothing");
    for (const v of result.violations) {
      problem(`axe ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(", ")}`);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) problem(`scrolls sideways by ${overflow} px at a width of 320 px`);
    checked++;
  }

  // The gate is seen to fire, each time it runs.
  const before = problems.length;
  where = "/broken";
  await page.setContent(`<html><body><img src="https://tracker.example/x.gif"><div style="width:900px">wide</div>
    <script>console.log("hello")</script></body></html>`).catch(() => {});
  await page.evaluate(axeSource);
  const broken = await page.evaluate(() => window.axe.run());
  const fired = { axe: broken.violations.length > 0, console: false, request: false };
  for (const p of problems.splice(before)) {
    fired.console ||= p.includes("console log");
    fired.request ||= p.includes("tracker.example");
  }
  for (const [gate, seen] of Object.entries(fired)) if (!seen) problems.push(`the ${gate} gate found nothing on a broken page`);
  await context.close();
}
await browser.close();
server.close();

for (const p of problems) console.error(p);
console.log(`${checked} page views checked, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
