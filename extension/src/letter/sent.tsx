/** "I sent this": the letter becomes a case of the tracker, or the next event of one. Only the reader can know that it went out. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { followUpEvent, startCase } from "../actions/case-letters";
import { isDay, today } from "../actions/deadline";
import { stateOf, withCase, withEvent, type Case } from "../actions/tracker";
import type { Language, WayOfSending } from "../actions/types";
import { t, type MessageKey } from "../platform/i18n";
import { changeTracker } from "../tracker-store";
import { showDay } from "../ui/dates";
import type { LetterKind, LetterSheet } from "./model";
import type { Source } from "./source";

const WAYS: readonly WayOfSending[] = ["email", "post", "form", "setting"];

export interface SentProps {
  readonly source: Source;
  readonly kind: LetterKind;
  readonly sheet: LetterSheet;
  readonly language: Language;
  readonly address: string;
  readonly firstWay: WayOfSending;
}

export function Sent({ source, kind, sheet, language, address, firstWay }: SentProps): JSX.Element {
  const now = today(new Date());
  const [picked, setWay] = useState<WayOfSending | null>(null);
  const [on, setOn] = useState(now);
  const [done, setDone] = useState<Case | null>(null);
  const [failed, setFailed] = useState(false);
  const busy = useRef(false);
  const said = useRef<HTMLDivElement>(null);
  // The form that had the focus has gone: the answer to it takes it.
  useEffect(() => {
    if (done !== null) said.current?.focus();
  }, [done]);
  const way = picked ?? firstWay;
  if (kind === "own" || sheet.rule === null) {
    return (
      <section class="part screen-only" aria-labelledby="sent-title">
        <h2 id="sent-title">{t("letters_sent_title")}</h2>
        <p class="quiet">{t("letters_sent_own")}</p>
      </section>
    );
  }
  const { rule } = sheet;
  /** What follows a request comes after it. */
  const from = source.kind === "case" ? stateOf(source.item, now).sentOn : undefined;

  async function note(event: Event): Promise<void> {
    event.preventDefault();
    // A second click while the first is at work would note it twice.
    if (!isDay(on) || on > now || (from !== undefined && on < from) || busy.current) return;
    busy.current = true;
    let item: Case;
    if (source.kind === "case") {
      const next = followUpEvent(rule, on, way);
      item = withEvent(source.item, next);
      const authority = kind === "complaint" && sheet.authority ? { name: sheet.authority.name, url: sheet.authority.url } : item.authority;
      item = { ...item, authority };
    } else {
      const { entity, document, provision } = source.draft;
      item = startCase({
        id: crypto.randomUUID(),
        rule,
        place: sheet.place,
        language,
        entity,
        document,
        provision: provision && { id: provision.id, title: provision.title, clause: provision.clause },
        recipient: recipientLine(way, address, sheet),
        authority: sheet.authority,
        on,
        way,
      });
    }
    // What happened to the case in another tab meanwhile stays: only the event is added there.
    const kept = await changeTracker((tracker) => {
      const stored = tracker.cases.find(({ id }) => id === item.id);
      const event = source.kind === "case" ? item.events.find((one) => !source.item.events.includes(one)) : undefined;
      return withCase(tracker, stored && event ? { ...withEvent(stored, event), authority: item.authority } : item);
    });
    busy.current = kept;
    setFailed(!kept);
    if (kept) setDone(item);
  }

  return (
    <section class="part stack screen-only" aria-labelledby="sent-title">
      <h2 id="sent-title">{t("letters_sent_title")}</h2>
      {done === null ? (
        <form class="row end" onSubmit={(event) => void note(event)}>
          <label class="stack tight" for="sent-way">
            <span>{t("letters_sent_way")}</span>
            <select id="sent-way" class="field" value={way} onChange={(event) => setWay(WAYS.find((one) => one === event.currentTarget.value) ?? null)}>
              {WAYS.map((one) => (
                <option key={one} value={one}>{t(`cases_way_${one}` as MessageKey)}</option>
              ))}
            </select>
          </label>
          <label class="stack tight" for="sent-on">
            <span>{t("letters_sent_on")}</span>
            <input id="sent-on" class="field" type="date" min={from} max={now} required value={on} onInput={(event) => setOn(event.currentTarget.value)} />
          </label>
          <button id="sent-note" class="button primary" type="submit">{t("letters_sent")}</button>
        </form>
      ) : null}
      <div role="status" id="sent-said" tabIndex={-1} ref={said}>
        {failed ? <p class="notice warning">{t("letters_sent_failed")}</p> : null}
        {done === null ? null : (
          <p class="notice good">
            {due(done, now)} <a href="cases.html">{t("letters_to_cases")}</a>
          </p>
        )}
      </div>
      <p class="quiet small">{t("letters_sent_text")}</p>
    </section>
  );
}

function due(item: Case, now: string): string {
  const { due: last } = stateOf(item, now);
  return last === null ? t("letters_sent_done") : t("letters_sent_due", showDay(last));
}

/** To whom, as the list of cases shows it. */
function recipientLine(way: WayOfSending, address: string, { recipient }: LetterSheet): string | null {
  if (way === "email" && address.trim() !== "") return address.trim();
  if (way === "post" && recipient?.postal) return recipient.name ?? recipient.postal.split("\n")[0] ?? null;
  return recipient?.name ?? null;
}
