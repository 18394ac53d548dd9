/** What happened, and when: small forms for an answer, a refusal, a longer time, a note. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { isDay, type Day } from "../actions/deadline";
import type { CaseEvent, CaseEventKind } from "../actions/tracker";
import { t, type MessageKey } from "../platform/i18n";

const WITH_TEXT: readonly CaseEventKind[] = ["refused", "note"];

export interface EventFormProps {
  readonly id: string;
  readonly kind: CaseEventKind;
  /** Nothing of a case happened before it was sent. */
  readonly from: Day;
  readonly now: Day;
  readonly onAdd: (event: CaseEvent) => void;
  readonly onCancel: () => void;
}

export function EventForm({ id, kind, from, now, onAdd, onCancel }: EventFormProps): JSX.Element {
  const [on, setOn] = useState(now);
  const [text, setText] = useState("");
  const [until, setUntil] = useState("");
  const first = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!isDay(on) || on > now || on < from) return;
    const said = text.trim();
    onAdd({ kind, on, ...(said ? { text: said } : {}), ...(isDay(until) && until > on ? { until } : {}) });
  };
  return (
    <form class="event-form stack" onSubmit={submit}>
      <label class="stack tight" for={`on-${id}`}>
        <span>{t("cases_when")}</span>
        <input ref={first} id={`on-${id}`} class="field" type="date" required min={from} max={now} value={on} onInput={(event) => setOn(event.currentTarget.value)} />
      </label>
      {WITH_TEXT.includes(kind) ? (
        <label class="stack tight" for={`text-${id}`}>
          <span>{t(kind === "refused" ? "cases_reasons" : "cases_note_words")}</span>
          <textarea id={`text-${id}`} class="field" rows={3} maxLength={3000} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
      ) : null}
      {kind === "extended" ? (
        <label class="stack tight" for={`until-${id}`}>
          <span>{t("cases_new_date")}</span>
          <input id={`until-${id}`} class="field" type="date" min={on} value={until} onInput={(event) => setUntil(event.currentTarget.value)} />
        </label>
      ) : null}
      <div class="row">
        <button class="button primary" type="submit" data-add={kind}>{t(`cases_add_${kind}` as MessageKey)}</button>
        <button class="button" type="button" onClick={onCancel}>{t("cases_cancel")}</button>
      </div>
    </form>
  );
}
