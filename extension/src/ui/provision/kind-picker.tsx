/** Choosing a kind of clause from a list that can be searched; by keyboard: type, arrow down, Enter or Tab. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { kindsWith, type ClauseKind } from "../../dispute/kinds";
import { t, tn } from "../../platform/i18n";

interface KindPickerProps {
  readonly id: string;
  readonly kinds: readonly ClauseKind[];
  readonly chosen: string | null;
  readonly onChosen: (id: string | null) => void;
}

const ROWS = 6;

export function KindPicker({ id, kinds, chosen, onChosen }: KindPickerProps): JSX.Element {
  const [typed, setTyped] = useState("");
  const list = useRef<HTMLSelectElement>(null);
  const found = kindsWith(kinds, typed);
  // What was chosen stays in sight, whatever is typed afterwards.
  const kept = kinds.filter((kind) => kind.id === chosen && !found.includes(kind));
  const intoList = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" || found.length === 0) return;
    event.preventDefault();
    if (chosen === null) onChosen(found[0]!.id);
    list.current?.focus();
  };
  return (
    <div class="field kind-picker" role="group" aria-label={t("dispute_kind")}>
      <label class="field">
        {t("dispute_kind")}
        <input
          type="search"
          autocomplete="off"
          placeholder={t("dispute_kind_search")}
          value={typed}
          aria-controls={id}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.preventDefault(); // searches, and sends nothing
            else intoList(event);
          }}
        />
      </label>
      <select
        id={id}
        ref={list}
        size={ROWS}
        aria-label={t("dispute_kind_list")}
        value={chosen ?? ""}
        onChange={(event) => onChosen(event.currentTarget.value || null)}
      >
        <option value="">{t("dispute_kind_none")}</option>
        {[...kept, ...found].map((kind) => (
          <option key={kind.id} value={kind.id}>{kind.title}</option>
        ))}
      </select>
      <p class="quiet-text" role="status">{typed.trim() === "" ? "" : tn("dispute_kind_found", found.length)}</p>
    </div>
  );
}
