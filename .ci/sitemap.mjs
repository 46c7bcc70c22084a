// Reads the site map with what others wrote: the schema of sitemaps.org in
// libxml2, and the parser of the npm package sitemap. With several languages the
// site map is an index of theirs.
//
//   node .ci/sitemap.mjs public
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseSitemap, parseSitemapIndex } from "sitemap";
import { validateXML } from "xmllint-wasm";

const packaged = join(dirname(createRequire(import.meta.url).resolve("sitemap/package.json")), "schema/sitemap.xsd");
// The schema takes elements of other namespaces if they are declared: the one
// that names a page's translations is.
const schema = [{ fileName: "all.xsd", contents: `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <xsd:import namespace="http://www.sitemaps.org/schemas/sitemap/0.9" schemaLocation="sitemap.xsd"/>
  <xsd:import namespace="http://www.w3.org/1999/xhtml" schemaLocation="xhtml.xsd"/></xsd:schema>` }];
const preload = [{ fileName: "sitemap.xsd", contents: await readFile(packaged, "utf8") }, { fileName: "xhtml.xsd", contents: `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/1999/xhtml" elementFormDefault="qualified">
  <xsd:element name="link"><xsd:complexType><xsd:attribute name="rel" fixed="alternate" use="required"/>
  <xsd:attribute name="hreflang" type="xsd:language" use="required"/><xsd:attribute name="href" type="xsd:anyURI" use="required"/></xsd:complexType></xsd:element></xsd:schema>` }];

async function faults(contents) {
  const result = await validateXML({ xml: { fileName: "sitemap.xml", contents }, schema, preload });
  return result.valid ? [] : result.errors.map((e) => e.message);
}

const root = process.argv[2];
const problems = [];
let files = ["sitemap.xml"];
if ((await readFile(join(root, "sitemap.xml"), "utf8")).includes("<sitemapindex")) {
  const index = await parseSitemapIndex(createReadStream(join(root, "sitemap.xml")));
  const base = index[0].url.match(/^(https?:\/\/[^/]+)/)[1];
  files = index.map((s) => s.url.slice(base.length + 1));
}
let pages = 0;
for (const file of files) {
  const text = await readFile(join(root, file), "utf8");
  for (const fault of await faults(text)) problems.push(`${file}: ${fault}`);
  const urls = await parseSitemap(createReadStream(join(root, file)));
  if (urls.length === 0) problems.push(`${file} lists no page`);
  if (new Set(urls.map((u) => u.url)).size < urls.length) problems.push(`${file} lists a page twice`);
  for (const u of urls) if (u.lastmod && !(new Date(u.lastmod) <= Date.now() + 86400e3)) problems.push(`${file}: ${u.url} was changed on ${u.lastmod}, which is still to come`);
  pages += urls.length;
}

// The schema is seen to find fault.
const [file] = files;
const good = await readFile(join(root, file), "utf8");
for (const bad of [good.replace("<loc>", "<location>").replace("</loc>", "</location>"), good.replace(/<lastmod>[^<]*/, "<lastmod>yesterday"), good.replace("<url>", '<url><link xmlns="http://www.w3.org/1999/xhtml" rel="next"/>')]) {
  if (bad === good || (await faults(bad)).length === 0) problems.push("the schema finds nothing in a broken site map");
}

for (const p of problems) console.error(p);
console.log(`${pages} pages in ${files.length} site maps, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
