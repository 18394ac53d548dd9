/** The message catalogue: one fragment an area, merged into the one file that browsers read. */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const locales = join(dirname(fileURLToPath(import.meta.url)), "..", "src", "_locales");

export const LANGUAGES = readdirSync(locales).sort();

/** All messages of a language; a key that two areas define is an error. */
export function mergedMessages(language) {
  const merged = {};
  for (const file of readdirSync(join(locales, language)).sort()) {
    for (const [key, value] of Object.entries(JSON.parse(readFileSync(join(locales, language, file), "utf8")))) {
      if (key in merged) throw new Error(`message ${key} is defined twice (${language}/${file})`);
      merged[key] = value;
    }
  }
  return merged;
}
