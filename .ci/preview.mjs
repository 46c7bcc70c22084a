// Works with `clinicblog serve` as an editor does, in headless Chromium: a
// change reloads the page where it was scrolled to, findings appear over it and
// go away, by keyboard too, and what the preview draws passes axe-core in both
// themes without a console message or a request to another origin.
//
//   node .ci/preview.mjs PROGRAM [FOLDER FOR SCREENSHOTS]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const [program, shots] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "clinicblog-preview-"));
for (const part of ["assets", "content", "data", "i18n", "layouts", "static", "hugo.toml"]) {
  await cp(part, join(folder, part), { recursive: true });
}
const about = join(folder, "content/about.md");
const good = await readFile(about, "utf8");
const filler = "\n\nA paragraph that makes the page long enough to be scrolled.\n".repeat(60);

/** Puts the good text in the place of the present one: one change, so one build and one reload. */
async function mended() {
  const fresh = join(folder, "about.md");
  await writeFile(fresh, good + filler);
  await rename(fresh, about);
}
await writeFile(join(folder, "content/draft.md"),
  "---\ntitle: A draft\ndescription: A page that is not finished, and is shown only when a flag asks for it.\ndraft: true\n---\nSee [about us](https://clinic.example.org/about/).\n");

let server, origin;
process.on("exit", () => server?.kill());
async function serve() {
  server = spawn(program, ["serve", "--port", "0", "--drafts", "--source", folder], { stdio: ["ignore", "pipe", "inherit"] });
  origin = undefined;
  for await (const line of createInterface(server.stdout)) {
    origin = line.match(/^(http:\/\/localhost:\d+)\/ shows/)?.[1];
    if (origin) break;
  }
  server.stdout.resume();
  if (!origin) throw new Error("serve does not open");
}
async function stop() {
  if (server.exitCode === null) {
    const exit = once(server, "exit");
    server.kill("SIGINT");
    await exit;
  }
  check(server.exitCode === 0, `serve ends with ${server.exitCode}`);
}

const problems = [];
const check = (isTrue, what) => { if (!isTrue) problems.push(what); };
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

async function walk(context, colorScheme) {
  context.setDefaultTimeout(15000);
  const page = await context.newPage();
  const quiet = /Failed to load resource.*503/; // the page of findings says so itself
  page.on("console", (m) => check(quiet.test(m.text()), `console ${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => check(false, `script error: ${e.message}`));
  page.on("request", (r) => check(r.url().startsWith(origin), `request to ${r.url()}`));
  const axe = async (what) => {
    if (shots) await page.screenshot({ path: join(shots, `${what.replaceAll(" ", "-")}-${colorScheme}.png`) });
    await page.evaluate(axeSource);
    const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    check(result.passes.length > 0, "axe checked nothing");
    for (const v of result.violations) check(false, `${what}: axe ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.flat().join(" ")).join(", ")}`);
  };
  const dialog = page.getByRole("dialog");

  await page.goto(`${origin}/about/`);
  check(await dialog.isHidden(), "a dialog without findings");
  await page.evaluate(() => scrollTo(0, 900));
  await page.waitForFunction(() => scrollY === 900);
  let reload = page.waitForEvent("load");
  await appendFile(about, "\nThe last words.\n");
  await reload;
  await page.getByText("The last words.").waitFor({ state: "attached" });
  await page.waitForFunction(() => scrollY === 900, null, { timeout: 5000 }).catch(() => check(false, "the page is scrolled elsewhere after a reload"));

  // Findings: the page stays, the dialog takes the focus, Escape closes it.
  await appendFile(about, "\n## FAQ\n\n## <b>Raw</b>\n");
  await dialog.waitFor();
  check((await dialog.innerText()).includes("content/about.md:"), "the dialog names no place");
  check((await dialog.innerText()).includes("(faq-empty)"), "the dialog names no rule");
  check(await page.getByText("The last words.").count() === 1, "the last good site is gone");
  const focus = () => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.localName ?? document.activeElement.localName);
  check(await focus() === "h2", `the focus is on ${await focus()}`);
  await axe("findings");
  await page.setViewportSize({ width: 320, height: 500 });
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  check(!await wide(), "scrolls sideways at 320 px");
  await axe("findings on a phone");
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.keyboard.press("Tab");
  check(await focus() === "button", `after Tab the focus is on ${await focus()}`);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await axe("findings closed");

  // Closed, it stays closed on other pages until it is other findings.
  await page.goto(`${origin}/groups/`);
  const button = page.getByRole("button", { name: /error/ });
  await button.waitFor();
  check(await dialog.isHidden(), "what was closed is open on the next page");
  await button.focus();
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await dialog.waitFor({ state: "hidden" });
  await appendFile(about, "\n## Frequently asked questions\n");
  await dialog.waitFor();
  reload = page.waitForEvent("load");
  await mended();
  await reload;
  await dialog.waitFor({ state: "hidden" });

  // A page that is not published says so, and absolute links stay here.
  await page.goto(`${origin}/draft/`);
  await page.getByText("Draft: not published").waitFor();
  await axe("draft");
  await page.getByRole("main").getByRole("link", { name: "about us" }).click();
  await page.waitForURL(`${origin}/about/`).catch(() => check(false, `an absolute link leads to ${page.url()}`));

  // A tab that nobody sees holds no connection, and catches up when it is seen.
  const hide = (hidden) => page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  await hide(true);
  await page.evaluate(() => { window.old = true; });
  const other = await context.newPage();
  await other.goto(`${origin}/about/`);
  reload = other.waitForEvent("load");
  await appendFile(about, "\nWritten meanwhile.\n");
  await reload;
  check(await page.evaluate(() => window.old), "a page that nobody sees is reloaded");
  reload = page.waitForEvent("load");
  await hide(false);
  await reload;
  await page.getByText("Written meanwhile.").waitFor({ state: "attached" });
  reload = page.waitForEvent("load");
  await mended();
  await reload;

  // Findings from the start are a page, which gives way to the site.
  await page.goto("about:blank");
  await stop();
  await appendFile(about, "\n## FAQ\n");
  await serve();
  await page.goto(`${origin}/about/`);
  check((await page.getByRole("main").innerText()).includes("(faq-empty)"), "the page of findings names no rule");
  await axe("no site yet");
  reload = page.waitForEvent("load");
  await mended();
  await reload;
  await page.getByRole("heading", { level: 1, name: "About" }).waitFor();
}

for (const colorScheme of ["light", "dark"]) {
  await mended();
  await serve(); // after the change, which would else reload the page that is walked through
  const context = await browser.newContext({ colorScheme, viewport: { width: 1000, height: 700 } });
  await walk(context, colorScheme).catch((e) => check(false, `${colorScheme}: ${e.stack}`)); // what was waited for never came
  await context.close();
  await stop();
}
await browser.close();
await rm(folder, { recursive: true });
for (const p of problems) console.error(p);
console.log(`the preview was walked through in both themes, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
