/**
 * The card as a dialog: where it stands, who has the focus, and that the focus goes back where it came from.
 * It leaves the page usable beside it; on narrow screens it fills the screen and keeps the focus inside.
 */
import { computePosition, offset, shift, type VirtualElement } from "@floating-ui/dom";
import { render } from "preact";
import { EDGE, placeCard, type Box } from "./card-place";
import { CARD_TITLE_ID, CardView, type CardViewProps } from "./card-view";

/** Below this width the card is a full-screen sheet. */
const SHEET_WIDTH = 480;

/** What the card keeps clear of, in the viewport. */
export interface CardAnchor {
  readonly clause: Box;
  readonly block: Box;
}

export class Card {
  private readonly element: HTMLElement;
  private returnTo: HTMLElement | null = null;
  private anchor: (() => CardAnchor | null) | null = null;
  private open = false;

  constructor(private readonly root: ShadowRoot) {
    this.element = root.ownerDocument.createElement("div");
    this.element.className = "card";
    this.element.tabIndex = -1;
    this.element.setAttribute("role", "dialog");
    this.element.setAttribute("aria-labelledby", CARD_TITLE_ID);
    // The top layer: no stacking context or transformed ancestor of the page can cover or shift it.
    this.element.popover = "manual";
    this.element.addEventListener("keydown", (event) => this.keepFocus(event));
    // What is typed into the card is no shortcut of the page's.
    for (const type of ["keydown", "keypress", "keyup"]) this.element.addEventListener(type, stopAtField);
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** `anchor` gives the clause's place whenever it is asked; `returnTo` gets the focus when the card closes. */
  show(props: CardViewProps, anchor: () => CardAnchor | null, returnTo: HTMLElement | null): void {
    const first = !this.open;
    this.anchor = anchor;
    if (returnTo) this.returnTo = returnTo;
    else if (first) this.returnTo = deepActive(document);
    if (first) {
      this.root.append(this.element);
      window.addEventListener("resize", this.onResize, { passive: true });
    }
    this.open = true;
    render(<CardView {...props} />, this.element);
    if (first) this.element.showPopover();
    void this.place();
    if (first || !this.element.matches(":focus-within")) this.element.focus({ preventScroll: true });
  }

  /** New facts about the clause that is shown; nothing moves. */
  update(props: CardViewProps): void {
    if (this.open) render(<CardView {...props} />, this.element);
  }

  close(focusBack = true): void {
    if (!this.open) return;
    this.open = false;
    window.removeEventListener("resize", this.onResize);
    const inside = this.element.matches(":focus-within");
    render(null, this.element);
    if (this.element.matches(":popover-open")) this.element.hidePopover();
    this.element.remove();
    if (focusBack && inside && this.returnTo?.isConnected) this.returnTo.focus({ preventScroll: true });
    this.returnTo = null;
  }

  private readonly onResize = (): void => {
    requestAnimationFrame(() => void this.place());
  };

  private async place(): Promise<void> {
    const { element } = this;
    const sheet = window.innerWidth < SHEET_WIDTH;
    element.toggleAttribute("data-sheet", sheet);
    element.setAttribute("aria-modal", String(sheet));
    element.style.maxHeight = "";
    if (sheet) {
      element.style.left = element.style.top = "";
      return;
    }
    const { innerWidth: width, innerHeight: height } = window;
    const middle = { left: width - EDGE, right: width - EDGE, top: height / 3, bottom: height / 3 };
    const anchor = this.anchor?.() ?? { clause: middle, block: middle };
    const { placement, reference, maxHeight } = placeCard(anchor.clause, anchor.block, width, height);
    element.style.maxHeight = `${Math.round(maxHeight)}px`;
    const clause: VirtualElement = {
      getBoundingClientRect: () => new DOMRect(reference.left, reference.top, reference.right - reference.left, reference.bottom - reference.top),
    };
    const middleware = [offset(EDGE), shift({ padding: EDGE, crossAxis: true })];
    const { x, y } = await computePosition(clause, element, { strategy: "fixed", placement, middleware });
    if (!this.open) return;
    element.style.left = `${Math.round(x)}px`;
    element.style.top = `${Math.round(y)}px`;
  }

  /** As a full-screen sheet the card is all there is: Tab goes round in it. */
  private keepFocus(event: KeyboardEvent): void {
    if (event.key !== "Tab" || !this.element.hasAttribute("data-sheet")) return;
    const stops = [...this.element.querySelectorAll<HTMLElement>("a[href],button,summary,input,select,textarea,[tabindex='0']")]
      .filter((stop) => stop.checkVisibility());
    const first = stops[0];
    const last = stops[stops.length - 1];
    const at = this.root.activeElement;
    if (event.shiftKey && (at === first || at === this.element)) last?.focus();
    else if (!event.shiftKey && at === last) first?.focus();
    else return;
    event.preventDefault();
  }
}

function stopAtField(event: Event): void {
  if ((event.target as Element | null)?.matches("input,textarea,select")) event.stopPropagation();
}

/** What has the focus, also inside open shadow roots. */
function deepActive(start: Document): HTMLElement | null {
  let active = start.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active === start.body ? null : (active as HTMLElement | null);
}
