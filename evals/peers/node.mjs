// Runs a linter of the npm registry over texts: `node node.mjs FOLDER NAME`, with one JSON string a line as input.
// Prints one JSON object a line: the microseconds of processor time, and the alerts as [start, end] in UTF-16 units.
import { createRequire } from "node:module";
import { join } from "node:path";
import { text as all } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const [folder, name] = process.argv.slice(2);
const finders = {
  "write-good": (module) => (text) => module.default(text).map(({ index, offset }) => [index, index + offset]),
  alex: (module) => (text) => module.text(text).messages.map(({ position }) => [position.start.offset, position.end.offset]),
};

const home = createRequire(join(folder, "package.json")).resolve(name);
const find = finders[name](await import(pathToFileURL(home)));
const texts = (await all(process.stdin)).split("\n").filter(Boolean).map((line) => JSON.parse(line));
const lines = texts.map((text) => {
  const before = process.cpuUsage();
  const alerts = find(text);
  const { user, system } = process.cpuUsage(before);
  return JSON.stringify({ microseconds: user + system, alerts });
});
process.stdout.write(lines.join("\n") + "\n");
