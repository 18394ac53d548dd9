/** Which clauses a click meant. Clicks on the page's own controls, and the end of a text selection, stay the page's. */
import type { Painter } from "./paint";

/** Elements that do something of their own when they are clicked. */
const CONTROLS = "a[href],button,summary,input,select,textarea,label,video,audio,iframe," +
  "[role=button],[role=link],[role=tab],[role=checkbox],[role=menuitem],[contenteditable]:not([contenteditable=false])";

/** A line of text may be this much higher than its letters; a click between two lines still means the clause. */
const TOLERANCE_PX = 2;

export function isOwnControl(event: Event): boolean {
  if (event.defaultPrevented) return true;
  for (const target of event.composedPath()) {
    if ((target as Node).nodeType === 1 && (target as Element).matches(CONTROLS)) return true;
  }
  return false;
}

function boxesHold(ranges: readonly Range[], document: Document, x: number, y: number): boolean {
  return ranges.some((range) => range.startContainer.ownerDocument === document
    && [...range.getClientRects()].some((box) => x >= box.left - TOLERANCE_PX && x <= box.right + TOLERANCE_PX
      && y >= box.top - TOLERANCE_PX && y <= box.bottom + TOLERANCE_PX));
}

/**
 * Ids of the clauses at a point of a document's viewport, the narrowest first: inside a long clause a short one can
 * still be reached. Where the browser cannot tell (no `highlightsFromPoint`), the clauses' boxes are asked.
 */
export function clausesAt(painter: Painter, document: Document, x: number, y: number, roots: readonly ShadowRoot[]): string[] {
  const ids = painter.clausesAt(document, x, y, roots);
  const hit = painter.painted.filter((clause) => (ids ? ids.includes(clause.id) : boxesHold(clause.ranges, document, x, y)));
  const size = (ranges: readonly Range[]): number => ranges.reduce((sum, range) => sum + range.toString().length, 0);
  return hit
    .map((clause) => ({ id: clause.id, size: size(clause.ranges) }))
    .sort((a, b) => a.size - b.size)
    .map(({ id }) => id);
}

/** Whether the user has just selected text rather than clicked. */
export function isSelecting(document: Document): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && selection.toString().trim() !== "";
}
