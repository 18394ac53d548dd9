/** What the extension's background worker does for overlay and panel, for the one page of the reader. */
import { kinds } from "../actions/generated/kinds.json";
import type { AnnotationSet, CategoryInfo, DisputeAnswer } from "../contract/types";
import type { DisputeFailure } from "../dispute/model";
import type { OwnReport } from "../own-reports";
import { isPainted, type PageState } from "../page-state";
import { answerCalls, broadcast, order, type CallHandlers } from "../platform/messaging";
import { DEFAULT_SETTINGS } from "../settings";
import { permalinkOf } from "../ui/links";
import { choosePlace, readChoices } from "./choices";
import { choiceFor, letterAddress } from "./page-data";
import { ask } from "./server";
import { TAB } from "./tab";

export class ReaderState {
  state: PageState;

  constructor(set: AnnotationSet, categories: readonly CategoryInfo[]) {
    const matches = [{ relation: "same" as const, set }];
    this.state = {
      tabId: TAB,
      status: "matched",
      matches,
      categories,
      outcomes: [],
      painted: false,
      trouble: null,
      fromCache: false,
      reports: [],
      focus: null,
    };
    // The calls that overlay and panel make; all others find nobody, as on a page that is not open.
    answerCalls(this.handlers() as CallHandlers);
  }

  private async change(changes: Partial<PageState>): Promise<void> {
    this.state = { ...this.state, ...changes };
    await broadcast("page.changed", { state: this.state });
  }

  get set(): AnnotationSet {
    return this.state.matches[0]!.set;
  }

  /** The document's labels as they are now: after a change of one. */
  async show(set: AnnotationSet): Promise<void> {
    await this.change({ matches: [{ relation: "same", set }] });
  }

  private handlers(): Partial<CallHandlers> {
    return {
      "overlay.ready": async () => ({
        matches: this.state.matches,
        settings: { ...DEFAULT_SETTINGS, serverAddress: location.origin },
        reports: this.state.reports ?? [],
      }),
      "overlay.outcomes": async ({ outcomes }) => {
        await this.change({ outcomes, painted: isPainted(outcomes) });
        return null;
      },
      "overlay.trouble": async ({ kind, detail }) => {
        await this.change({ trouble: { kind, detail } });
        return null;
      },
      "overlay.open-panel": async ({ provisionId }) => {
        // Asked again for the same clause, the panel would not notice.
        await this.change({ focus: null });
        await this.change({ focus: provisionId });
        document.getElementById("clauses")?.scrollIntoView({ block: "start" });
        return null;
      },
      "page.state": async () => this.state,
      "page.jump": ({ provisionId }) => order(TAB, "overlay.jump", { provisionId }),
      "actions.choose": async ({ provisionId }) => {
        const { directory, provisions } = this.state.matches[0]!.set;
        const found = provisions.find(({ id }) => id === provisionId);
        return found ? choiceFor({ ...found, type: found.clause_type }, directory, readChoices().place) : null;
      },
      "actions.place": async ({ code }) => {
        choosePlace(code);
        return null;
      },
      "actions.letter": async ({ provisionId, wayId }) => {
        location.assign(letterAddress(provisionId, wayId));
        return { opened: true };
      },
      "dispute.send": async ({ request }) => {
        const answer = await ask<DisputeAnswer>("/v1/disputes", { method: "POST", body: request });
        if (!answer.ok) return { ok: false, failure: failureOf(answer.status, answer.problem?.detail ?? "") };
        await this.keep(request.provision, request.reason, answer.value);
        return { ok: true };
      },
      "dispute.kinds": async () => kinds,
      "dispute.hide": async ({ provisionId, hidden }) => {
        await this.report((one) => (one.provisionId === provisionId ? { ...one, hidden } : one));
        return null;
      },
      "dispute.check": async ({ provisionId }) => {
        const own = this.state.reports?.find((one) => one.provisionId === provisionId);
        if (!own) return { ok: false, failure: { kind: "unknown", detail: "" } };
        location.assign(own.url);
        return { ok: true };
      },
    };
  }

  private async keep(provisionId: string, reason: OwnReport["reason"], answer: DisputeAnswer): Promise<void> {
    const set = this.state.matches[0]!.set;
    const provision = set.provisions.find(({ id }) => id === provisionId);
    if (!provision) return;
    const server = location.origin;
    const own: OwnReport = {
      server,
      provisionId,
      documentId: set.document.id,
      title: provision.title,
      entity: provision.entity.name,
      severity: provision.severity,
      reason,
      sentAt: Date.parse(answer.created_at),
      token: answer.token,
      url: permalinkOf(answer.url, server) ?? `${server}/disputes/${answer.token}`,
      moderation: answer.moderation ? permalinkOf(answer.moderation, server) : null,
      decidedBefore: 0,
      hidden: false,
      state: "open",
      decision: null,
      seen: false,
    };
    await this.report((one) => one, own);
  }

  private async report(edit: (report: OwnReport) => OwnReport, ...more: readonly OwnReport[]): Promise<void> {
    const reports = [...(this.state.reports ?? []).map(edit), ...more];
    await this.change({ reports });
    await order(TAB, "overlay.reports", { reports });
  }
}

function failureOf(status: number, detail: string): DisputeFailure {
  if (status === 404) return { kind: "unknown", detail };
  if (status === 503 || status === 429) return { kind: "busy", detail };
  return { kind: status === 0 ? "trouble" : "refused", detail };
}
