/** Writing a label: its fields, what is wrong with them, and beside them the label as readers will see it. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { CuratedProvision, Provision, TextQuoteSelector } from "../../contract/types";
import { t, tn } from "../../platform/i18n";
import { Conflict } from "./conflict-view";
import type { Writing } from "./desk";
import { Dialog } from "./dialog";
import { FIELD_ID } from "./field";
import { Fields } from "./fields";
import { withQuote } from "./form";
import type { Kind } from "./kinds";
import { countOf, firstField, type Messages } from "./messages";
import type { ReaderPort } from "./port";
import { useDraft, type Draft } from "./use-draft";

const TITLE_ID = "curate-editor";

export function Editor({ port, work, kinds, chooseWords, onSaved, onLeave }: {
  readonly port: ReaderPort;
  readonly work: Writing;
  readonly kinds: readonly Kind[];
  /** Let the user choose words on the page; null: they chose none. */
  readonly chooseWords: () => Promise<TextQuoteSelector | null>;
  readonly onSaved: (saved: CuratedProvision) => void;
  readonly onLeave: () => void;
}): JSX.Element {
  const draft = useDraft(port.documentId, work);
  const { form, messages, conflict } = draft;
  const [choosing, setChoosing] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [pane, setPane] = useState<"write" | "preview">("write");
  const [newest, setNewest] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const refused = useRef(false);

  const focus = (id: string): void => {
    (body.current?.getRootNode() as ShadowRoot).getElementById(id)?.focus();
  };
  // A new label begins with its kind; an edit with nothing in particular, and the dialog's own choice is its close button.
  useEffect(() => focus(`${FIELD_ID}${work.kind === "add" ? "clause_type" : "title"}`), []);
  useEffect(() => {
    if (!draft.dirty) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [draft.dirty]);
  // The server said no: the first field at fault gets the focus, also when it can be seen only now.
  useEffect(() => {
    const first = refused.current ? firstField(messages) : null;
    refused.current = false;
    if (first && first !== "whole") focus(FIELD_ID + first);
  }, [messages]);

  const leave = (): void => {
    if (!draft.dirty || leaving) onLeave();
    else setLeaving(true);
  };
  const save = async (): Promise<void> => {
    if (draft.state === "saving") return;
    setLeaving(false);
    setPane("write");
    refused.current = true;
    const saved = await draft.save();
    if (saved) onSaved(saved);
  };
  const choose = async (): Promise<void> => {
    setChoosing(true);
    const quote = await chooseWords();
    setChoosing(false);
    if (quote) draft.setForm(withQuote(form, quote));
    setTimeout(() => focus(`${FIELD_ID}quote`));
  };
  return (
    <Dialog
      title={work.kind === "add" ? t("curate_add_title") : t("curate_edit_title", work.loaded.curated.record.id)}
      titleId={TITLE_ID}
      name="editor"
      shown={!choosing}
      onLeave={leave}
      onSubmit={() => void save()}
    >
      <div class="panes" role="group" aria-label={t("curate_panes")}>
        {(["write", "preview"] as const).map((one) => (
          <button type="button" key={one} class="button quiet" aria-pressed={pane === one} onClick={() => setPane(one)}>
            {t(one === "write" ? "curate_pane_write" : "curate_pane_preview")}
          </button>
        ))}
      </div>
      <div class="dialog-body editor" ref={body} data-pane={pane}>
        <div class="write">
          {conflict ? <Conflict conflict={conflict} form={form} kinds={kinds} onForm={draft.setForm} /> : null}
          <Fields
            form={{ ...form, clauseType: draft.kind }}
            kinds={kinds}
            known={draft.known}
            hadActions={work.kind === "edit" ? work.loaded.curated.record.actions : null}
            messages={messages}
            onForm={draft.setForm}
            onKind={draft.chooseKind}
            onChooseWords={() => void choose()}
          />
        </div>
        <section class="preview" aria-labelledby="curate-preview">
          <div class="preview-bar">
            <h3 id="curate-preview">{t(newest && conflict ? "curate_preview_newer" : "curate_preview")}</h3>
            {conflict ? (
              <button type="button" class="button quiet" onClick={() => setNewest(!newest)}>
                {t(newest ? "curate_preview_yours" : "curate_preview_look")}
              </button>
            ) : null}
          </div>
          <Preview port={port} provision={newest && conflict ? conflict.newer.preview : draft.preview} old={draft.state === "old" && !newest} />
        </section>
      </div>
      <Foot draft={draft} leaving={leaving} onSave={() => void save()} onLeave={onLeave} onStay={() => setLeaving(false)} onCancel={leave} />
    </Dialog>
  );
}

function Preview({ port, provision, old }: { readonly port: ReaderPort; readonly provision: Provision | null; readonly old: boolean }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => port.preview(box.current!, provision), [provision]);
  useEffect(() => () => port.preview(box.current!, null), []);
  return (
    <>
      {provision === null ? <p class="quiet-text">{t("curate_preview_none")}</p> : null}
      {old ? <p class="quiet-text">{t("curate_preview_old")}</p> : null}
      <div class="preview-card" ref={box} hidden={provision === null} data-old={old} />
    </>
  );
}

function Foot({ draft, leaving, onSave, onLeave, onStay, onCancel }: {
  readonly draft: Draft;
  readonly leaving: boolean;
  readonly onSave: () => void;
  readonly onLeave: () => void;
  readonly onStay: () => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), [leaving]);
  return (
    <footer class="dialog-foot">
      <p class="wrong" role="alert">{draft.failed}</p>
      {leaving ? (
        <>
          <p role="alert">{t("curate_leave")}</p>
          <div class="buttons">
            <button type="button" class="button" ref={stay} onClick={onStay}>{t("curate_leave_stay")}</button>
            <button type="button" class="button quiet" onClick={onLeave}>{t("curate_leave_drop")}</button>
          </div>
        </>
      ) : (
        <>
          <p class="state" role="status" data-wrong={countOf(draft.messages) > 0}>{stateText(draft.state, draft.messages)}</p>
          <div class="buttons">
            <button type="button" class="button" aria-disabled={draft.state === "saving"} aria-keyshortcuts="Control+Enter" onClick={onSave}>
              {t("curate_save")}
            </button>
            <button type="button" class="button quiet" onClick={onCancel}>{t("curate_cancel")}</button>
          </div>
        </>
      )}
    </footer>
  );
}

function stateText(state: Draft["state"], messages: Messages): string {
  const wrong = countOf(messages);
  if (state === "saving") return t("curate_state_saving");
  if (wrong > 0) return tn("curate_state_wrong", wrong);
  if (state === "checking") return t("curate_state_checking");
  if (state === "checked") return t("curate_state_right");
  return state === "incomplete" ? t("curate_state_incomplete") : "";
}
