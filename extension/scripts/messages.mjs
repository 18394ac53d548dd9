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

const WEB = "web_";

/** Texts of the server's own pages: of these areas, each in its own words (`web_<key>`) where the page differs. */
export function webMessages(language, areas) {
  const all = Object.entries(mergedMessages(language)).map(([key, { message }]) => [key, message]);
  const own = new Map(all.filter(([key]) => key.startsWith(WEB)).map(([key, text]) => [key.slice(WEB.length), text]));
  return Object.fromEntries(all.filter(([key]) => areas.test(key)).map(([key, text]) => [key, own.get(key) ?? text]));
}
