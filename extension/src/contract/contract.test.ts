import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createAjv, readSchemas, typesSource, validatorsSource } from "../../scripts/contract-sources.mjs";
import {
  judgeAnalysisAnswer,
  judgeBucket,
  judgeProblem,
  judgeServerInfo,
  judgeUrlIndex,
  judgeUrlIndexDelta,
  type Judge,
} from "./validate";

const here = import.meta.dirname;
const INFO = {
  name: "clauselight",
  version: "0.1.0",
  contract_version: "1",
  canonicalisation: 1,
  documents: 3,
  provisions: 21,
  status: "ready",
};

describe("generated contract", () => {
  it("has types that are those of shared_schema/ (else: npm run contract)", async () => {
    expect(await typesSource()).toBe(readFileSync(join(here, "types.ts"), "utf8"));
  });

  it("has validators that are those of shared_schema/ (else: npm run contract)", async () => {
    expect(await validatorsSource()).toBe(readFileSync(join(here, "generated", "validators.js"), "utf8"));
  });

  it("compiles every public schema in strict mode", () => {
    const ajv = createAjv();
    for (const [name, schema] of Object.entries(readSchemas())) {
      expect(() => ajv.compile(schema), name).not.toThrow();
    }
  });

  it("names no folder of the machine that generated it", () => {
    expect(readFileSync(join(here, "generated", "validators.js"), "utf8")).not.toMatch(/node_modules|\/work\/|\/home\//);
  });
});

describe("examples of shared_schema/", () => {
  const ajv = createAjv();
  const schemas = readSchemas();
  const examples = join(here, "..", "..", "..", "shared_schema", "examples");
  const precompiled: Readonly<Record<string, Judge<unknown>>> = {
    analysis_answer: judgeAnalysisAnswer,
    bucket: judgeBucket,
    problem: judgeProblem,
    server_info: judgeServerInfo,
    url_index: judgeUrlIndex,
    url_index_delta: judgeUrlIndexDelta,
  };

  function accepts(name: string, data: unknown): boolean {
    const schema = schemas[name];
    if (schema === undefined) throw new Error(`no schema ${name}`);
    const verdict = ajv.validate(schema, data);
    const judge = precompiled[name];
    if (judge !== undefined) expect(judge(data).ok).toBe(verdict);
    return verdict;
  }

  for (const [folder, expected] of [
    ["valid", true],
    ["invalid", false],
  ] as const) {
    it.each(readdirSync(join(examples, folder)))(`judges ${folder}/%s as every other side does`, (file) => {
      const data: unknown = JSON.parse(readFileSync(join(examples, folder, file), "utf8"));
      expect(accepts(file.split("--", 1)[0] ?? "", data)).toBe(expected);
    });
  }
});

describe("judging an answer", () => {
  it("accepts what the contract allows", () => {
    expect(judgeServerInfo(INFO)).toEqual({ ok: true, value: INFO });
    expect(judgeBucket({ contract_version: "1", prefix: "0a", categories: [], sets: [] }).ok).toBe(true);
  });

  it("tells another contract version from a wrong shape", () => {
    expect(judgeServerInfo({ ...INFO, contract_version: "2" })).toEqual({ ok: false, fault: "contract", detail: "2" });
    expect(judgeUrlIndex({ contract_version: "9", anything: [] })).toMatchObject({ ok: false, fault: "contract" });
  });

  it("names the field at fault", () => {
    expect(judgeServerInfo({ ...INFO, documents: -1 })).toEqual({
      ok: false,
      fault: "shape",
      detail: "/documents: minimum",
    });
    expect(judgeServerInfo(null)).toMatchObject({ ok: false, fault: "shape" });
    expect(judgeServerInfo("<html>")).toMatchObject({ ok: false, fault: "shape" });
    expect(judgeBucket({ contract_version: "1", prefix: "0a", categories: [], sets: [{ document: {} }] })).toMatchObject({
      ok: false,
      fault: "shape",
      detail: expect.stringMatching(/^\/sets\/0/),
    });
  });

  it("repeats no long text of a server", () => {
    const verdict = judgeServerInfo({ ...INFO, contract_version: "x".repeat(5000) });
    expect(verdict).toMatchObject({ ok: false, detail: "x".repeat(20) });
  });
});
