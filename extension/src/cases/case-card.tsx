/** One case: where it stands, when an answer is due, the next step, and what the reader can note. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Day } from "../actions/deadline";
import { letterOf, withCase, withEvent, withoutCase, withoutEvent, type Tracker, type Case, type CaseEvent, type CaseEventKind, type CaseState, type NextStep } from "../actions/tracker";
import { followUpPage } from "../letter/source";
import { t, type MessageKey } from "../platform/i18n";
import { changeTracker } from "../tracker-store";
import { showDay } from "../ui/dates";
import { Outside } from "../ui/provision/parts";
import { requestName } from "../ui/provision/way";
import { EventForm } from "./event-form";
import { notable } from "./model";
import { stepsOf } from "./steps";

export interface CaseCardProps {
  readonly item: Case;
  readonly state: CaseState;
  readonly now: Day;
  readonly onSaid: (said: Said) => void;
}

/** What was done, or that it could not be, and the case that it was about. */
export interface Said {
  readonly text: string;
  readonly good: boolean;
  readonly caseId: string;
}

/** Changes the list, and says so. False when it stayed as it was. */
async function change(edit: (tracker: Tracker) => Tracker, text: string, caseId: string, onSaid: CaseCardProps["onSaid"]): Promise<boolean> {
  const good = await changeTracker(edit);
  onSaid({ text: good ? text : t("cases_not_kept"), good, caseId });
  return good;
}

/** Id of the heading of a case; it takes the focus when what had it is gone. */
export function caseTitle(id: string): string {
  return `case-${id}`;
}

export function CaseCard({ item, state, now, onSaid }: CaseCardProps): JSX.Element {
  const [noting, setNoting] = useState<CaseEventKind | null>(null);
  const { id, entity, request } = item;
  const title = caseTitle(id);
  const buttons = useRef<HTMLDivElement>(null);
  const add = async (event: CaseEvent): Promise<void> => {
    const edit = (tracker: Tracker): Tracker => {
      const stored = tracker.cases.find((one) => one.id === id);
      return stored ? withCase(tracker, withEvent(stored, event)) : tracker;
    };
    // What was typed stays until it is kept.
    if (await change(edit, t("cases_noted", entity.name), id, onSaid)) setNoting(null);
  };
  const cancel = (): void => {
    buttons.current?.querySelector<HTMLElement>(`[data-event="${noting}"]`)?.focus();
    setNoting(null);
  };
  return (
    <article class="part stack case" data-case={id} data-status={state.status} aria-labelledby={title}>
      <header class="case-head">
        <h2 id={title} tabIndex={-1}>{entity.name}</h2>
        <span class="status" data-status={state.status}>{t(`cases_status_${state.status}` as MessageKey)}</span>
      </header>
      <p>
        <strong>{requestName(request)}</strong>
        {item.article ? <span class="quiet"> · {item.article}</span> : null}
      </p>
      <p class="quiet small">
        {item.recipient
          ? t("cases_sent_to", showDay(state.sentOn), t(`cases_way_${item.events[0]?.way ?? "email"}` as MessageKey), item.recipient)
          : t("cases_sent", showDay(state.sentOn), t(`cases_way_${item.events[0]?.way ?? "email"}` as MessageKey))}
        {item.provision ? ` ${t("cases_about", item.provision.title)}` : ""}
      </p>
      <Due state={state} />
      <Next item={item} state={state} now={now} />
      <p class="quiet small happened" aria-hidden="true">{t("cases_happened")}</p>
      <div class="row" role="group" aria-label={t("cases_what_happened", entity.name)} ref={buttons}>
        {notable(state.status).map((kind) => (
          <button
            key={kind}
            class="button"
            type="button"
            data-event={kind}
            aria-expanded={noting === kind}
            onClick={() => setNoting(noting === kind ? null : kind)}
          >
            {t(`cases_note_${kind}` as MessageKey)}
          </button>
        ))}
      </div>
      {noting ? <EventForm key={noting} kind={noting} id={id} from={state.sentOn} now={now} onAdd={(event) => void add(event)} onCancel={cancel} /> : null}
      <HistoryOf item={item} onSaid={onSaid} />
    </article>
  );
}

