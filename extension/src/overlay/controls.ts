/** Clicks and keys of the page that concern the overlay, in the page and in its same-origin frames. */
import { clausesAt, isOwnControl, isSelecting } from "./hit";
import { isInField, meaningOf, type PageKey } from "./keyboard";
import type { Painter } from "./paint";

export interface ControlHandlers {
  /** A click on painted text (ids, narrowest first) or, with none, anywhere else on the page. */
  readonly onClick: (ids: readonly string[]) => void;
  /** True when the key meant something, and the page shall not get it. */
  readonly onKey: (key: PageKey) => boolean;
}

export class Controls {
  private documents = new Set<Document>();
  private shadowRoots: readonly ShadowRoot[] = [];

  constructor(
    private readonly host: HTMLElement,
    private readonly painter: Painter,
    private readonly handlers: ControlHandlers,
  ) {
    this.listen([document]);
  }

  /** Listen in these documents, and look into these shadow roots. */
  listen(roots: readonly (Document | ShadowRoot)[]): void {
    this.shadowRoots = roots.filter((root): root is ShadowRoot => "host" in root);
    const documents = new Set(roots.filter((root): root is Document => !("host" in root)));
    for (const one of this.documents) if (!documents.has(one)) this.leave(one);
    for (const one of documents) {
      if (this.documents.has(one)) continue;
      // Last of all: what the page does with a click of its own (preventDefault) has then been said.
      one.defaultView?.addEventListener("click", this.onClick);
      one.defaultView?.addEventListener("keydown", this.onKeyDown, { capture: true });
    }
    this.documents = documents;
  }

  stop(): void {
    for (const one of this.documents) this.leave(one);
    this.documents = new Set();
  }

  private leave(one: Document): void {
    one.defaultView?.removeEventListener("click", this.onClick);
    one.defaultView?.removeEventListener("keydown", this.onKeyDown, { capture: true });
  }

  private readonly onClick = (event: MouseEvent): void => {
    if (event.button !== 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.composedPath().includes(this.host)) return;
    const where = (event.target as Node | null)?.ownerDocument ?? document;
    // A click by the keyboard or by a script has no place.
    if (event.detail === 0 || isOwnControl(event) || isSelecting(where)) return;
    const roots = this.shadowRoots.filter((root) => root.ownerDocument === where);
    this.handlers.onClick(clausesAt(this.painter, where, event.clientX, event.clientY, roots));
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const key = meaningOf(event, isInField(event));
    if (!key || !this.handlers.onKey(key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
