/** A draft while it is written: what the server says of it, what the knowledge says of its kind, and saving it. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { CuratedProvision, DraftCheck, Provision, ProvisionDraft } from "../../contract/types";
import { t } from "../../platform/i18n";
import type { Reply } from "../server";
import * as calls from "./calls";
import { happenedSince, mergeForms, type Loaded, type Merged } from "./conflict";
import type { Writing } from "./desk";
import { changedParts, draftOf, formOf, newForm, withKind, type Form } from "./form";
import type { Kind } from "./kinds";
import { Latest } from "./lint";
import { messagesOf, missing, type Messages } from "./messages";
import { failure, happened } from "./said";

/** Somebody else was faster; their state is what the form is compared with from now on. */
export interface ConflictView extends Pick<Merged, "taken" | "both"> {
  readonly sentences: readonly string[];
  readonly mine: Form;
  readonly theirs: Form;
  readonly newer: CuratedProvision;
}

export interface Draft {
  readonly form: Form;
  readonly setForm: (form: Form) => void;
  /** The kind that was chosen, also while its texts are on their way. */
  readonly kind: string;
  readonly chooseKind: (kind: Kind) => void;
  readonly known: ProvisionDraft | null;
  readonly messages: Messages;
  readonly preview: Provision | null;
  /** `old`: the preview shows an earlier state, because the present one cannot be shown. */
  readonly state: "incomplete" | "checking" | "checked" | "old" | "saving";
  readonly failed: string;
  readonly conflict: ConflictView | null;
  /** Something would be lost by leaving. */
  readonly dirty: boolean;
  /** Save it. Resolves with what was saved, or null when it was not. */
  readonly save: () => Promise<CuratedProvision | null>;
}

export function useDraft(documentId: string, work: Writing): Draft {
  const first = useMemo(() => (work.kind === "edit" ? formOf(work.loaded.curated.record) : newForm(work.quote)), []);
  const [form, setForm] = useState(first);
  const [base, setBase] = useState(first);
  const [loaded, setLoaded] = useState<Loaded | null>(work.kind === "edit" ? work.loaded : null);
  const [known, setKnown] = useState<ProvisionDraft | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const [messages, setMessages] = useState<Messages>({});
  const [preview, setPreview] = useState(work.kind === "edit" ? work.loaded.curated.preview : null);
  const [state, setState] = useState<Draft["state"]>(work.kind === "edit" ? "checked" : "incomplete");
  const [failed, setFailed] = useState("");
  const [conflict, setConflict] = useState<ConflictView | null>(null);
  const wanted = useRef("");
  const id = loaded?.curated.record.id ?? null;

  const said = (reply: Reply<DraftCheck>, asked: Form): void => {
    if (!reply.ok && !reply.problem?.errors?.length) {
      setState("old");
      return setFailed(failure(reply));
    }
    setFailed("");
    setMessages(messagesOf(reply.ok ? reply.value.violations : reply.problem!.errors!, asked, t("curate_needed")));
    if (reply.ok && reply.value.preview) setPreview(reply.value.preview);
    setState(reply.ok && reply.value.preview ? "checked" : "old");
  };
  const lint = useMemo(
    () => new Latest<Form, Reply<DraftCheck>>((asked) => calls.lint(documentId, id, draftOf(asked)!), said),
    [id],
  );
  useEffect(() => () => lint.stop(), [lint]);
  useEffect(() => {
    if (work.kind === "edit") change(first);
  }, []);

  const change = (next: Form): void => {
    setForm(next);
    if (draftOf(next) === null) {
      lint.stop();
      setMessages({});
      return setState("incomplete");
    }
    setState("checking");
    lint.touch(next);
  };

  // What the knowledge says of the kind that the form has, however it came to have it.
  useEffect(() => {
    if (form.clauseType === "" || known?.clause_type === form.clauseType) return;
    void calls.knownDraft(form.clauseType, documentId).then((reply) => {
      if (reply.ok) setKnown(reply.value);
    });
  }, [form.clauseType]);

  const latest = useRef(form);
  latest.current = form;
  const chooseKind = async (kind: Kind): Promise<void> => {
    wanted.current = kind.id;
    setPicked(kind.id);
    const reply = await calls.knownDraft(kind.id, documentId);
    if (wanted.current !== kind.id) return;
    setPicked(null);
    if (!reply.ok) return setFailed(failure(reply));
    const before = known?.clause_type === latest.current.clauseType ? known : null;
    setKnown(reply.value);
    change(withKind(latest.current, before, reply.value));
  };

  const meet = async (before: Loaded): Promise<void> => {
    const [now, lines] = [await calls.load(before.curated.record.id), await calls.audit(before.curated.record.id)];
    if (!now.ok) return setFailed(failure(now));
    const { curated } = now.value;
    const theirs = formOf(curated.record);
    const merged = mergeForms(base, theirs, form);
    setConflict({
      ...merged,
      sentences: happened(happenedSince(before, curated, lines.ok ? lines.value.entries : [])),
      mine: form,
      theirs,
      newer: curated,
    });
    setLoaded(now.value);
    setBase(theirs);
    change(merged.form);
  };

  const save = async (): Promise<CuratedProvision | null> => {
    const draft = draftOf(form);
    if (draft === null) {
      setMessages(missing(form, t("curate_choose")));
      return null;
    }
    lint.stop();
    setFailed("");
    setState("saving");
    const reply = id === null ? await calls.add(documentId, draft) : await calls.edit(id, draft, loaded!.curated.etag);
    setState("checked");
    if (reply.ok) return reply.value;
    if (reply.status === 412 && loaded) await meet(loaded);
    else if (reply.problem?.errors?.length) setMessages(messagesOf(reply.problem.errors, form, t("curate_needed")));
    else setFailed(failure(reply));
    return null;
  };

  const dirty = form.summary.trim() !== "" || (id === null ? form.clauseType !== "" : changedParts(base, form).length > 0);
  const kind = picked ?? form.clauseType;
  return {
    form, setForm: change, kind, chooseKind: (one) => void chooseKind(one), known, messages, preview, state, failed, conflict, dirty, save,
  };
}