function Due({ state }: { state: CaseState }): JSX.Element | null {
  const { due, dueBasis, latest, confirmBy, status } = state;
  if (due === null) return status === "waiting" ? <p>{t("cases_no_deadline")}</p> : null;
  const basis = t(dueBasis === "law" ? "cases_due_law" : "cases_due_asked");
  return (
    <div>
      <p data-due={due}>
        <strong>{t(status === "overdue" ? "cases_was_due" : "cases_due", showDay(due))}</strong> <span class="quiet">{basis}</span>
      </p>
      {latest !== null && latest > due ? <p class="quiet small">{t("cases_latest", showDay(latest))}</p> : null}
      {confirmBy !== null ? <p class="quiet small">{t("cases_confirm_by", showDay(confirmBy))}</p> : null}
    </div>
  );
}

/** The step that fits best as a button, the others behind it as links. */
function Next({ item, state, now }: { item: Case; state: CaseState; now: Day }): JSX.Element | null {
  const [next = "none", ...also] = stepsOf(item, now);
  const steps = [next, ...also].filter((step) => letterOf(step) !== null);
  return (
    <>
      {HINTED.includes(next) ? <p>{t(`cases_next_${next.replace("-", "_")}` as MessageKey)}</p> : null}
      {state.status === "complained" && item.authority ? (
        <p><Outside href={item.authority.url}>{item.authority.name}</Outside></p>
      ) : null}
      {steps.length > 0 ? (
        <div class="row">
          {steps.map((step, order) => (
            <a key={step} class={order === 0 && step === next ? "button primary" : "button"} data-step={step} href={followUpPage(item.id, letterOf(step) ?? "reminder")}>
              {t(`cases_step_${step.replace("-", "_")}` as MessageKey)}
            </a>
          ))}
        </div>
      ) : null}
    </>
  );
}

const HINTED: readonly NextStep[] = ["remind", "complain", "read-answer", "answer-refusal"];

function HistoryOf({ item, onSaid }: { item: Case; onSaid: CaseCardProps["onSaid"] }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const { id, events, entity } = item;
  const undo = async (): Promise<void> => {
    const edit = (tracker: Tracker): Tracker => {
      const stored = tracker.cases.find((one) => one.id === id);
      return stored ? withCase(tracker, withoutEvent(stored, stored.events.length - 1)) : tracker;
    };
    await change(edit, t("cases_undone", entity.name), id, onSaid);
  };
  const remove = async (): Promise<void> => {
    dialog.current?.close();
    await change((tracker) => withoutCase(tracker, id), t("cases_removed", entity.name), id, onSaid);
  };
  return (
    <details>
      <summary>{t("cases_history")}</summary>
      <div class="stack">
        <ol class="history">
          {events.map((event) => (
            <li>
              <span class="quiet">{showDay(event.on)}</span>
              <span>
                {t(`cases_event_${event.kind}` as MessageKey)}
                {event.way ? ` (${t(`cases_way_${event.way}` as MessageKey)})` : ""}
                {event.until ? ` ${t("cases_until", showDay(event.until))}` : ""}
                {event.text ? `: ${event.text}` : ""}
              </span>
            </li>
          ))}
        </ol>
        <div class="row">
          {events.length > 1 ? (
            <button class="button" type="button" data-undo onClick={() => void undo()}>{t("cases_undo")}</button>
          ) : null}
          <button class="button danger" type="button" data-remove onClick={() => dialog.current?.showModal()}>{t("cases_remove")}</button>
        </div>
      </div>
      <dialog ref={dialog} aria-labelledby={`remove-${id}`}>
        <div class="stack">
          <h3 id={`remove-${id}`}>{t("cases_remove_title", entity.name)}</h3>
          <p>{t("cases_remove_text")}</p>
          <div class="row">
            <button class="button danger" type="button" onClick={() => void remove()}>{t("cases_remove")}</button>
            <button class="button" type="button" autofocus onClick={() => dialog.current?.close()}>{t("cases_cancel")}</button>
          </div>
        </div>
      </dialog>
    </details>
  );
}
