/** What a page is judged by, gathered in a few milliseconds: no styles are asked for and nothing is laid out. */
import type { Signals } from "./likeness";

/** Characters of text that are read: a policy shows itself on its first pages. */
const MOST_TEXT = 12_000;
/** A `main` with less text is decoration. */
const LEAST_MAIN = 4_000;
const MOST_HEADINGS = 80;
const MOST_HEADING_TEXT = 160;
/** Text nodes that are visited: a page of scripts and empty nodes must not take longer. */
const MOST_NODES = 20_000;

/** What holds no text of the page itself: menus, footers, code, forms. */
const OUTSIDE = "nav,footer,aside,script,style,noscript,template,svg,form,select,textarea,button,dialog,[role=navigation],[role=dialog]";

export function signalsOf(document: Document): Signals {
  const main = document.querySelector("main,[role=main]");
  const inMain = main === null ? "" : textOf(document, main);
  return {
    url: document.location.href,
    title: document.title,
    headings: headingsOf(document),
    text: inMain.length >= LEAST_MAIN ? inMain : textOf(document, document.body ?? document.documentElement),
  };
}

function headingsOf(document: Document): Signals["headings"] {
  const headings: { level: number; text: string }[] = [];
  for (const element of document.querySelectorAll("h1,h2,h3,h4,[role=heading]")) {
    if (headings.length >= MOST_HEADINGS) break;
    const text = (element.textContent ?? "").replace(/\s+/g, " ").trim().slice(0, MOST_HEADING_TEXT);
    const level = Number(/^h([1-6])$/.exec(element.localName)?.[1] ?? element.getAttribute("aria-level") ?? 2);
    if (text !== "") headings.push({ level, text });
  }
  return headings;
}

function textOf(document: Document, root: Element): string {
  const accept = (node: Node): number => {
    if (node.nodeType === 3) return NodeFilter.FILTER_ACCEPT;
    return (node as Element).matches(OUTSIDE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, accept);
  const parts: string[] = [];
  let length = 0;
  for (let visited = 0; visited < MOST_NODES && length < MOST_TEXT; visited++) {
    const node = walker.nextNode();
    if (node === null) break;
    const text = (node as Text).data.trim();
    if (text === "") continue;
    parts.push(text);
    length += text.length + 1;
  }
  return parts.join(" ");
}
