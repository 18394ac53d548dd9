/** The overlay's life in one page: asks what to paint, reads the page, paints, follows changes, and leaves no trace. */
import type { Provision } from "../contract/types";
import { isHiddenByReport, reportOf, type OwnReport } from "../own-reports";
import type { OutcomeReport, TroubleKind } from "../page-state";
import { answerOrders, call } from "../platform/messaging";
import { extensionAlive } from "../platform/runtime";
import type { Settings } from "../settings";
import { measured, readAndAnchor, type Reading } from "./anchoring-run";
import { Card, type CardAnchor } from "./card";
import type { CardViewProps } from "./card-view";
import { actionsPort } from "../ui/provision/actions-port";
import { clausesToPaint, provisionsOf, sameOutcomes } from "./clauses";
import { Coalescer, FIRST_PACE, LATER_PACE } from "./coalesce";
import { Controls } from "./controls";
import { disputePort, type DisputePort } from "../ui/provision/dispute-port";
import type { Tools } from "../ui/provision/types";
import { Host } from "./host";
import type { PageKey } from "./keyboard";
import { Markers, type MarkerClause } from "./markers";
import { Painter } from "./paint";
import { PageTooLarge } from "./page-text";
import { blockBox, visibleBox } from "./ranges";
import { reveal } from "./reveal";
import { Watcher } from "./watch";

/** A page that keeps throwing our host out is left in peace after so many times. */
const MAX_REATTACH = 50;
/** An update or removal of the extension tells its pages' scripts nothing: they have to look. */
const LIFE_CHECK_MS = 5_000;
/** How long a jump waits for the page's first reading. */
const JUMP_PATIENCE_MS = 4_000;

export class Session {
  private readonly host = new Host();
  private readonly disputes: DisputePort = disputePort(null, () => void this.openPanel());
  private readonly actions = actionsPort(null);
  private readonly painter = new Painter();
  private readonly card = new Card(this.host.root);
  private readonly markers = new Markers(this.host.root, this.host.element, (id, from) => void this.openCard(id, from));
  private readonly controls = new Controls(this.host.element, this.painter, {
    onClick: (ids) => this.onPageClick(ids),
    onKey: (key) => this.onKey(key),
  });
  private readonly coalescer = new Coalescer(() => this.read(), FIRST_PACE);
  private readonly watcher = new Watcher(() => this.coalescer.touch(), () => void this.ask());
  private readonly over = new AbortController();
  private readonly lifeCheck = setInterval(() => {
    if (!extensionAlive()) this.end(false);
  }, LIFE_CHECK_MS);
  private readonly stopOrders: () => void;
  private provisions: readonly Provision[] = [];
  private settings: Settings | null = null;
  private reports: readonly OwnReport[] = [];
  private reading: Reading | null = null;
  private clauses: readonly MarkerClause[] = [];
  /** Clauses that are hardly worth marking, but the user went to them. */
  private readonly asked = new Set<string>();
  private reported: readonly OutcomeReport[] | null = null;
  private openId: string | null = null;
  private cursor = -1;
  private reattached = 0;

  /**
   * `onEnd` is called once, when nothing of the overlay is left. `tools`: what the server's own pages add to cards.
   */
  constructor(private readonly onEnd: (restartable: boolean) => void, private readonly tools?: Tools) {
    this.stopOrders = answerOrders({
      "overlay.jump": ({ provisionId }) => this.jump(provisionId),
      "overlay.settings": async ({ settings }) => this.applySettings(settings),
      "overlay.reports": async ({ reports }) => this.applyReports(reports),
      "overlay.remove": async () => this.end(false),
    });
    window.addEventListener("pagehide", this.onPageHide);
    void this.ask();
  }

  /** Ask what this address has; also when the single-page application has moved on, and when injected again. */
  async ask(): Promise<void> {
    this.closeCard(false);
    await this.load();
  }

  /** The same page has other labels: what is open stays open as long as it has one. */
  async renew(): Promise<void> {
    await this.load();
  }

  private async load(): Promise<void> {
    const canonical = document.querySelector<HTMLLinkElement>("link[rel~=canonical][href]")?.href ?? null;
    let answer;
    try {
      answer = await call("overlay.ready", { url: location.href, canonicalLink: canonical });
    } catch {
      this.end(false);
      return;
    }
    if (this.over.signal.aborted) return;
    if (!answer) {
      this.end(false);
      return;
    }
    this.provisions = provisionsOf(answer.matches);
    this.settings = answer.settings;
    this.reports = answer.reports ?? [];
    this.reading = null;
    this.reported = null;
    this.coalescer.touch();
  }

  end(restartable: boolean): null {
    if (this.over.signal.aborted) return null;
    this.over.abort();
    clearInterval(this.lifeCheck);
    this.coalescer.stop();
    this.watcher.stop();
    this.controls.stop();
    this.stopOrders();
    window.removeEventListener("pagehide", this.onPageHide);
    this.card.close();
    this.markers.destroy();
    this.painter.clear();
    this.host.destroy();
    this.reading = null;
    this.clauses = [];
    this.onEnd(restartable);
    return null;
  }

  private readonly onPageHide = (event: PageTransitionEvent): void => {
    this.end(event.persisted);
  };

