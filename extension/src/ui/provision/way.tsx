/** One way: what it is, the button that does it, how far it helps, what it costs, and how sure all of that is. */
import type { JSX } from "preact";
import type { FactView, WayView } from "../../actions/view";
import type { RequestKind } from "../../actions/types";
import { t, tn, type MessageKey } from "../../platform/i18n";
import { showDay } from "../dates";
import { httpsLink, mailtoLink } from "../links";
import { Outside } from "./parts";

export function requestName(kind: RequestKind): string {
  return t(`actions_request_${kind.replace(/-/g, "_")}` as MessageKey);
}

export function wayTitle({ title, request, fact }: WayView): string {
  if (title !== null) return title;
  if (request !== null) return requestName(request);
  return t(`actions_page_${fact?.kind ?? "contact"}`);
}

export function OneWay({ way, first = false, verified, onWrite }: {
  way: WayView;
  first?: boolean;
  /** When the record was verified last: as fresh is what it says one can do. */
  verified: string;
  onWrite: (wayId: string) => void;
}): JSX.Element {
  const { steps } = way;
  return (
    <div class="way" data-way={way.id} data-how={way.how}>
      <p class="action-title">
        <span class="kind">{t(`ui_action_${way.kind}` as MessageKey)}</span> {wayTitle(way)}
      </p>
      {steps.length > 0 && first ? <Steps steps={steps} /> : null}
      <WayButtons way={way} first={first} onWrite={onWrite} />
      <p class="effect" data-effect={way.effect}>
        <strong>{t(`ui_effect_${way.effect}` as MessageKey)}</strong> {way.effectNote ?? ""}
      </p>
      {way.stale ? <p class="note" data-stale>{t("actions_stale")}</p> : null}
      <p class="quiet-text cost">{costs(way).join(" ")}</p>
      <Details way={way} verified={verified} withSteps={!first} />
    </div>
  );
}

/** What it costs, in short sentences; the account first, because nothing brings it back. */
function costs({ accountLost, minutes, identityDocument }: WayView): string[] {
  return [
    accountLost ? t("actions_account_lost") : "",
    minutes !== null ? tn("ui_action_minutes", minutes) : "",
    identityDocument === true ? t("actions_identity_document") : "",
  ].filter(Boolean);
}

function Steps({ steps }: { steps: readonly string[] }): JSX.Element {
  return (
    <ol class="steps">
      {steps.map((step) => (
        <li>{step}</li>
      ))}
    </ol>
  );
}

export function WayButtons({ way, first, onWrite }: { way: WayView; first: boolean; onWrite: (wayId: string) => void }): JSX.Element | null {
  const link = httpsLink(way.url);
  const open = link ? (
    <Outside href={link} button>{t("ui_action_open", new URL(link).hostname)}</Outside>
  ) : null;
  const write = way.letter ? (
    <button type="button" class={way.how === "link" || !first ? "button quiet" : "button"} onClick={() => onWrite(way.id)}>
      {t(way.how === "complaint" ? "actions_write_complaint" : "actions_write")}
      <span class="unseen">: {wayTitle(way)}</span>
    </button>
  ) : null;
  const mail = way.letter ? null : mailtoLink(way.email);
  if (!open && !write && !mail) return null;
  return (
    <div class="buttons">
      {mail ? (
        <a class="button" href={mail} target="_blank" rel="noopener noreferrer">{t("ui_action_email", way.email ?? "")}</a>
      ) : null}
      {way.how === "link" ? open : write}
      {way.how === "link" ? write : open}
    </div>
  );
}

/** What one should know before: the law, what may be refused, who says so and when it was checked. */
function Details({ way, verified, withSteps }: { way: WayView; verified: string; withSteps: boolean }): JSX.Element | null {
  const facts: [MessageKey, string][] = [];
  const add = (key: MessageKey, text: string | null): void => void (text && facts.push([key, text]));
  if (way.right !== null) add("actions_fact_right", right(way));
  add("actions_fact_refuse", way.refuse);
  add("actions_fact_deadline", way.deadline && t(`actions_deadline_${way.deadline.basis}`, way.deadline.phrase));
  add("actions_fact_fee", way.fee);
  add("actions_fact_to", way.email);
  const own = way.id.startsWith("action:") ? t("actions_from_record", showDay(verified)) : null;
  add("actions_fact_checked", way.fact ? freshness(way.fact) : own);
  const steps = withSteps && way.steps.length > 0;
  if (facts.length === 0 && !steps) return null;
  return (
    <details class="letter">
      <summary>
        {t(way.right !== null ? "actions_details" : steps ? "actions_details_steps" : "actions_details_page")}
        <span class="unseen">: {wayTitle(way)}</span>
      </summary>
      {steps ? <Steps steps={way.steps} /> : null}
      <dl class="facts">
        {facts.map(([key, text]) => (
          <div class="row" key={key}>
            <dt>{t(key)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function right({ right: given, article, note }: WayView): string {
  const words = given === null ? "" : t(`actions_right_${given}`);
  return [words, article ? `${article}.` : "", note ?? ""].filter(Boolean).join(" ");
}

/** When a fact was last checked, or that nobody did. */
export function freshness({ project, statedOn, check, page }: FactView): string {
  const source = t(`actions_source_${project}`);
  const said = statedOn ? t("actions_stated", source, showDay(statedOn)) : t("actions_stated_undated", source);
  if (!page) return said;
  const visit = check ? t(`actions_check_${check.status}`, showDay(check.at)) : t("actions_check_never");
  return `${said} ${visit}`;
}
