/** Puts the reader into a page and asks it. Rejects when the browser keeps extensions out of the page. */
import type { Reading } from "../analyse/content";
import { api } from "./api";

const READER_FILE = "reader.js";

/** `analyse/reader.ts` leaves this in the extension's own world of the page, where the page cannot see it. */
interface ReaderWorld {
  readonly __clauselightReader?: (what: "likeness" | "content") => Reading;
}

export async function readInPage(tabId: number, what: "likeness" | "content"): Promise<Reading | null> {
  await api.scripting.executeScript({ target: { tabId }, files: [READER_FILE] });
  const [frame] = await api.scripting.executeScript({
    target: { tabId },
    args: [what],
    func: (wanted: "likeness" | "content") => (globalThis as ReaderWorld).__clauselightReader?.(wanted) ?? null,
  });
  return (frame?.result as Reading | null | undefined) ?? null;
}
