/** The manifest of each browser: a common base and what differs. The version is that of package.json. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const extension = join(dirname(fileURLToPath(import.meta.url)), "..");
const read = (...path) => JSON.parse(readFileSync(join(extension, ...path), "utf8"));

export const BROWSERS = ["chromium", "firefox"];

export function manifest(browser) {
  const base = read("manifest", "base.json");
  const own = read("manifest", `${browser}.json`);
  const permissions = [...base.permissions, ...(own.permissions ?? [])].sort();
  return { ...base, ...own, permissions, version: read("package.json").version };
}
