/** Choosing a kind of clause: one types some of its words and takes it from the list (the combobox pattern of WAI-ARIA). */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { t, tn } from "../../platform/i18n";
import { SeverityBadge } from "../../ui/severity-badge";
import { control, FIELD_ID, Wrong } from "./field";
import { matchingKinds, type Kind } from "./kinds";
import type { Messages } from "./messages";
import { partWord } from "./said";

const LIST_ID = "curate-kinds";
const optionId = (kind: Kind): string => `curate-kind-${kind.id}`;

export function KindPicker({ kinds, chosen, messages, onKind }: {
  readonly kinds: readonly Kind[];
  readonly chosen: string;
  readonly messages: Messages;
  readonly onKind: (kind: Kind) => void;
}): JSX.Element {
  const present = kinds.find(({ id }) => id === chosen);
  const [open, setOpen] = useState(false);
  /** null: nothing since the list was opened, which then has all kinds. */
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const found = useMemo(() => matchingKinds(kinds, typed ?? ""), [kinds, typed]);
  const active = open ? found[at] : undefined;

  useEffect(() => {
    if (open) list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active?.id, open]);

  const show = (text: string | null): void => {
    setOpen(true);
    setTyped(text);
    setAt(text === null ? Math.max(0, kinds.findIndex(({ id }) => id === chosen)) : 0);
  };
  const close = (): void => {
    setOpen(false);
    setTyped(null);
  };
  const take = (kind: Kind | undefined): void => {
    close();
    if (kind) onKind(kind);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      if (!open) show(null);
      else setAt((at + step + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter") take(active);
    else if (event.key === "Escape" && open) {
      close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };

  return (
    <div class="field-row kind-picker" data-field="clause_type">
      <label for={`${FIELD_ID}clause_type`}>{partWord("clause_type")}</label>
      <div class="combobox">
        <input
          {...control("clause_type", messages)}
          class="input"
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={LIST_ID}
          aria-activedescendant={active ? optionId(active) : ""}
          placeholder={t("curate_kind_search")}
          value={typed ?? present?.title ?? ""}
          onInput={(event) => show(event.currentTarget.value)}
          onClick={(event) => {
            event.currentTarget.select();
            if (!open) show(null);
          }}
          onKeyDown={onKeyDown}
          onBlur={close}
        />
        <ul id={LIST_ID} ref={list} role="listbox" aria-label={partWord("clause_type")} hidden={!open}>
          {open
            ? found.map((kind, i) => (
                <li
                  key={kind.id}
                  id={optionId(kind)}
                  role="option"
                  aria-selected={i === at}
                  // The focus stays in the field.
                  onPointerDown={(event) => event.preventDefault()}
                  onClick={() => take(kind)}
                >
                  <span class="kind-title">{kind.title}</span>
                  <SeverityBadge severity={kind.severity} />
                  <span class="quiet-text">{kind.topic} · {kind.definition}</span>
                </li>
              ))
            : null}
        </ul>
      </div>
      <p class="unseen" role="status">{open ? tn("curate_kinds_found", found.length) : ""}</p>
      {open && found.length === 0 ? <p class="quiet-text">{t("curate_kinds_none")}</p> : null}
      {present ? <p class="quiet-text">{present.topic} · {present.definition}</p> : null}
      <Wrong name="clause_type" messages={messages} />
    </div>
  );
}