  private async read(): Promise<void> {
    if (!extensionAlive()) return void this.end(false);
    if (!this.settings || document.readyState === "loading") return;
    if (!this.host.element.isConnected && ++this.reattached <= MAX_REATTACH) this.host.attach();
    try {
      const reading = await readAndAnchor(this.provisions, this.reading, this.over.signal);
      this.reading = reading;
      this.watcher.observe(reading.page.roots);
      this.controls.listen(reading.page.roots);
      await measured("paint", () => this.paint());
    } catch (error) {
      if (this.over.signal.aborted) return;
      if (error instanceof PageTooLarge) return this.trouble("page-too-large", "");
      throw error;
    }
    this.coalescer.setPace(LATER_PACE);
    await this.report();
  }

  private paint(): void {
    if (!this.reading || !this.settings) return;
    const shown = this.provisions.filter(({ id }) => !isHiddenByReport(this.reports, id));
    const reported = new Set(this.reports.filter(({ state }) => state === "open").map(({ provisionId }) => provisionId));
    this.clauses = clausesToPaint(shown, this.reading, this.settings, this.asked, reported);
    this.painter.paint(this.clauses);
    this.markers.show(this.clauses);
    const props = this.openId ? this.cardProps(this.openId) : null;
    if (props) this.card.update(props);
    else this.closeCard();
  }

  private async report(): Promise<void> {
    const outcomes = this.reading?.outcomes;
    if (!outcomes || (this.reported && sameOutcomes(this.reported, outcomes))) return;
    this.reported = outcomes;
    try {
      await call("overlay.outcomes", { outcomes });
    } catch {
      this.reported = null; // told with the next reading
      if (!extensionAlive()) this.end(false);
    }
  }

  private async trouble(kind: TroubleKind, detail: string): Promise<void> {
    this.painter.clear();
    this.markers.show([]);
    this.closeCard();
    try {
      await call("overlay.trouble", { kind, detail });
    } catch {
      this.end(false);
    }
  }

  private applySettings(settings: Settings): null {
    this.settings = settings;
    this.paint();
    return null;
  }

  private applyReports(reports: readonly OwnReport[]): null {
    this.reports = reports;
    this.paint();
    return null;
  }

  private onPageClick(ids: readonly string[]): void {
    // A second click at the same place reaches the clause below.
    const at = this.openId ? ids.indexOf(this.openId) : -1;
    const id = ids[(at + 1) % Math.max(1, ids.length)];
    if (id) void this.openCard(id, null);
    else this.closeCard(false);
  }

  private onKey(key: PageKey): boolean {
    if (key === "escape") {
      if (!this.card.isOpen) return false;
      this.closeCard();
      return true;
    }
    if (this.clauses.length === 0) return false;
    void this.step(key === "next" ? 1 : -1);
    return true;
  }

  /** Next or previous clause: its card if one is open, else its marker. Goes round at the ends. */
  private async step(by: 1 | -1): Promise<void> {
    const count = this.clauses.length;
    if (count === 0) return;
    const from = this.openId ? this.clauses.findIndex(({ id }) => id === this.openId) : this.cursor;
    this.cursor = from < 0 && by < 0 ? count - 1 : (from + by + count) % count;
    const clause = this.clauses[this.cursor]!;
    if (this.card.isOpen) {
      await this.jump(clause.id);
      return;
    }
    await reveal(clause.ranges);
    this.painter.setActive(clause.id);
    this.markers.setActive(clause.id);
    this.markers.focus(clause.id);
  }

  private async jump(id: string): Promise<{ jumped: boolean }> {
    const end = performance.now() + JUMP_PATIENCE_MS;
    while (!this.reading && !this.over.signal.aborted && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (!this.clauses.some((one) => one.id === id)) {
      this.asked.add(id);
      this.paint();
    }
    const clause = this.clauses.find((one) => one.id === id);
    const shown = clause ? await reveal(clause.ranges) : true;
    const opened = this.openCard(id, this.markers.buttonOf(id), !shown);
    return { jumped: opened && clause !== undefined };
  }

  private cardProps(id: string, concealed = false): CardViewProps | null {
    const provision = this.provisions.find((one) => one.id === id);
    if (!provision) return null;
    return {
      provision,
      report: this.reading?.outcomes.find(({ provisionId }) => provisionId === id) ?? null,
      serverAddress: this.settings?.serverAddress ?? null,
      own: reportOf(this.reports, id),
      disputes: this.disputes,
      actions: this.actions,
      tools: this.tools,
      index: this.clauses.findIndex((clause) => clause.id === id),
      count: this.clauses.length,
      concealed,
      onStep: (by) => void this.step(by),
      onOpen: (other) => void this.jump(other),
      onClose: () => this.closeCard(),
      onPanel: () => void this.openPanel(),
    };
  }

  private async openPanel(): Promise<void> {
    await call("overlay.open-panel", { provisionId: this.openId }).catch(() => undefined);
  }

  private openCard(id: string, returnTo: HTMLElement | null, concealed = false): boolean {
    const props = this.cardProps(id, concealed);
    if (!props) return false;
    this.openId = id;
    if (props.index >= 0) this.cursor = props.index;
    this.painter.setActive(id);
    this.markers.setActive(id);
    this.card.show(props, () => this.anchorOf(id), returnTo);
    return true;
  }

  private anchorOf(id: string): CardAnchor | null {
    const ranges = this.clauses.find((clause) => clause.id === id)?.ranges ?? [];
    const clause = visibleBox(ranges);
    return clause && { clause, block: blockBox(ranges) ?? clause };
  }

  closeCard(focusBack = true): void {
    if (!this.openId) return;
    this.openId = null;
    this.card.close(focusBack);
    this.painter.setActive(null);
    this.markers.setActive(null);
  }
}
