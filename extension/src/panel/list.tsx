/** The list: groups of buttons, one of them a tab stop, the arrow keys reach the others. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../platform/i18n";
import { reportOf, type OwnReport } from "../own-reports";
import { isNotable } from "../visible-provisions";
import { confidenceWord, percent } from "../ui/confidence";
import { outcomeWord, severityWord } from "../ui/severity";
import { SeverityIcon } from "../ui/severity-badge";
import type { Entry, Group } from "./model";

export interface ListProps {
  readonly groups: readonly Group[];
  readonly reports?: readonly OwnReport[] | undefined;
  /** The entry that is the tab stop. */
  readonly current: string | null;
  /** Give it the focus (back from the detail). */
  readonly focusCurrent: boolean;
  readonly onCurrent: (id: string) => void;
  readonly onChoose: (entry: Entry) => void;
}

export function groupTitle(key: Group["key"]): string {
  if (key === "page") return t("ui_outcome_found");
  if (key === "gone") return t("ui_outcome_gone");
  if (key === "document") return t("ui_outcome_document");
  return key === "pending" ? t("panel_pending") : severityWord(key);
}

/** Characters of the clause that are shown under its title. */
const SNIPPET = 140;

function snippet({ provision, report }: Entry): string {
  const text = report?.pageText ?? provision.quote?.selector.exact ?? provision.explanation.what_it_is;
  return text.length > SNIPPET ? `${text.slice(0, SNIPPET).replace(/\s+\S*$/, "")}\u2026` : text;
}

export function List({ groups, reports, current, focusCurrent, onCurrent, onChoose }: ListProps): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const ids = groups.flatMap((group) => group.entries.map(({ provision }) => provision.id));
  const stop = current !== null && ids.includes(current) ? current : ids[0];
  const focus = (id: string | undefined): void => {
    if (!id) return;
    onCurrent(id);
    root.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus();
  };
  useEffect(() => {
    if (focusCurrent) focus(stop);
  }, [focusCurrent]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = stop ? ids.indexOf(stop) : -1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ids.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    focus(ids[Math.max(0, Math.min(ids.length - 1, to))]);
  };

  return (
    <div class="list" ref={root} onKeyDown={onKeyDown} role="group" aria-label={t("panel_list")}>
      {groups.map((group) => (
        <section class="group" key={group.key} aria-labelledby={`group-${group.key}`}>
          <h2 id={`group-${group.key}`}>{t("panel_group_count", groupTitle(group.key), group.entries.length)}</h2>
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.provision.id}>
                <Item entry={entry} own={reportOf(reports, entry.provision.id)} stop={entry.provision.id === stop} onFocus={onCurrent} onChoose={onChoose} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Item({ entry, own, stop, onFocus, onChoose }: {
  entry: Entry;
  own: OwnReport | null;
  stop: boolean;
  onFocus: (id: string) => void;
  onChoose: (entry: Entry) => void;
}): JSX.Element {
  const { provision, outcome } = entry;
  return (
    <button
      type="button"
      class="item"
      data-id={provision.id}
      data-severity={provision.severity}
      data-outcome={outcome}
      data-method={provision.method}
      data-reported={own?.state === "open" || undefined}
      tabIndex={stop ? 0 : -1}
      onFocus={() => onFocus(provision.id)}
      onClick={() => onChoose(entry)}
    >
      <SeverityIcon severity={provision.severity} />
      <span class="item-text">
        <span class="item-title">
          <span class="unseen">{severityWord(provision.severity)}: </span>
          {provision.title}
        </span>
        <span class="item-snippet">{snippet(entry)}</span>
        <span class="item-outcome" data-outcome={outcome}>
          {outcome === "pending" ? t("ui_outcome_pending") : outcomeWord(outcome)}
        </span>
        {own?.state === "open" || own?.hidden ? (
          <span class="item-reported">{t(own.hidden ? "dispute_item_hidden" : "dispute_item_reported")}</span>
        ) : null}
        {provision.automatic ? (
          <span class="item-automatic">
            {t(isNotable(provision) ? "ui_automatic_short" : "ui_automatic_unmarked", confidenceWord(provision.confidence), percent(provision.automatic.probability))}
          </span>
        ) : null}
      </span>
    </button>
  );
}
