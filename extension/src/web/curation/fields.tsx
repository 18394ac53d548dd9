/** The fields of a label, in the order in which one fills them in. */
import type { JSX } from "preact";
import type { Confidence, EvidenceBasis, ProvisionDraft } from "../../contract/types";
import { SEVERITY_ORDER } from "../../page-state";
import { t, tn, type MessageKey } from "../../platform/i18n";
import { severityWord } from "../../ui/severity";
import { SeverityBadge } from "../../ui/severity-badge";
import { Field, TextField, Wrong, control, FIELD_ID, wrongId } from "./field";
import { same, TEXTS, textsOf, withKnownTexts, withQuote, type Form, type TextName } from "./form";
import { KindPicker } from "./kind-picker";
import type { Kind } from "./kinds";
import type { Messages } from "./messages";
import { partWord } from "./said";

interface Props {
  readonly form: Form;
  readonly kinds: readonly Kind[];
  /** What the knowledge says of the kind that is chosen; null while it is fetched. */
  readonly known: ProvisionDraft | null;
  /** Ways to act that the label had when it was opened; null for a new one. */
  readonly hadActions: Form["actions"];
  readonly messages: Messages;
  readonly onForm: (form: Form) => void;
  readonly onKind: (kind: Kind) => void;
  readonly onChooseWords: () => void;
}

const CONFIDENCES: readonly Confidence[] = ["high", "medium", "low"];
const BASES: readonly EvidenceBasis[] = ["explicit_document_language", "inferred_from_context"];
const LINES: Readonly<Record<TextName, number>> = {
  title: 1, what_it_is: 2, how_it_affects_you: 3, why_it_matters: 2, interpretive_note: 2,
};

export function Fields(props: Props): JSX.Element {
  const { form, kinds, known, messages, onForm, onKind } = props;
  const differs = known !== null && !same(form.texts, textsOf(known));
  return (
    <div class="fields">
      <Wrong name="whole" messages={messages} />
      <Words {...props} />
      <KindPicker kinds={kinds} chosen={form.clauseType} messages={messages} onKind={onKind} />
      <Severities {...props} kind={kinds.find(({ id }) => id === form.clauseType)} />
      {TEXTS.map((name) => (
        <TextField
          key={name}
          name={name}
          lines={LINES[name]}
          messages={messages}
          value={form.texts[name]}
          {...(name === "interpretive_note" ? { hint: t("curate_note_hint") } : {})}
          onValue={(value) => onForm({ ...form, texts: { ...form.texts, [name]: value } })}
        />
      ))}
      {differs ? (
        <div class="buttons">
          <button type="button" class="button quiet" onClick={() => onForm(withKnownTexts(form, known))}>
            {t("curate_known_texts")}
          </button>
        </div>
      ) : null}
      <More {...props} />
    </div>
  );
}

function Words({ form, messages, onForm, onChooseWords }: Props): JSX.Element {
  const { quote } = form;
  return (
    <div class="field-row" data-field="quote" role="group" aria-labelledby="curate-words" aria-describedby={wrongId("quote")}>
      <h3 id="curate-words">{partWord("quote")}</h3>
      {quote === null ? (
        <p class="quiet-text">{t("curate_words_none")}</p>
      ) : (
        <blockquote class="quote" data-severity={form.severity ?? undefined}>
          <Around text={`…${quote.prefix?.trim() ?? ""} `} shown={quote.prefix} />
          {quote.exact}
          <Around text={`${/^[\s\p{L}\p{N}]/u.test(quote.suffix ?? "") ? " " : ""}${quote.suffix?.trim() ?? ""}…`} shown={quote.suffix} />
        </blockquote>
      )}
      <Wrong name="quote" messages={messages} />
      <div class="buttons">
        <button type="button" class="button quiet" id={`${FIELD_ID}quote`} onClick={onChooseWords}>
          {t(quote === null ? "curate_words_choose" : "curate_words_again")}
        </button>
        {quote === null ? null : (
          <button
            type="button"
            class="button quiet"
            onClick={(event) => {
              // This button goes; the one before it stays.
              (event.currentTarget.previousElementSibling as HTMLElement | null)?.focus();
              onForm(withQuote(form, null));
            }}
          >
            {t("curate_words_drop")}
          </button>
        )}
      </div>
    </div>
  );
}

/** What stands beside the words, to know the place again. */
function Around({ text, shown }: { readonly text: string; readonly shown: string | undefined }): JSX.Element | null {
  return shown ? <span class="around" aria-hidden="true">{text}</span> : null;
}

function Severities({ form, kind, messages, onForm }: Props & { readonly kind: Kind | undefined }): JSX.Element {
  return (
    <fieldset class="field-row severities" data-field="severity" aria-describedby={wrongId("severity")}>
      <legend>{partWord("severity")}</legend>
      <div class="choices">
        {SEVERITY_ORDER.map((one, i) => (
          <label key={one} data-checked={form.severity === one}>
            <input
              {...(i === 0 ? { id: `${FIELD_ID}severity` } : {})}
              type="radio"
              name="curate-severity"
              value={one}
              checked={form.severity === one}
              onChange={() => onForm({ ...form, severity: one })}
            />
            <SeverityBadge severity={one} />
          </label>
        ))}
      </div>
      {kind ? <p class="quiet-text">{t("curate_severity_usual", severityWord(kind.severity), kind.severity_reason)}</p> : null}
      <Wrong name="severity" messages={messages} />
    </fieldset>
  );
}

/** What one seldom changes. */
function More({ form, hadActions, messages, onForm }: Props): JSX.Element {
  const kept = form.actions !== null;
  const open = Boolean(messages.confidence ?? messages.evidence_basis ?? messages.actions ?? messages.summary);
  return (
    <details class="more" open={open || undefined}>
      <summary>{t("curate_more")}</summary>
      <div class="more-fields">
        <Field name="confidence" messages={messages}>
          <select
            {...control("confidence", messages)}
            class="input"
            value={form.confidence}
            onChange={(event) => onForm({ ...form, confidence: event.currentTarget.value as Confidence })}
          >
            {CONFIDENCES.map((one) => <option key={one} value={one}>{t(`ui_confidence_${one}` as MessageKey)}</option>)}
          </select>
        </Field>
        <Field name="evidence_basis" messages={messages}>
          <select
            {...control("evidence_basis", messages)}
            class="input"
            value={form.quote === null ? "inferred_from_context" : form.basis}
            disabled={form.quote === null}
            onChange={(event) => onForm({ ...form, basis: event.currentTarget.value as EvidenceBasis })}
          >
            {BASES.map((one) => (
              <option key={one} value={one}>
                {t(one === "explicit_document_language" ? "ui_basis_explicit" : "ui_basis_inferred")}
              </option>
            ))}
          </select>
        </Field>
        <div class="field-row" data-field="actions">
          {hadActions === null ? (
            <p class="quiet-text">{t("curate_actions_known")}</p>
          ) : (
            <label class="line">
              <input
                id={`${FIELD_ID}actions`}
                type="checkbox"
                checked={kept}
                onChange={() => onForm({ ...form, actions: kept ? null : hadActions })}
              />
              <span>{tn("curate_actions_keep", hadActions.length)}</span>
            </label>
          )}
          <Wrong name="actions" messages={messages} />
        </div>
        <TextField
          name="summary"
          lines={2}
          messages={messages}
          hint={t("curate_summary_hint")}
          value={form.summary}
          onValue={(summary) => onForm({ ...form, summary })}
        />
      </div>
    </details>
  );
}
