/** For tests only: the extension's own source texts, for rules that hold over all of them. */
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

const root = join(import.meta.dirname, "..");

export interface SourceFile {
  /** Relative to `src/`, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** TypeScript that ends up in the extension: no tests and nothing that serves only them. */
export function sourceFiles(): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.split(sep).join("/"))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\.d\.ts$|(^|\/)testing\//.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** Without comments, so that a rule is not broken by talking about it. Good enough for our own code style. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[\s;{(])\/\/.*$/gm, "$1");
}

export function repositoryFile(...path: string[]): string {
  return readFileSync(join(root, "..", ...path), "utf8");
}

