/** Runs a file of the extension in a page. */
import { api } from "./api";

/** Only the top frame. Rejects when the browser does not let extensions into the page, or access was not granted. */
export async function injectScript(tabId: number, file: string): Promise<void> {
  await api.scripting.executeScript({ target: { tabId }, files: [file] });
}

/** The page's `<link rel="canonical">` as an absolute address; null when it has none or may not be read. */
export async function readCanonicalLink(tabId: number): Promise<string | null> {
  try {
    const [frame] = await api.scripting.executeScript({
      target: { tabId },
      func: () => document.querySelector<HTMLLinkElement>('link[rel~="canonical"][href]')?.href ?? null,
    });
    return typeof frame?.result === "string" ? frame.result : null;
  } catch {
    return null;
  }
}
