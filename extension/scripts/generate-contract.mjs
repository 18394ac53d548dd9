/** `npm run contract`: writes the generated types and validators; the drift test compares them with the schemas. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { typesSource, validatorsSource } from "./contract-sources.mjs";

const contract = join(dirname(fileURLToPath(import.meta.url)), "..", "src", "contract");
mkdirSync(join(contract, "generated"), { recursive: true });
writeFileSync(join(contract, "types.ts"), await typesSource());
writeFileSync(join(contract, "generated", "validators.js"), await validatorsSource());
