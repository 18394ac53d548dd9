/**
 * Small buttons at the right edge of the page, one for each painted clause (close ones share one). They live in our
 * shadow root, positioned in page coordinates so that they scroll with the page without any work of ours. One of
 * them is a tab stop, the arrow keys reach the others.
 */
import { SEVERITY_ORDER } from "../page-state";
import { t, tn } from "../platform/i18n";
import { severityWord } from "../ui/severity";
import { severityIconNode } from "../ui/severity-shape";
import { groupMarkers, MARKER_SIZE, type MarkerGroup, type MarkerPlace } from "./marker-layout";
import type { PaintedClause } from "./paint";
import { blockBox, elementOf, firstBox } from "./ranges";
import { nearestShown } from "./reveal";

export interface MarkerClause extends PaintedClause {
  readonly title: string;
  /** Found by the classifier: the marker says so, and has a dashed edge. */
  readonly automatic: boolean;
}

/** Width of the layer in `overlay.css`: it ends exactly at the page's edge, or the page would scroll sideways. */
const LAYER_WIDTH = MARKER_SIZE + 4;
/** Space at the right of the text that a full marker needs; with less, markers are slim. */
const FULL_MARKER_SPACE = MARKER_SIZE + 6;

export class Markers {
  private readonly layer: HTMLElement;
  private readonly resize: ResizeObserver;
  private clauses: readonly MarkerClause[] = [];
  private groups: MarkerGroup[] = [];
  private buttons: HTMLButtonElement[] = [];
  private frame = 0;
  private roving = 0;
  private height = 0;
  private activeId: string | null = null;
  /** What the buttons were made of. */
  private drawn = "";

  constructor(
    root: ShadowRoot,
    private readonly host: HTMLElement,
    private readonly onOpen: (id: string, from: HTMLElement) => void,
  ) {
    this.layer = root.ownerDocument.createElement("div");
    this.layer.className = "markers";
    this.layer.setAttribute("role", "toolbar");
    this.layer.setAttribute("aria-orientation", "vertical");
    this.layer.setAttribute("aria-label", t("overlay_markers"));
    this.layer.addEventListener("keydown", (event) => this.onKey(event));
    root.append(this.layer);
    // Sizes change when images load, sections open, fonts arrive: the places are measured again.
    this.resize = new ResizeObserver(() => this.schedule());
    this.resize.observe(document.documentElement);
    if (document.body) this.resize.observe(document.body);
    document.addEventListener("scroll", this.onScroll, { capture: true, passive: true });
    document.addEventListener("toggle", this.onToggle, { capture: true, passive: true });
    document.addEventListener("transitionend", this.onToggle, { capture: true, passive: true });
    window.addEventListener("resize", this.onToggle, { passive: true });
  }

  /** The page itself takes the markers along; only a scrolled part of the page moves text below them. */
  private readonly onScroll = (event: Event): void => {
    if (event.target !== document) this.schedule();
  };
  private readonly onToggle = (): void => this.schedule();

  show(clauses: readonly MarkerClause[]): void {
    this.clauses = clauses;
    this.schedule();
  }

  setActive(id: string | null): void {
    this.activeId = id;
    this.buttons.forEach((button, i) => button.toggleAttribute("data-active", this.groups[i]?.ids.includes(id ?? "") ?? false));
  }

  /** Focus the marker of a clause. False when it has none. */
  focus(id: string): boolean {
    this.measure();
    const at = this.groups.findIndex((group) => group.ids.includes(id));
    if (at < 0) return false;
    this.rove(at);
    return true;
  }

  buttonOf(id: string): HTMLElement | null {
    return this.buttons[this.groups.findIndex((group) => group.ids.includes(id))] ?? null;
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.resize.disconnect();
    document.removeEventListener("scroll", this.onScroll, { capture: true });
    document.removeEventListener("toggle", this.onToggle, { capture: true });
    document.removeEventListener("transitionend", this.onToggle, { capture: true });
    window.removeEventListener("resize", this.onToggle);
    this.layer.remove();
  }

