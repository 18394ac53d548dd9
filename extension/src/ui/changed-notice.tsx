/** "Changed since you last read this": which clauses, and how; in popup and panel. */
import type { JSX } from "preact";
import type { ChangedSince } from "../changed-since";
import type { ChangeRecord, Provision } from "../contract/types";
import type { PageState } from "../page-state";
import { t, type MessageKey } from "../platform/i18n";
import { showOwnDay } from "./dates";
import { severityWord } from "./severity";
import { SeverityIcon } from "./severity-badge";

interface Props {
  readonly state: PageState;
  readonly onChoose: (provisionId: string) => void;
}

export function ChangedNotice({ state, onChoose }: Props): JSX.Element | null {
  const changed = state.changedSince ?? [];
  if (changed.length === 0) return null;
  const known = new Map(state.matches.flatMap(({ set }) => set.provisions.map((one) => [one.id, one])));
  return (
    <section class="notice changed-notice small" aria-label={t("ui_changed_clauses")}>
      {changed.map((one) => (
        <Changed key={one.documentId} changed={one} known={known} onChoose={onChoose} />
      ))}
    </section>
  );
}

function Changed({ changed, known, onChoose }: {
  readonly changed: ChangedSince;
  readonly known: ReadonlyMap<string, Provision>;
  readonly onChoose: Props["onChoose"];
}): JSX.Element {
  const clauses = changed.clauses.flatMap(({ provisionId, change }) => {
    const provision = known.get(provisionId);
    return provision === undefined ? [] : [{ provision, change }];
  });
  return (
    <>
      <p>
        <strong>{t("ui_changed_since", showOwnDay(changed.readAt))}</strong>
      </p>
      {clauses.length === 0 ? <p>{t("ui_changed_only_text")}</p> : null}
      <ul class="changed-clauses">
        {clauses.map(({ provision, change }) => (
          <li key={provision.id}>
            <button class="clause" type="button" data-changed={provision.id} onClick={() => onChoose(provision.id)}>
              <SeverityIcon severity={provision.severity} />
              <span class="name">
                {t(`ui_changed_${change.kind}` as MessageKey)}: {provision.title}
                <span class="place">{wentTo(change)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** From which severity to which, when that changed; else what happened, in words. */
function wentTo(change: ChangeRecord): string {
  const before = change.severity_from ?? null;
  if (before === null || before === change.severity_to) return change.summary;
  return t("ui_changed_went", severityWord(before), severityWord(change.severity_to));
}
