/** For tests only: which files a bundle is made of, so that rules can be about bundles. */
import { posix } from "node:path";
import { sourceFiles, withoutComments } from "./source-files";

const files = new Map(sourceFiles().map(({ path, text }) => [path, withoutComments(text)]));

/** Files that are loaded with `entry`, itself included; what is imported as a type only is not. */
export function reachedFrom(entry: string): string[] {
  const reached = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const code = files.get(path);
    if (code === undefined) throw new Error(`${path} is no source file`);
    for (const [, name = ""] of code.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from "(\.[^"]+)"/gm)) {
      const target = posix.join(posix.dirname(path), name);
      const found = [`${target}.ts`, `${target}.tsx`, `${target}/index.ts`].find((candidate) => files.has(candidate));
      if (found) open.push(found);
    }
  }
  return [...reached].sort();
}
