/** Saving a text as a file, by the browser's own means: nothing leaves this computer. */

/** How long the browser may take to read it after the click. */
const KEPT_MS = 60_000;

export function saveFile(name: string, text: string, type: "text/plain" | "application/json"): void {
  const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = Object.assign(document.createElement("a"), { href, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
}
