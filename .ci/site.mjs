// A finished site as a host serves it, for the judges: content types, brotli,
// and a year in caches for files with a hash in their name.
//
//   const site = await open("public");  site.origin, site.paths, site.close()
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".avif": "image/avif",
  ".ico": "image/x-icon", ".xml": "application/xml", ".json": "application/json", ".webmanifest": "application/manifest+json",
  ".ics": "text/calendar; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".txt": "text/plain; charset=utf-8",
};
const packed = new Set([".html", ".css", ".js", ".svg", ".xml", ".json", ".webmanifest", ".ics", ".md", ".txt"]);

/** The bytes of a text as a host sends them: brotli, at its best. */
export const brotli = (bytes) => brotliCompressSync(bytes, { params: {
  [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
} });

const sent = new Map();
async function body(name, type) {
  if (!sent.has(name)) {
    const bytes = await readFile(name);
    sent.set(name, packed.has(type) ? brotli(bytes) : bytes);
  }
  return sent.get(name);
}

/** The paths of all pages that the site map, or the index of site maps, lists. */
async function pagePaths(root) {
  const locations = async (file) => [...(await readFile(join(root, file), "utf8")).matchAll(/<loc>\s*([^<\s]+)\s*<\/loc>/g)].map((m) => new URL(m[1]));
  const paths = [];
  const base = (await readFile(join(root, "robots.txt"), "utf8")).match(/^Sitemap: (\S+)$/m)[1];
  const prefix = new URL(base).pathname.replace(/sitemap\.xml$/, "");
  for (const url of await locations("sitemap.xml")) {
    const path = url.pathname.slice(prefix.length);
    if (path.endsWith(".xml")) paths.push(...(await locations(path)).map((u) => `/${u.pathname.slice(prefix.length)}`));
    else paths.push(`/${path}`);
  }
  return paths;
}

/** Sends HTML as a slow network does: a few elements, a pause, the next ones. */
export async function slowly(response, html) {
  for (const piece of html.toString().match(/(?:[^>]*>){1,12}|[^>]+$/g)) {
    response.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  response.end();
}

/** Serves the folder on a free port of this machine; pages at ?slow as if from far away. */
export async function open(root) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    const path = decodeURIComponent(url.pathname);
    let name = join(root, normalize(path));
    if ((await stat(name).catch(() => null))?.isDirectory()) name = join(name, "index.html");
    let status = 200;
    if (!(await stat(name).catch(() => null))) [status, name] = [404, join(root, "404.html")];
    const type = extname(name);
    const headers = {
      "content-type": types[type] ?? "application/octet-stream",
      "cache-control": /\.[0-9a-f]{16}\.\w+$/.test(name) ? "public, max-age=31536000, immutable" : "public, max-age=3600",
      "x-content-type-options": "nosniff",
      "referrer-policy": "strict-origin-when-cross-origin",
    };
    if (type === ".html" && url.searchParams.has("slow")) {
      response.writeHead(status, headers);
      return slowly(response, await readFile(name));
    }
    if (packed.has(type)) headers["content-encoding"] = "br";
    response.writeHead(status, headers).end(await body(name, type));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, paths: await pagePaths(root), close: () => { server.close(); server.closeAllConnections(); } };
}

/** How the judges start Chromium: without a word to anyone. */
export const chromium = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
};
