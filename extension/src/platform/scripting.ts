/** Runs a file of the extension in a page. */
import { api } from "./api";

/** Only the top frame. Rejects when the browser does not let extensions into the page, or access was not granted. */
export async function injectScript(tabId: number, file: string): Promise<void> {
  await api.scripting.executeScript({ target: { tabId }, files: [file] });
}
