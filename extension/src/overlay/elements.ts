/** What the walk does with each kind of element; tag names only, so that no style has to be computed for most. */

/** The name of our own host element: never read, never observed. */
export const HOST_TAG = "clauselight-overlay";

/** Never part of the text a reader sees: code, metadata, pictures, embedded players. */
const SKIPPED = new Set([
  "script", "style", "template", "noscript", "head", "title", "meta", "link", "base", "svg", "canvas", "video", "audio",
  "object", "embed", "map", "picture", "img", "track", "source", "rp", HOST_TAG,
]);

/** What the user types or chooses is not the document's text; nor may it ever be read. */
const FIELDS = new Set(["input", "textarea", "select", "option", "optgroup", "datalist", "progress", "meter", "output"]);

const BLOCKS = new Set([
  "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
  "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header",
  "hgroup", "hr", "html", "iframe", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "plaintext", "pre",
  "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
]);

export type ElementKind = "skip" | "field" | "break" | "block" | "inline" | "frame";

/**
 * Classes of text for screen readers only, such as "(opens in a new window)" within a sentence: it has a box of one pixel,
 * so that no style says it is hidden. The server's page text leaves the same classes out (`analysis/elements.py`).
 */
const UNSEEN =
  /(?:^|\s)(?:sr-only|(?:u-)?visually-?hidden|screen-?reader(?:-only|-text)?|a11y-hidden|assistive-text|element-invisible)(?:\s|$)/i;

/** `tag` is the element's local name, in lower case as HTML documents keep it. */
export function kindOf(tag: string): ElementKind {
  if (BLOCKS.has(tag)) return tag === "iframe" ? "frame" : "block";
  if (SKIPPED.has(tag)) return "skip";
  if (tag === "br") return "break";
  if (FIELDS.has(tag)) return "field";
  if (tag === "frame") return "frame";
  return "inline";
}

/** An editable region is a form field of its own kind. */
export function isEditable(element: Element): boolean {
  const editable = element.getAttribute("contenteditable");
  if (editable !== null && editable.toLowerCase() !== "false") return true;
  const role = element.getAttribute("role");
  return role === "textbox" || role === "searchbox";
}

/**
 * Whether the element's content is not shown now: display:none, a closed section, aria-hidden. It is read all the
 * same (accordions, tabs), unless it only repeats what is shown elsewhere.
 */
export function isConcealed(element: Element): boolean {
  if (element.getAttribute("aria-hidden") === "true") return true;
  if (element.checkVisibility({ visibilityProperty: true })) return false;
  // An element with display:contents has no box of its own, yet its content is shown.
  return element.ownerDocument.defaultView?.getComputedStyle(element).display !== "contents";
}

/** Whether the element's text is for screen readers only, whatever its style says. */
export function isUnseen(element: Element): boolean {
  const names = element.getAttribute("class");
  return names !== null && UNSEEN.test(names);
}

/** Whether an element that is inline by its name begins and ends a line by its style. */
export function breaksLine(element: Element): boolean {
  const display = element.ownerDocument.defaultView?.getComputedStyle(element).display ?? "inline";
  return !(display.startsWith("inline") || display === "contents" || display === "none" || display.startsWith("ruby"));
}
