/**
 * Paints clauses with the CSS Custom Highlight API: the page's elements, text and layout stay as they are.
 * A highlight registry and a style sheet belong to one document, so each document (same-origin frames) has its own.
 */
import { release, sheetFor } from "../ui/adopt";
import { ACTIVE_OPACITY, SEVERITY_PAINT, TINT_OPACITY } from "../ui/palette";
import type { Severity } from "../contract/types";
import { SEVERITY_ORDER } from "../page-state";
import { sameRanges } from "./ranges";

export interface PaintedClause {
  readonly id: string;
  readonly severity: Severity;
  readonly ranges: readonly Range[];
  /** The user reported the label as wrong: painted so that nobody takes it for settled. */
  readonly reported?: boolean;
}

const nameOf = (severity: Severity): string => `clauselight-${severity}`;
const ACTIVE = "clauselight-active";
const REPORTED = "clauselight-reported";
/** No line and a grey ground: none of the severities. */
const REPORTED_GROUND = "rgb(128 134 146 / 0.28)";

/**
 * Style rules of the highlights. Colour and line differ by severity; in forced colours the line remains.
 * Only for the screen: a printed policy stays the company's own.
 */
export function highlightCss(): string {
  const rules = SEVERITY_ORDER.map((severity) => {
    const { line, tint, style, thickness } = SEVERITY_PAINT[severity];
    return `::highlight(${nameOf(severity)}){background-color:rgb(${tint.join(" ")} / ${TINT_OPACITY});` +
      `text-decoration:underline ${style} ${thickness}px ${line}}`;
  });
  rules.push(`::highlight(${REPORTED}){background-color:${REPORTED_GROUND}}`);
  rules.push(`::highlight(${ACTIVE}){background-color:rgb(92 112 255 / ${ACTIVE_OPACITY})}`);
  const forced = SEVERITY_ORDER.map((severity) => {
    const { style, thickness } = SEVERITY_PAINT[severity];
    return `::highlight(${nameOf(severity)}){background-color:Canvas;color:CanvasText;` +
      `text-decoration:underline ${style} ${thickness}px CanvasText}`;
  });
  forced.push(`::highlight(${REPORTED}){color:GrayText}`);
  forced.push(`::highlight(${ACTIVE}){background-color:Highlight;color:HighlightText}`);
  return `@media screen{${rules.join("")}}@media screen and (forced-colors:active){${forced.join("")}}`;
}

/** What of one document's window is needed; windows of frames have constructors of their own. */
type View = Window & typeof globalThis;

class DocumentPainter {
  /** Own map: the registry cannot be iterated from a content script in Firefox. */
  readonly highlights = new Map<string, Highlight>();
  private readonly sheets = new Map<Document | ShadowRoot, CSSStyleSheet>();

  constructor(
    private readonly document: Document,
    private readonly view: View,
  ) {}

  set(name: string, ranges: readonly Range[], priority: number): void {
    if (ranges.length === 0) {
      this.delete(name);
      return;
    }
    const highlight = new this.view.Highlight(...ranges);
    highlight.priority = priority;
    this.view.CSS.highlights.set(name, highlight);
    this.highlights.set(name, highlight);
    this.dress(this.document);
    for (const range of ranges) {
      const root = range.startContainer.getRootNode();
      if (root !== this.document && "host" in root) this.dress(root as ShadowRoot);
    }
  }

  /** Give a root the rules, again if the page has replaced its list of sheets. */
  private dress(root: Document | ShadowRoot): void {
    const sheet = this.sheets.get(root) ?? sheetFor(root, highlightCss());
    this.sheets.set(root, sheet);
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  }

  redress(): void {
    for (const root of this.sheets.keys()) this.dress(root);
  }

  delete(name: string): void {
    this.highlights.delete(name);
    this.view.CSS.highlights.delete(name);
  }

  clear(): void {
    for (const name of [...this.highlights.keys()]) this.delete(name);
    for (const [root, sheet] of this.sheets) release(root, sheet);
    this.sheets.clear();
  }
}

export class Painter {
  private readonly documents = new Map<Document, DocumentPainter>();
  private clauses: readonly PaintedClause[] = [];
  private activeId: string | null = null;

  /** Paint exactly these clauses. Nothing is touched when they stand where they stood. */
  paint(clauses: readonly PaintedClause[]): void {
    const before = this.clauses;
    const same = before.length === clauses.length && clauses.every((clause, i) => {
      const old = before[i]!;
      return old.id === clause.id && old.severity === clause.severity && old.reported === clause.reported && sameRanges(old.ranges, clause.ranges);
    });
    if (same) {
      for (const painter of this.documents.values()) painter.redress();
      return;
    }
    this.clauses = clauses;
    const settled = clauses.filter((clause) => !clause.reported);
    this.setEverywhere(REPORTED, clauses.filter((clause) => clause.reported).flatMap((clause) => clause.ranges), 0);
    SEVERITY_ORDER.forEach((severity, i) => {
      const ranges = settled.filter((clause) => clause.severity === severity).flatMap((clause) => clause.ranges);
      // Where clauses overlap, the worse one is drawn on top.
      this.setEverywhere(nameOf(severity), ranges, SEVERITY_ORDER.length - i);
    });
    this.setActive(this.activeId);
  }

  get painted(): readonly PaintedClause[] {
    return this.clauses;
  }

  /** Mark the clause whose card is open or to which the user jumped; null for none. */
  setActive(id: string | null): void {
    this.activeId = id;
    const clause = this.clauses.find((one) => one.id === id);
    this.setEverywhere(ACTIVE, clause?.ranges ?? [], SEVERITY_ORDER.length + 1);
  }

  clear(): void {
    for (const painter of this.documents.values()) painter.clear();
    this.documents.clear();
    this.clauses = [];
    this.activeId = null;
  }

  /** The clauses under a point of a document's viewport, as the browser painted them; null if it cannot tell. */
  clausesAt(document: Document, x: number, y: number, shadowRoots: readonly ShadowRoot[]): string[] | null {
    const painter = this.documents.get(document);
    const registry = document.defaultView?.CSS.highlights as unknown as FromPoint | undefined;
    if (!painter || !registry?.highlightsFromPoint) return null;
    const hits = registry.highlightsFromPoint(x, y, { shadowRoots: [...shadowRoots] });
    const ranges = new Set(hits.flatMap((hit) => hit.ranges));
    return this.clauses.filter((clause) => clause.ranges.some((range) => ranges.has(range))).map((clause) => clause.id);
  }

  private setEverywhere(name: string, ranges: readonly Range[], priority: number): void {
    const byDocument = new Map<Document, Range[]>();
    for (const range of ranges) {
      const { ownerDocument } = range.startContainer;
      if (!ownerDocument) continue;
      const list = byDocument.get(ownerDocument);
      if (list) list.push(range);
      else byDocument.set(ownerDocument, [range]);
    }
    for (const document of byDocument.keys()) {
      if (!this.documents.has(document) && document.defaultView) {
        this.documents.set(document, new DocumentPainter(document, document.defaultView as View));
      }
    }
    for (const [document, painter] of this.documents) {
      if (!document.defaultView) this.documents.delete(document); // the frame has gone
      else painter.set(name, byDocument.get(document) ?? [], priority);
    }
  }
}

interface FromPoint {
  highlightsFromPoint?: (
    x: number,
    y: number,
    options: { shadowRoots: ShadowRoot[] },
  ) => { highlight: Highlight; ranges: AbstractRange[] }[];
}
