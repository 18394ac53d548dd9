/** The letter as it will be read, with what was filled in marked; or its text to change by hand. */
import type { JSX } from "preact";
import type { Segment } from "../actions/fill";
import type { Language } from "../actions/types";
import { t } from "../platform/i18n";
import type { LetterSheet } from "./model";

export interface Edited {
  readonly subject: string;
  readonly body: string;
}

export interface PreviewProps {
  readonly letter: NonNullable<LetterSheet["letter"]>;
  /** The reader's own version; null: as filled in. */
  readonly edited: Edited | null;
  readonly language: Language;
  readonly onEdit: (edited: Edited | null) => void;
  /** The reader's version of a letter that another choice took the place of. */
  readonly aside: Edited | null;
}

export function Preview({ letter, edited, language, onEdit, aside }: PreviewProps): JSX.Element {
  return (
    <section class="part stack sheet" aria-labelledby="letter-title">
      <div class="row screen-only">
        <h2 id="letter-title">{t("letters_letter")}</h2>
        {edited === null ? (
          <button id="letter-edit" class="button" type="button" onClick={() => onEdit({ subject: letter.subject, body: letter.body })}>
            {t("letters_edit")}
          </button>
        ) : (
          <button id="letter-unedit" class="button" type="button" onClick={() => onEdit(null)}>
            {t("letters_unedit")}
          </button>
        )}
      </div>
      <div role="status" class="screen-only">
        {aside === null || edited !== null ? null : (
          <div class="notice warning">
            <p>{t("letters_aside")}</p>
            <button id="letter-bring-back" class="button" type="button" onClick={() => onEdit(aside)}>{t("letters_bring_back")}</button>
          </div>
        )}
      </div>
      {edited === null ? <Filled letter={letter} language={language} /> : <Editing edited={edited} language={language} onEdit={onEdit} />}
    </section>
  );
}

function Filled({ letter, language }: { letter: PreviewProps["letter"]; language: Language }): JSX.Element {
  const { subject, body, subjectSegments, paragraphs, shortened } = letter;
  return (
    <>
      <article class="paper" id="letter-paper" lang={language} tabIndex={0} aria-labelledby="letter-title">
        <p class="subject">{subjectSegments ? <Runs segments={subjectSegments} /> : subject}</p>
        {paragraphs ? paragraphs.map((segments) => <p><Runs segments={segments} /></p>) : body.split("\n\n").map((text) => <p>{text}</p>)}
      </article>
      <p class="quiet small screen-only">{t("letters_marks")}</p>
      {shortened.length > 0 ? <p class="notice warning screen-only">{t("letters_shortened")}</p> : null}
    </>
  );
}

function Runs({ segments }: { segments: readonly Segment[] }): JSX.Element {
  return (
    <>
      {segments.map(({ text, variable, missing }) =>
        variable === undefined ? text : <mark class={missing ? "missing" : "filled"} data-variable={variable}>{text}</mark>,
      )}
    </>
  );
}

function Editing({ edited, language, onEdit }: { edited: Edited; language: Language; onEdit: (edited: Edited) => void }): JSX.Element {
  return (
    <>
      <label class="stack tight screen-only" for="letter-subject">
        <span>{t("letters_subject")}</span>
        <input id="letter-subject" class="field" lang={language} value={edited.subject} onInput={(event) => onEdit({ ...edited, subject: event.currentTarget.value })} />
      </label>
      <label class="stack tight screen-only" for="letter-body">
        <span>{t("letters_body")}</span>
        <textarea id="letter-body" class="field tall" lang={language} rows={24} value={edited.body} onInput={(event) => onEdit({ ...edited, body: event.currentTarget.value })} />
      </label>
      <article class="paper print-only" lang={language}>
        <p class="subject">{edited.subject}</p>
        {edited.body.split("\n\n").map((text) => <p>{text}</p>)}
      </article>
    </>
  );
}
