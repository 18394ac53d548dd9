/**
 * Style sheets as constructed sheets: a page's Content-Security-Policy (style-src) cannot block them, and nothing
 * is written into the page's markup.
 */

/** A root that can carry constructed style sheets. */
type Root = Document | ShadowRoot;

/** Make a sheet that `root` may adopt: it must be constructed by the window of the root's own document. */
export function sheetFor(root: Root, css: string): CSSStyleSheet {
  const owner = "defaultView" in root ? root : root.ownerDocument;
  const view = (owner.defaultView ?? globalThis) as typeof globalThis;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

/** Adopt each text after the sheets that are there already. Returns what takes them off again. */
export function adopt(root: Root, ...texts: readonly string[]): () => void {
  const sheets = texts.map((css) => sheetFor(root, css));
  root.adoptedStyleSheets.push(...sheets);
  return () => {
    for (const sheet of sheets) release(root, sheet);
  };
}

/** Take one sheet off; nothing happens when the page has thrown it out already. */
export function release(root: Root, sheet: CSSStyleSheet): void {
  const at = root.adoptedStyleSheets.indexOf(sheet);
  if (at >= 0) root.adoptedStyleSheets.splice(at, 1);
}