  /** Measure in the next frame, once, whatever happens until then: never inside a scroll handler. */
  private schedule(): void {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.measure();
    });
  }

  private measure(): void {
    const origin = this.host.getBoundingClientRect();
    const places: MarkerPlace[] = [];
    let slim = false;
    const edge = document.documentElement.clientWidth;
    for (const { id, severity, ranges } of this.clauses) {
      const box = firstBox(ranges) ?? this.boxOfClosed(ranges);
      if (!box) continue;
      places.push({ id, severity, top: Math.round(box.top - origin.top) });
      // The text around the clause counts, not its one line alone.
      if (edge - Math.max(box.right, blockBox(ranges)?.right ?? 0) < FULL_MARKER_SPACE) slim = true;
    }
    // The layer ends where the page ends: markers must not make it longer. Only when the page has become shorter
    // than the layer does the layer itself stand in the way of knowing how long the page is.
    const pageEnd = (): number => Math.floor(document.documentElement.scrollHeight - window.scrollY - origin.top) - 1;
    let height = pageEnd();
    if (height <= this.height) {
      this.layer.style.height = "0";
      height = pageEnd();
    }
    this.height = Math.max(height, 0);
    this.draw(groupMarkers(places, Math.max(height, MARKER_SIZE)), slim);
    this.layer.style.height = `${this.height}px`;
    this.layer.style.left = `${Math.floor(edge - LAYER_WIDTH - origin.left - window.scrollX)}px`;
  }

  private boxOfClosed(ranges: readonly Range[]): DOMRect | null {
    const element = ranges[0] ? elementOf(ranges[0]) : null;
    return element ? (nearestShown(element)?.getBoundingClientRect() ?? null) : null;
  }

  private draw(groups: MarkerGroup[], slim: boolean): void {
    this.layer.toggleAttribute("data-slim", slim);
    const drawn = groups.map((group) => group.ids.map((id) => `${id}${this.isReported(id) ? "!" : ""}`).join()).join(" ");
    const same = drawn === this.drawn && groups.length === this.groups.length;
    this.drawn = drawn;
    this.groups = groups;
    if (!same) {
      const focused = this.buttons.findIndex((button) => button.matches(":focus"));
      this.buttons = groups.map((group) => this.makeButton(group));
      this.roving = Math.min(this.roving, Math.max(0, groups.length - 1));
      this.layer.replaceChildren(...this.buttons);
      this.buttons.forEach((button, i) => (button.tabIndex = i === this.roving ? 0 : -1));
      if (focused >= 0) this.buttons[this.roving]?.focus({ preventScroll: true });
    }
    groups.forEach((group, i) => (this.buttons[i]!.style.top = `${group.top}px`));
    this.setActive(this.activeId);
  }

  private makeButton(group: MarkerGroup): HTMLButtonElement {
    const clause = this.clauses.find(({ id }) => id === group.ids[0])!;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "marker";
    button.dataset["severity"] = group.severity;
    const label = group.ids.length === 1
      ? t("overlay_marker", severityWord(clause.severity), clause.title)
      : tn("overlay_marker_group", group.ids.length, severityWord(group.severity), clause.title);
    const automatic = group.ids.every((id) => this.clauses.find((one) => one.id === id)?.automatic);
    if (automatic) button.dataset["automatic"] = "";
    const reported = group.ids.every((id) => this.isReported(id));
    if (reported) button.dataset["reported"] = "";
    const said = [label, ...(automatic ? [t("overlay_marker_automatic")] : []), ...(reported ? [t("overlay_marker_reported")] : [])];
    const whole = said.join(" ");
    button.setAttribute("aria-label", whole);
    button.title = whole;
    button.append(severityIconNode(document, group.severity));
    if (group.ids.length > 1) {
      const count = document.createElement("span");
      count.className = "count";
      count.textContent = group.ids.length > 9 ? "9+" : String(group.ids.length);
      button.append(count);
    }
    const worst = [...group.ids].sort((a, b) => this.rank(a) - this.rank(b))[0]!;
    button.addEventListener("click", () => this.onOpen(group.ids.includes(this.activeId ?? "") ? this.activeId! : worst, button));
    return button;
  }

  private isReported(id: string): boolean {
    return this.clauses.find((one) => one.id === id)?.reported ?? false;
  }

  private rank(id: string): number {
    const clause = this.clauses.find((one) => one.id === id);
    return clause ? SEVERITY_ORDER.indexOf(clause.severity) : SEVERITY_ORDER.length;
  }

  private rove(to: number): void {
    this.roving = to;
    this.buttons.forEach((button, i) => (button.tabIndex = i === to ? 0 : -1));
    this.buttons[to]?.focus({ preventScroll: false });
  }

  private onKey(event: KeyboardEvent): void {
    const last = this.buttons.length - 1;
    const to = { ArrowDown: this.roving + 1, ArrowUp: this.roving - 1, Home: 0, End: last }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.rove(Math.max(0, Math.min(last, to)));
  }
}
