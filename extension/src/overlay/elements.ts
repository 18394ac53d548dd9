/** What the walk does with each kind of element; tag names only, so that no style has to be computed for most. */

/** The name of our own host element: never read, never observed. */
export const HOST_TAG = "clauselight-overlay";
/** The panel within the reader of the server's pages. */
export const PANEL_TAG = "clauselight-panel";

/** What curators have on that page. */
export const CURATION_TAG = "clauselight-curation";

/** Never part of the text a reader sees: code, metadata, pictures, embedded players. */
const SKIPPED = new Set([
  "script", "style", "template", "noscript", "head", "title", "meta", "link", "base", "svg", "canvas", "video", "audio",
  "object", "embed", "map", "picture", "img", "track", "source", "rp", HOST_TAG, PANEL_TAG, CURATION_TAG,
]);

/** What the user types or chooses is not the document's text; nor may it ever be read. */
const FIELDS = new Set(["input", "textarea", "select", "option", "optgroup", "datalist", "progress", "meter", "output"]);

const BLOCKS = new Set([
  "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
  "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header",
  "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "plaintext", "pre",
  "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
]);

export type ElementKind = "skip" | "field" | "break" | "block" | "inline" | "frame";

/** One look-up for each element of the page. */
const KINDS = new Map<string, ElementKind>([["br", "break"], ["frame", "frame"], ["iframe", "frame"]]);
for (const tag of SKIPPED) KINDS.set(tag, "skip");
for (const tag of FIELDS) KINDS.set(tag, "field");
for (const tag of BLOCKS) KINDS.set(tag, "block");

/** `tag` is the element's local name, in lower case as HTML documents keep it. */
export function kindOf(tag: string): ElementKind {
  return KINDS.get(tag) ?? "inline";
}

/**
 * Classes of text for screen readers only, such as "(opens in a new window)" within a sentence: it has a box of one pixel,
 * so that no style says it is hidden. The server's page text leaves the same classes out (`analysis/elements.py`).
 */
const UNSEEN =
  /(?:^|\s)(?:sr-only|(?:u-)?visually-?hidden|screen-?reader(?:-only|-text)?|a11y-hidden|assistive-text|element-invisible)(?:\s|$)/i;
/** Parts of class names of which every such class has one. */
const UNSEEN_HINTS = ["sr-only", "visuallyhidden", "visually-hidden", "screenreader", "screen-reader", "a11y-hidden", "assistive-text", "element-invisible"];

/** Finds every element for which `isEditable`, `isMarkedHidden` or `isUnseen` may hold: asked once, most pages have few. */
export const REMARKABLE = "[contenteditable],[role=textbox],[role=searchbox],[aria-hidden=true]"
  + UNSEEN_HINTS.map((hint) => `,[class*="${hint}" i]`).join("");

/** An editable region is a form field of its own kind. */
export function isEditable(element: Element): boolean {
  const editable = element.getAttribute("contenteditable");
  if (editable !== null && editable.toLowerCase() !== "false") return true;
  const role = element.getAttribute("role");
  return role === "textbox" || role === "searchbox";
}

/** Kept from assistive technology: decoration, or a copy of what stands elsewhere. */
export function isMarkedHidden(element: Element): boolean {
  return element.getAttribute("aria-hidden") === "true";
}

const VISIBLE = { visibilityProperty: true };

/**
 * Whether the browser says that the element is shown: no display:none, no closed section. Of an element without a box of its
 * own (display:contents) it says no, although its content may be shown.
 */
export function isSeen(element: Element): boolean {
  return element.checkVisibility(VISIBLE);
}

export function hasNoBox(element: Element): boolean {
  return element.ownerDocument.defaultView?.getComputedStyle(element).display === "contents";
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
