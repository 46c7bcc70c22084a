// Judges the content security policy of a finished site: csp_evaluator finds
// nothing of weight in it, and headless Chromium opens every page under the
// very headers of the manifest without a violation, a blocked file or a message.
//
//   node .ci/csp.mjs public
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromium as launch } from "./site.mjs";

const { CspEvaluator } = createRequire(import.meta.url)("./hosts/node_modules/csp_evaluator/dist/evaluator.js");
const { CspParser } = createRequire(import.meta.url)("./hosts/node_modules/csp_evaluator/dist/parser.js");
const { Severity } = createRequire(import.meta.url)("./hosts/node_modules/csp_evaluator/dist/finding.js");

const root = process.argv[2];
const manifest = JSON.parse(await readFile(join(root, ".clinicblog.json"), "utf8"));
const { always, baseURL } = manifest.hosting;
const problems = [];

const weigh = (policy) => new CspEvaluator(new CspParser(policy).csp).evaluate()
  .filter((f) => f.severity <= Severity.MEDIUM || f.severity === Severity.SYNTAX)
  .map((f) => `${f.directive} ${f.value ?? ""}: ${f.description}`);
const policy = always.find((h) => h.name === "Content-Security-Policy").value;
problems.push(...weigh(policy));
if (weigh("default-src 'self'; script-src 'unsafe-inline'").length === 0) problems.push("the evaluator lets everything pass");

const types = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml", json: "application/json", webmanifest: "application/manifest+json" };
const server = createServer(async (request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).replace(new URL(baseURL).pathname, "/");
  const name = path.endsWith("/") ? `${path}index.html` : path;
  for (const h of always) response.setHeader(h.name, h.value);
  try {
    const body = await readFile(join(root, name));
    response.setHeader("content-type", types[name.split(".").at(-1)] ?? "application/octet-stream");
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch(launch);
const page = await browser.newPage();
let where = "";
// An icon that is left for the next page is aborted; what the policy stops is not.
page.on("console", (m) => problems.push(`${where}: ${m.text()}`));
page.on("requestfailed", (r) => r.failure().errorText === "net::ERR_ABORTED" || problems.push(`${where}: ${r.url()} ${r.failure().errorText}`));
const pages = manifest.files.map((f) => f.path).filter((p) => p.endsWith("index.html"));
for (const path of pages) {
  where = path;
  await page.goto(`${origin}${new URL(baseURL).pathname}${path.replace(/index\.html$/, "")}`, { waitUntil: "load" });
}
// The gate is seen to fire.
const before = problems.length;
await page.evaluate(() => { const s = document.createElement("script"); s.textContent = "1"; document.head.append(s); });
// The message comes when it comes.
for (let i = 0; i < 100 && problems.length === before; i++) await page.waitForTimeout(100);
if (problems.splice(before).length === 0) problems.push("a script in the page is not stopped");
await browser.close();
server.close();
for (const p of problems) console.error(p);
console.log(`${pages.length} pages under the policy, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
