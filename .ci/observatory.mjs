// Judges a site's headers with the code of Mozilla's HTTP Observatory, as it
// judges a site on the web: by its name, over http and https. Connections to
// ports 80 and 443 go to two ports of this machine, whatever the name; the
// certificate must hold. Prints what the Observatory found, as JSON by name.
//
//   NODE_EXTRA_CA_CERTS=ca.pem node .ci/observatory.mjs HTTP-PORT HTTPS-PORT NAME...
import { writeFile } from "node:fs/promises";
import net from "node:net";

const [http, https, ...names] = process.argv.slice(2);
const ports = { 80: Number(http), 443: Number(https) };
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const to = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (!(to.port in ports)) throw new Error(`a connection to ${to.host}:${to.port}`);
  Object.assign(to, { host: "127.0.0.1", port: ports[to.port] });
  return connect.apply(this, args);
};
// The list of sites that browsers never ask over http is not in the package; no
// name that is judged here is in it.
const judge = new URL("./hosts/node_modules/@mdn/mdn-http-observatory/", import.meta.url);
await writeFile(new URL("conf/hsts-preload.json", judge), "{}");
const { scan } = await import(new URL("src/scanner/index.js", judge));

const found = {};
for (const name of names) {
  const { scan: { grade, score }, tests } = await scan(name);
  const failed = Object.values(tests).filter((t) => !t.pass).map((t) => t.result);
  found[name] = { grade, score, failed, judged: Object.keys(tests).length };
}
console.log(JSON.stringify(found));
