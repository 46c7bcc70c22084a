// Builds a copy of the project with pages that are hard to lay out: a title of
// 200 characters, one long word, no image, no headings, no end of tags.
// browser.mjs then opens those that have "hard" in their address.
//
//   node .ci/hard.mjs PROGRAM FOLDER
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [program, destination] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "clinicblog-hard-"));
for (const part of ["assets", "content", "data", "i18n", "layouts", "static", "hugo.toml"]) {
  await cp(part, join(folder, part), { recursive: true });
}
const word = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(4);
const title = "A title that goes on and on about every kind of group that a program may have ".repeat(3).slice(0, 200);
const facts = "author: editorial-team\ndate: 2026-01-05\ntags: [Hard pages]\n";
const page = (title, text, more = "") => `---\ntitle: "${title}"\ndescription: "${title.slice(0, 100)}, a page on which a layout is tried with what people really paste into it."\n${facts}${more}---\n${text}\n`;
for (const [name, text] of Object.entries({
  "hard-title": page(title, `## ${title}\n\n### Is ${word} a word?\n\nText with \`${word}\` in code.\n\n- ${word}\n\n| ${word} | b |\n|---|---|\n| ${word} | ${title} |\n`),
  "hard-word": page(word, `${word}\n\n## ${word}\n\n> ${word}\n\nhttps://example.org/${word}\n`, `keywords: [${word}]\n`),
  "hard-bare": page("Nothing but a sentence", "One sentence, without a heading, a list or an image.", `tags: [${Array.from({ length: 30 }, (_, i) => `Topic number ${i}`).join(", ")}]\n`).replace("tags: [Hard pages]\n", ""),
  "hard-empty": page("Hardly anything", "Text."),
})) await writeFile(join(folder, `content/articles/${name}.md`), text);
try {
  execFileSync(program, ["build", "--source", folder, "--destination", destination], { stdio: ["ignore", "ignore", "inherit"] });
} finally {
  await rm(folder, { recursive: true });
}
