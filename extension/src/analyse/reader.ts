/**
 * Entry of the reader, put into a page that the user asked about or whose address names a policy. It changes nothing in
 * the page and sends nothing; it leaves one function for the background worker to call.
 */
import { PageTooLarge } from "../overlay/page-text";
import type { Reading } from "./content";
import { judgeLikeness } from "./likeness";
import { readContent } from "./page-blocks";
import { signalsOf } from "./signals";

const KEY = "__clauselightReader"; // as platform/scripting.ts calls it

function read(what: "likeness" | "content"): Reading {
  if (what === "likeness") return { kind: "likeness", likeness: judgeLikeness(signalsOf(document)) };
  try {
    return { kind: "content", content: readContent(document), url: location.href };
  } catch (error) {
    if (error instanceof PageTooLarge) return { kind: "too-large" };
    throw error;
  }
}

(globalThis as { [KEY]?: typeof read })[KEY] = read;
