/** Notices what may change the text or the address of the page. Only notices: the reading is the coalescer's. */

export class Watcher {
  private readonly observer: MutationObserver;
  private roots = new Set<Node>();
  private address = location.href;

  constructor(
    private readonly onChange: () => void,
    private readonly onAddress: () => void,
  ) {
    // A thousand calls a second may come: nothing is looked at here.
    this.observer = new MutationObserver(() => {
      this.checkAddress();
      this.onChange();
    });
    window.addEventListener("popstate", this.checkAddress);
    window.addEventListener("hashchange", this.checkAddress);
    navigationOf()?.addEventListener("currententrychange", this.checkAddress);
    document.addEventListener("readystatechange", this.onChange);
    this.observe([document]);
  }

  /** Watch exactly these documents and shadow roots. */
  observe(roots: readonly Node[]): void {
    if (roots.length === this.roots.size && roots.every((root) => this.roots.has(root))) return;
    this.observer.disconnect();
    this.roots = new Set(roots);
    for (const root of roots) this.observer.observe(root, { childList: true, characterData: true, subtree: true });
  }

  stop(): void {
    this.observer.disconnect();
    window.removeEventListener("popstate", this.checkAddress);
    window.removeEventListener("hashchange", this.checkAddress);
    navigationOf()?.removeEventListener("currententrychange", this.checkAddress);
    document.removeEventListener("readystatechange", this.onChange);
  }

  /** Single-page applications change the address without a load; a fragment is the same page. */
  private readonly checkAddress = (): void => {
    if (location.href === this.address) return;
    const before = this.address.split("#", 1)[0];
    this.address = location.href;
    if (this.address.split("#", 1)[0] !== before) this.onAddress();
  };
}

function navigationOf(): EventTarget | undefined {
  return (globalThis as { navigation?: EventTarget }).navigation;
}
