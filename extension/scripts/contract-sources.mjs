/**
 * The two texts generated from `../shared_schema/`: TypeScript types of every public model, and precompiled
 * validators of what the extension fetches. Kept apart from the command so that the drift test can compare.
 *
 * Precompiled, because an extension's content security policy forbids compiling code at run time.
 */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020Module from "ajv/dist/2020.js";
import standaloneModule from "ajv/dist/standalone/index.js";
import addFormatsModule from "ajv-formats";
import { build } from "esbuild";
import { compile } from "json-schema-to-typescript";

const Ajv2020 = Ajv2020Module.default ?? Ajv2020Module;
const standalone = standaloneModule.default ?? standaloneModule;
const addFormats = addFormatsModule.default ?? addFormatsModule;

const extension = join(dirname(fileURLToPath(import.meta.url)), "..");
const schemas = join(extension, "..", "shared_schema");
const GENERATED = "Generated from shared_schema/ by scripts/generate-contract.mjs; do not edit.";

/** Exported validator and the schema it is made of: only what the extension fetches. */
export const VALIDATORS = {
  validateBucket: "bucket",
  validateUrlIndex: "url_index",
  validateUrlIndexDelta: "url_index_delta",
  validateServerInfo: "server_info",
  validateAnalysisAnswer: "analysis_answer",
  validateProblem: "problem",
  validateDisputeAnswer: "dispute_answer",
  validateDisputeStatus: "dispute_status",
};

/** All public schemas by file name without ending, in a stable order. */
export function readSchemas() {
  const ending = ".schema.json";
  return Object.fromEntries(
    readdirSync(schemas)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => [name.slice(0, -ending.length), JSON.parse(readFileSync(join(schemas, name), "utf8"))]),
  );
}

/** An Ajv as the extension uses it, at build time and in tests. */
export function createAjv() {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    // Half the size: shared definitions become functions, and a failure is told by path and keyword.
    inlineRefs: false,
    messages: false,
    code: { source: true, esm: true },
  });
  addFormats(ajv, ["date", "date-time"]);
  return ajv;
}

/** A field's title only repeats its name, and would become a type of its own. */
function withoutTitles(node, keep) {
  if (Array.isArray(node)) return node.map((item) => withoutTitles(item, false));
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => keep || key !== "title" || typeof value !== "string")
      .map(([key, value]) => [key, withoutTitles(value, false)]),
  );
}

/** One schema with every definition once; two schemas that disagree on a name are an error. */
function combined() {
  const definitions = {};
  const add = (name, schema) => {
    // Rules across fields (if/then, allOf, oneOf) are the validators' business; a type cannot say them.
    const { $defs = {}, $schema: _schema, $id: _id, if: _if, then: _then, allOf: _all, oneOf: _one, ...own } = schema;
    for (const [inner, definition] of Object.entries($defs)) add(inner, definition);
    const clean = withoutTitles(own, false);
    const known = definitions[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(clean)) {
      throw new Error(`two different definitions of ${name} in shared_schema/`);
    }
    definitions[name] = clean;
  };
  for (const schema of Object.values(readSchemas())) add(schema.title, schema);
  const sorted = Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { title: "Contract", type: "object", additionalProperties: false, properties: {}, $defs: sorted };
}

/** Text of `src/contract/types.ts`. */
export async function typesSource() {
  const text = await compile(combined(), "Contract", {
    additionalProperties: false,
    bannerComment: `/** The public data models as TypeScript types. ${GENERATED} */`,
    unreachableDefinitions: true,
    ignoreMinAndMaxItems: true,
    format: true,
    style: { printWidth: 120 },
  });
  return text
    .replace(/export interface Contract \{\}\n/, "")
    .replace(/\/\*\*\n \* This interface was referenced by `Contract`'s JSON-Schema\n \* via the `definition` "[^"]*"\.\n \*\/\n/g, "")
    .replace(/ \*\n \* This interface was referenced by `Contract`'s JSON-Schema\n \* via the `definition` "[^"]*"\.\n/g, "");
}

const SHARED_ID = "https://clauselight.invalid/schema/shared";

/** References to definitions of the own file lead to the shared ones instead. */
function sharing(node) {
  if (Array.isArray(node)) return node.map(sharing);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === "$ref" && typeof value === "string" && value.startsWith("#/$defs/")
        ? [key, SHARED_ID + value]
        : [key, sharing(value)],
    ),
  );
}

/** Text of `src/contract/generated/validators.js`: one self-contained module, with each definition once. */
export async function validatorsSource() {
  const all = readSchemas();
  const ajv = createAjv();
  const exported = {};
  const shared = { $id: SHARED_ID, $defs: {} };
  for (const schema of Object.values(VALIDATORS)) Object.assign(shared.$defs, sharing(all[schema].$defs ?? {}));
  ajv.addSchema(shared);
  for (const [name, schema] of Object.entries(VALIDATORS)) {
    const { $defs: _shared, ...own } = all[schema];
    ajv.addSchema(sharing(own));
    exported[name] = own.$id;
  }
  const bundled = await build({
    stdin: { contents: standalone(ajv, exported), resolveDir: extension, loader: "js" },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    logLevel: "silent",
  });
  return `// ${GENERATED}\n${bundled.outputFiles[0].text}`;
}
