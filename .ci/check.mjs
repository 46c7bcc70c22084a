// What check and report print, judged by what we did not write: the log by
// SARIF's own schema, the report by axe-core in Chromium.
//
//   node check.mjs CLINICBLOG PROJECT
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { chromium } from "playwright-core";
import { chromium as launch } from "./site.mjs";

const require = createRequire(import.meta.url);
const [binary, project] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "check-"));
const fail = (message) => { console.error(message); process.exitCode = 1; };

// A project with findings of every sort: known, new, gone, allowed, with an edit.
for (const part of ["content", "data", "layouts", "assets", "i18n", "static", "hugo.toml"]) cpSync(join(project, part), join(work, part), { recursive: true });
const about = join(work, "content/about.md");
const run = (...args) => {
  try {
    return execFileSync(binary, [...args, "--source", work], { encoding: "utf8", cwd: work, stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28 });
  } catch (error) {
    if (error.status !== 1) throw error;
    return error.stdout;
  }
};
appendFileSync(about, "\n[Hours](/faq/#known)\n\n[Rooms](/faq/#gone)\n");
run("check", "--baseline", join(work, "known.json"), "--write-baseline");
const until = new Date(Date.now() + 30 * 864e5).toISOString().slice(0, 10);
cpSync(join(project, "content/about.md"), about);
appendFileSync(about, `\n[Hours](/faq/#known)\n\n<!-- lint:allow link-fragment reason="to come" until="${until}" -->\n\n[Days](/faq/#allowed)\n\n• one 😀\n• two\n\n😀 [New](/faq/#new)\n`);
const log = JSON.parse(run("check", "--baseline", join(work, "known.json"), "--format", "sarif"));

const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const schema = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const valid = ajv.compile(schema);
if (!valid(log)) fail(`SARIF is not valid: ${ajv.errorsText(valid.errors, { separator: "\n" })}`);
const broken = structuredClone(log);
broken.runs[0].results[0].level = "advice";
if (valid(broken)) fail("the schema passes a level that does not exist");
const results = log.runs[0].results;
for (const [what, test] of Object.entries({
  "a new finding": (r) => r.baselineState === "new", "a known one": (r) => r.baselineState === "unchanged", "one that is gone": (r) => r.baselineState === "absent",
  "one that is allowed": (r) => r.suppressions?.[0].justification === "to come", "a fix": (r) => r.fixes?.length,
  "a column behind a letter of two units": (r) => r.message.text.includes("#new") && r.locations[0].physicalLocation.region.startColumn === 4,
})) if (!results.some(test)) fail(`the log has no ${what}`);

const report = join(work, "report.html");
run("report", "--out", report);
const browser = await chromium.launch(launch);
for (const colorScheme of ["light", "dark"]) for (const width of [320, 1280]) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  const requests = [];
  page.on("request", (r) => requests.push(r.url()));
  page.on("console", (m) => fail(`report, console: ${m.text()}`));
  await page.goto(pathToFileURL(report).href);
  if (requests.length !== 1) fail(`the report loads ${requests.slice(1)}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) fail(`the report is ${wide} px too wide at ${width}`);
  await page.addScriptTag({ content: readFileSync(require.resolve("axe-core/axe.min.js"), "utf8") });
  const { violations } = await page.evaluate(() => axe.run());
  for (const v of violations) fail(`report, ${colorScheme}, ${width}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html)}`);
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `report-${colorScheme}-${width}.png`), fullPage: true });
  await context.close();
}
await browser.close();
rmSync(work, { recursive: true });
console.log(`${results.length} results are valid SARIF; the report is clean in both colour schemes`);
