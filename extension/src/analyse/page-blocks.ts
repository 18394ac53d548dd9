/**
 * The page as the server is told it: the blocks of text that the overlay sees, so that whatever is quoted from them is
 * found on the page again, without what surrounds a document (menus, headers, footers, dialogs, forms).
 */
import type { AnalysisBlock } from "../contract/types";
import { readPage } from "../overlay/page-text";
import { nodeAt, type PageText } from "../overlay/page-map";
import { countWords, languageTag, type PageContent } from "./content";

/** What surrounds a document. Headers and footers within an article are its own. */
const SURROUNDINGS =
  "nav,dialog,form,[role=navigation],[role=banner],[role=contentinfo],[role=dialog],[role=alertdialog],[role=search],[aria-modal=true]," +
  "header:not(:is(article,main,section) header),footer:not(:is(article,main,section) footer),aside:not(:is(article,main) aside)";

/** Names that consent banners go by; they stand over any page, and are not its text. */
const BANNER = /(cookie|consent|gdpr)[-_]?(banner|bar|notice|popup|modal|dialog|overlay|preferences|manager)|onetrust|cookiebot|didomi|usercentrics/i;

/** Share of a page's words that the element must hold which is taken for the document. */
const DOCUMENT_SHARE = 0.75;
/** A `main` is believed with less: whoever writes it says what the page is about. */
const MAIN_SHARE = 0.4;
/** Longest row of a table that is one statement; longer ones are tables for the layout. */
const LONGEST_ROW = 2_000;

interface Found {
  readonly element: Element;
  readonly text: string;
  readonly words: number;
}

/** Everything at once: the caller waits for it. Throws PageTooLarge. */
export function readContent(document: Document): PageContent {
  const steps = readPage(document);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const found = textBlocks(step.value);
  const all = found.filter(({ element }) => !surrounds(element));
  // A page whose text is all in a form, or in a dialog: better that than nothing.
  const inside = within(all.length > 0 ? all : found, document);
  const blocks = joinRows(inside);
  return {
    title: document.title.replace(/\s+/g, " ").trim(),
    language: languageTag(document.documentElement.getAttribute("lang")),
    blocks,
    words: blocks.reduce((sum, { text }) => sum + countWords(text), 0),
  };
}

function textBlocks(page: PageText): Found[] {
  const found: Found[] = [];
  page.blocks.forEach((start, i) => {
    const text = page.text.slice(start, page.blocks[i + 1] ?? page.text.length).replace(/\s+/g, " ").trim();
    const element = page.nodes[Math.max(0, nodeAt(page, start))]?.parentElement ?? null;
    if (text !== "" && element !== null) found.push({ element, text, words: countWords(text) });
  });
  return found;
}

const known = new WeakMap<Element, boolean>();

/** Whether an element stands in what surrounds the document; each element is asked about once. */
function surrounds(element: Element): boolean {
  const before = known.get(element);
  if (before !== undefined) return before;
  const own = element.matches(SURROUNDINGS) || isBanner(element);
  const parent = parentOf(element);
  const answer = own || (parent !== null && surrounds(parent));
  known.set(element, answer);
  return answer;
}

function isBanner(element: Element): boolean {
  if (element.localName === "body" || element.localName === "html" || element.localName === "main") return false;
  return BANNER.test(`${element.id} ${element.getAttribute("class") ?? ""}`) && element.querySelector("h1") === null;
}

/** Through the borders of shadow roots and frames. */
function parentOf(element: Element): Element | null {
  if (element.parentElement !== null) return element.parentElement;
  const root = element.getRootNode();
  if (root instanceof ShadowRoot) return root.host;
  return (root as Document).defaultView?.frameElement ?? null;
}

/** The blocks of the smallest element that holds nearly all the words, or of `main`. */
function within(found: readonly Found[], document: Document): readonly Found[] {
  const words = new Map<Element, number>();
  let total = 0;
  for (const one of found) {
    total += one.words;
    for (let at: Element | null = one.element; at !== null; at = parentOf(at)) words.set(at, (words.get(at) ?? 0) + one.words);
  }
  const mains = [...document.querySelectorAll("main,[role=main]")].filter((main) => (words.get(main) ?? 0) >= total * MAIN_SHARE);
  let area: Element = mains[0] ?? document.body ?? document.documentElement;
  const goal = (words.get(area) ?? 0) * DOCUMENT_SHARE;
  for (let next: Element | undefined = area; next !== undefined; ) {
    area = next;
    next = [...area.children, ...(area.shadowRoot?.children ?? [])].find((child) => (words.get(child) ?? 0) >= goal);
  }
  // The title of the document may stand just above the element that holds its text.
  const heading = found.find(({ element }) => element.closest("h1") !== null);
  return found.filter((one) => one === heading || holds(area, one.element));
}

function holds(area: Element, element: Element): boolean {
  for (let at: Element | null = element; at !== null; at = parentOf(at)) if (at === area) return true;
  return false;
}

/** Headings, paragraphs, items; the cells of one row become one block. */
function joinRows(found: readonly Found[]): AnalysisBlock[] {
  const blocks: AnalysisBlock[] = [];
  for (let i = 0; i < found.length; ) {
    const row = found[i]!.element.closest("tr");
    let end = i + 1;
    if (row !== null) while (end < found.length && found[end]!.element.closest("tr") === row) end++;
    const cells = found.slice(i, end);
    const text = cells.map((cell) => cell.text).join(" ");
    const places = new Set(cells.map(({ element }) => element.closest("td,th")));
    if (row !== null && places.size === cells.length && text.length <= LONGEST_ROW) blocks.push({ text, kind: "table_row" });
    else blocks.push(...cells.map(blockOf));
    i = end;
  }
  return blocks;
}

function blockOf({ element, text }: Found): AnalysisBlock {
  const heading = element.closest("h1,h2,h3,h4,h5,h6,[role=heading]");
  if (heading !== null) {
    const level = Number(/^h([1-6])$/.exec(heading.localName)?.[1] ?? heading.getAttribute("aria-level"));
    return { text, kind: "heading", level: Number.isInteger(level) && level >= 1 && level <= 6 ? level : 2 };
  }
  const item = element.closest("li");
  if (item !== null) return { text, kind: "list_item", level: Math.min(20, depthOf(item)) };
  return { text, kind: "paragraph" };
}

/** How deep a list is nested, from 1. */
function depthOf(item: Element): number {
  let depth = 0;
  for (let at = item.closest("ul,ol"); at !== null; at = at.parentElement?.closest("ul,ol") ?? null) depth++;
  return Math.max(1, depth);
}
