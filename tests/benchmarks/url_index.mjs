/**
 * URL matching in the extension measured: decoding a million keys, asking for one, applying a delta.
 *
 * Run `node tests/benchmarks/url_index.mjs` (needs the extension's packages). Goals: decoding
 * <= 150 ms, lookup after decoding <= 5 microseconds.
 */

import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const COUNT = 1_000_000;
const extension = fileURLToPath(new URL("../../extension/", import.meta.url));
const { buildSync } = createRequire(join(extension, "package.json"))("esbuild");

const folder = mkdtempSync(join(tmpdir(), "url-index-"));
const outfile = join(folder, "match.mjs");
buildSync({
  stdin: {
    contents: ["canonical-url", "url-index", "rice", "url-key"]
      .map((name) => `export * from "./src/match/${name}";`)
      .join("\n"),
    resolveDir: extension,
    loader: "ts",
  },
  bundle: true,
  format: "esm",
  outfile,
});
const match = await import(pathToFileURL(outfile).href);
rmSync(folder, { recursive: true });

function best(name, unit, rounds, divide, run) {
  let least = Infinity;
  let first = 0;
  for (let round = 0; round < rounds; round++) {
    const before = performance.now();
    run();
    const took = (performance.now() - before) / divide;
    if (round === 0) first = took;
    least = Math.min(least, took);
  }
  console.log(`${name.padEnd(30)} best ${least.toFixed(3)}, first ${first.toFixed(3)} ${unit}`);
}

function sortedValues(count) {
  const bytes = randomBytes(count * 8);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    values[i] = bytes.readUInt32BE(i * 8) * 256 + bytes[i * 8 + 4];
  }
  return Float64Array.from(new Set(values.sort()));
}

const values = sortedValues(COUNT);
const wire = { count: values.length, hashBits: 40, bucketBits: 12, ...match.pack(values) };
console.log(`${wire.count} values, ${(wire.data.length / wire.count).toFixed(3)} bytes each`);
let index = match.UrlIndex.empty();
best("decode a million", "ms", 7, 1, () => (index = match.UrlIndex.decode(wire)));
best("encode for storage", "ms", 3, 1, () => index.encode());

const pages = Array.from(
  { length: 20_000 },
  (_, i) => `https://www.site-${i}.example/de/legal/privacy-${i}/?utm_source=x&id=${i}#part`,
);
const keys = pages.map((page) => match.pageKey(page));
let hits = 0;
best("lookup of a key", "us", 7, keys.length / 1000, () => {
  for (const key of keys) hits += index.has(key) ? 1 : 0;
});
best("address to key and lookup", "us", 7, pages.length / 1000, () => {
  for (const page of pages) hits += index.has(match.pageKey(page)) ? 1 : 0;
});

const removed = Float64Array.from({ length: 1000 }, (_, i) => i * 997);
const drop = new Set(removed);
const fresh = Float64Array.from(sortedValues(1000).filter((value) => !values.includes(value)));
const next = Float64Array.from([...values.filter((_, i) => !drop.has(i)), ...fresh]).sort();
const gone = match.pack(removed);
const come = match.pack(fresh);
const delta = {
  hashBits: 40,
  oldCount: values.length,
  oldChecksum: match.checksum(values),
  newCount: next.length,
  newChecksum: match.checksum(next),
  removedCount: removed.length,
  removedRiceParameter: gone.riceParameter,
  removed: gone.data,
  addedCount: fresh.length,
  addedRiceParameter: come.riceParameter,
  added: come.data,
};
best("apply a delta of 0.1 %", "ms", 5, 1, () => index.applyDelta(delta));
console.log(`false hits: ${hits} (of ${keys.length * 14} questions)`);
