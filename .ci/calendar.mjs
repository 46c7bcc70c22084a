// Reads every calendar feed of a finished site with ical.js, which did not write
// them, and fails on: a feed that does not parse, an event without identifier,
// stamp or zone, an occurrence whose moment by the feed's own time zone rules is
// not that of the platform's time zone database, an occurrence on an excepted day,
// or a discreet feed that says more than when.
//
//   node .ci/calendar.mjs public
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import ICAL from "ical.js";

const root = process.argv[2];
const files = (await readdir(root, { recursive: true })).filter((f) => f.endsWith(".ics"));
if (files.length < 2) throw new Error(`${files.length} calendar feeds`);

const problems = [];
let occurrences = 0;
for (const file of files) {
  const problem = (text) => problems.push(`${file}: ${text}`);
  const text = await readFile(join(root, file), "utf8");
  for (const line of text.split("\r\n")) {
    if (line.includes("\n") || Buffer.byteLength(line) > 75) problem(`line of ${Buffer.byteLength(line)} octets: ${line}`);
  }
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const name of ["version", "prodid", "method", "x-wr-calname"]) {
    if (!calendar.getFirstPropertyValue(name)) problem(`no ${name}`);
  }
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);

  const ids = new Set();
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component);
    if (!event.uid || ids.has(event.uid)) problem(`identifier ${event.uid} is missing or twice`);
    ids.add(event.uid);
    if (!component.getFirstPropertyValue("dtstamp")) problem(`${event.uid} has no stamp`);
    const zone = component.getFirstProperty("dtstart").getFirstParameter("tzid");
    if (!zone || event.startDate.zone.tzid !== zone) problem(`${event.uid} starts in a zone that the feed does not define`);
    const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    const excepted = new Set(component.getAllProperties("exdate").flatMap((p) => p.getValues()).map(String));
    const offsets = new Set();
    const walk = event.iterator();
    for (let n = 0, at; n < 300 && (at = walk.next()); n++) {
      occurrences++;
      offsets.add(at.utcOffset());
      const local = String(at).replace("T", " ");
      const platform = clock.format(at.toJSDate());
      if (local !== platform) problem(`${local} by the feed's zone is ${platform} by the platform's`);
      if (excepted.has(String(at))) problem(`${local} is excepted and takes place`);
    }
    if (offsets.size === 0) problem(`${event.uid} never takes place`);

    if (basename(file).startsWith("appointments")) {
      for (const p of component.getAllProperties()) {
        if (!["uid", "dtstamp", "last-modified", "sequence", "dtstart", "dtend", "rrule", "exdate", "summary", "class"].includes(p.name)) {
          problem(`the discreet feed has ${p.name}: ${p.getFirstValue()}`);
        }
      }
    }
  }
}
if (problems.length > 0) {
  console.error(problems.slice(0, 50).join("\n"));
  console.error(`${problems.length} problems`);
  process.exit(1);
}
console.log(`${files.length} calendar feeds, ${occurrences} occurrences: each at its local time, none on a holiday`);
