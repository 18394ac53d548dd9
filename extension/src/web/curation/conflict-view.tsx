/** Somebody else was faster: who did what, what was taken over, and what there is to choose between. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Confidence, Severity, TextQuoteSelector } from "../../contract/types";
import { t, tn, type MessageKey } from "../../platform/i18n";
import { severityWord } from "../../ui/severity";
import { same, valueOf, withPart, type Form, type Part } from "./form";
import type { Kind } from "./kinds";
import { listOf, partWord } from "./said";
import type { ConflictView } from "./use-draft";

export function Conflict({ conflict, form, kinds, onForm }: {
  readonly conflict: ConflictView;
  readonly form: Form;
  readonly kinds: readonly Kind[];
  readonly onForm: (form: Form) => void;
}): JSX.Element {
  const box = useRef<HTMLElement>(null);
  const { sentences, taken, both, mine, theirs, newer } = conflict;
  useEffect(() => box.current?.focus(), [conflict]);
  return (
    <section class="conflict" ref={box} tabIndex={-1} aria-labelledby="curate-conflict">
      <h3 id="curate-conflict">{t("curate_conflict")}</h3>
      <ul>{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
      <p>{t(newer.live ? "curate_conflict_kept" : "curate_conflict_retired")}</p>
      {taken.length > 0 ? <p>{t("curate_conflict_taken", listOf(taken.map(partWord)))}</p> : null}
      {both.length > 0 ? <p>{t("curate_conflict_both")}</p> : null}
      {both.map((part) => {
        const isTheirs = same(valueOf(form, part), valueOf(theirs, part));
        return (
          <div class="both" key={part} role="group" aria-label={partWord(part)}>
            <h4>{partWord(part)}</h4>
            <dl>
              <dt>{t("curate_theirs")}</dt>
              <dd>{shown(theirs, part, kinds)}</dd>
              <dt>{t("curate_mine")}</dt>
              <dd>{shown(mine, part, kinds)}</dd>
            </dl>
            <div class="buttons">
              <button type="button" class="button quiet" aria-pressed={!isTheirs} onClick={() => onForm(withPart(form, part, mine))}>
                {t("curate_keep_mine")}
              </button>
              <button type="button" class="button quiet" aria-pressed={isTheirs} onClick={() => onForm(withPart(form, part, theirs))}>
                {t("curate_take_theirs")}
              </button>
            </div>
          </div>
        );
      })}
    </section>
  );
}

/** A value in words. */
function shown(form: Form, part: Part, kinds: readonly Kind[]): string {
  const value = valueOf(form, part);
  if (part === "clauseType") return kinds.find(({ id }) => id === value)?.title ?? String(value);
  if (part === "severity") return severityWord(value as Severity);
  if (part === "confidence") return t(`ui_confidence_${value as Confidence}` as MessageKey);
  if (part === "basis") return t(value === "explicit_document_language" ? "ui_basis_explicit" : "ui_basis_inferred");
  if (part === "quote") return (value as TextQuoteSelector | null)?.exact ?? t("curate_words_none");
  if (part === "actions") return value === null ? t("curate_actions_known") : tn("curate_actions_count", (value as unknown[]).length);
  return String(value).trim() || t("curate_nothing");
}
