/**
 * Brings a clause into view when the user jumps to it: opens closed sections the way the page itself would, then
 * scrolls. The only place where the page is acted upon, and only ever on the user's own jump.
 */
import { elementOf, firstBox } from "./ranges";

/** Most sections within sections that are opened. */
const MAX_DEPTH = 12;
/** How long an accordion may take to open before the clause is shown where it is. */
const OPENING_MS = 700;
const CLICKABLE = "button,summary,a[href^='#'],[role=button],[role=tab]";

/** Ancestors from the inside out, across shadow roots and same-origin frames. */
function* ancestors(from: Element): Generator<Element> {
  let node: Node | null = from;
  while (node) {
    if (node.nodeType === 1) yield node as Element;
    if (node.parentNode) node = node.parentNode;
    else if ("host" in node) node = (node as ShadowRoot).host;
    else node = (node as Document).defaultView?.frameElement ?? null;
  }
}

function isShut(element: Element): boolean {
  return !element.checkVisibility({ visibilityProperty: true });
}

/** The control by which the page opens a panel, found through ARIA or by its place right before the panel. */
function controlOf(panel: Element): HTMLElement | null {
  const root = panel.getRootNode() as Document | ShadowRoot;
  if (panel.id) {
    const id = CSS.escape(panel.id);
    const named = root.querySelector<HTMLElement>(
      `[aria-controls~="${id}"],[data-target="#${id}"],[data-bs-target="#${id}"],a[role=tab][href="#${id}"]`,
    );
    if (named?.matches(CLICKABLE)) return named;
  }
  for (const label of panel.getAttribute("aria-labelledby")?.split(/\s+/) ?? []) {
    const named = label ? root.querySelector<HTMLElement>(`#${CSS.escape(label)}`) : null;
    if (named?.matches(CLICKABLE)) return named;
  }
  const before = panel.previousElementSibling;
  if (!before) return null;
  const near = before.matches(CLICKABLE) ? before : before.querySelector(CLICKABLE);
  // Without a word of ARIA only a closed toggle is taken for one; any other button might do anything.
  return near?.getAttribute("aria-expanded") === "false" ? (near as HTMLElement) : null;
}

/** Open what hides an element. Resolves when it shows, or when nothing more can be done. */
export async function open(element: Element): Promise<void> {
  const chain = [...ancestors(element)].reverse();
  let depth = 0;
  for (const one of chain) {
    if (depth >= MAX_DEPTH) break;
    if (one.localName === "details" && !(one as HTMLDetailsElement).open) {
      (one as HTMLDetailsElement).open = true;
      depth++;
    } else if (one.getAttribute("hidden") === "until-found") {
      // What the browser's own search does when it finds something in here.
      one.dispatchEvent(new Event("beforematch", { bubbles: true }));
      one.removeAttribute("hidden");
      depth++;
    } else if (isShut(one)) {
      const control = controlOf(one);
      if (!control) continue;
      control.click();
      depth++;
      await until(() => !isShut(one));
    }
  }
}

async function until(done: () => boolean): Promise<void> {
  const end = performance.now() + OPENING_MS;
  while (!done() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 30));
}

/** Open and scroll to a clause. False when no part of it can be shown. */
export async function reveal(ranges: readonly Range[]): Promise<boolean> {
  const element = ranges[0] ? elementOf(ranges[0]) : null;
  if (!element) return false;
  if (!firstBox(ranges)) await open(element);
  await until(() => firstBox(ranges) !== null);
  const box = firstBox(ranges);
  if (!box) {
    nearestShown(element)?.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    return false;
  }
  if (isInView(box)) return true;
  element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  const after = firstBox(ranges);
  // Higher than the middle, so that the card has room below; the clause may also begin deep inside a long paragraph.
  if (after) window.scrollBy({ top: after.top - window.innerHeight * RESTING_PLACE, behavior: "instant" });
  return true;
}

/** Where a clause comes to stand after a jump, as a share of the screen's height. */
const RESTING_PLACE = 0.22;

/** Comfortably in view: not under a sticky header, and with room for the card. */
function isInView(box: DOMRect): boolean {
  return box.top >= window.innerHeight * 0.12 && box.bottom <= window.innerHeight * 0.5
    && box.left >= 0 && box.left < window.innerWidth;
}

/** How many elements before a closed section may be empty or hidden until the one that stands for it. */
const MAX_BEFORE = 4;

/** What stands for a clause while its section is closed: the section's heading, else the part that holds it. */
export function nearestShown(element: Element): Element | null {
  let shut: Element | null = null;
  for (const one of ancestors(element)) {
    if (isShut(one)) {
      shut = one;
      continue;
    }
    let before = shut?.previousElementSibling ?? null;
    for (let i = 0; before && i < MAX_BEFORE; i++, before = before.previousElementSibling) {
      if (hasBox(before)) return before;
    }
    if (one.localName !== "html" && one.localName !== "body" && hasBox(one)) return one;
  }
  return null;
}

function hasBox(element: Element): boolean {
  const box = isShut(element) ? null : element.getBoundingClientRect();
  return box !== null && box.width > 0 && box.height > 0;
}
