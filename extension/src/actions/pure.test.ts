import { describe, expect, it } from "vitest";
import { sourceFiles, withoutComments } from "../testing/source-files";

const files = sourceFiles()
  .filter(({ path }) => path.startsWith("actions/"))
  .map(({ path, text }) => ({ path, code: withoutComments(text) }));

describe("what to do about a clause", () => {
  it("is worked out without browser, page, network or clock, so that server pages can use it too", () => {
    expect(files.length).toBeGreaterThan(10);
    for (const { path, code } of files) {
      expect(code, path).not.toMatch(/\b(chrome|browser|document|window|navigator|localStorage|fetch)\s*[.(]/);
      expect(code, path).not.toMatch(/\bnew Date\(\)|Date\.now|Math\.random/);
      const imported = [...code.matchAll(/from "([^"]+)"/g)].map((match) => match[1] ?? "");
      for (const name of imported) expect(name, path).toMatch(/^\.\/|^\.\.\/contract\/types$/);
    }
  });

  it("leaves the copies of the knowledge to those who show letters", () => {
    const users = files.filter(({ code }) => /from "\.\/(data|generated)/.test(code)).map(({ path }) => path);
    expect(users).toEqual(["actions/data.ts", "actions/letter-data.ts"]);
  });
});
