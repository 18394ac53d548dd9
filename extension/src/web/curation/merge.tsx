/** Two labels for one clause become one: which of the others stays, and why. */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { CuratedProvision, Provision } from "../../contract/types";
import { t } from "../../platform/i18n";
import { SeverityBadge } from "../../ui/severity-badge";
import * as calls from "./calls";
import type { Loaded } from "./conflict";
import { Dialog } from "./dialog";
import { failure } from "./said";
import { Title } from "./title";
import { useTarget } from "./use-target";

export function Merge({ loaded, others, onDone, onLeave }: {
  readonly loaded: Loaded;
  /** The other labels of the document. */
  readonly others: readonly Provision[];
  readonly onDone: (stays: CuratedProvision) => void;
  readonly onLeave: () => void;
}): JSX.Element {
  const target = useTarget(loaded);
  const [chosen, setChosen] = useState<string | null>(null);
  const [into, setInto] = useState<CuratedProvision | null>(null);
  const [reason, setReason] = useState("");
  const [said, setSaid] = useState("");
  const list = useRef<HTMLFieldSetElement>(null);
  const { record, etag } = target.loaded.curated;
  const ordered = useMemo(() => byLikeness(record.clause_type, others), []);
  useEffect(() => list.current?.querySelector("input")?.focus(), []);

  const choose = async (id: string): Promise<void> => {
    setChosen(id);
    setInto(null);
    setSaid("");
    const reply = await calls.load(id);
    if (!reply.ok) setSaid(failure(reply));
    else setInto(reply.value.curated);
  };
  const act = async (): Promise<void> => {
    if (into === null) {
      setSaid(t("curate_merge_choose"));
      return list.current?.querySelector("input")?.focus();
    }
    setSaid("");
    const stays = await target.run(() => calls.merge(record.id, into, reason, etag));
    if (stays) return onDone(stays);
    // The other one may be what has changed.
    const now = await calls.load(into.record.id);
    if (now.ok && now.value.curated.etag !== into.etag) {
      setInto(now.value.curated);
      setSaid(t("curate_merge_other_changed", into.record.id));
    }
  };
  return (
    <Dialog title={t("curate_merge_title")} titleId="curate-merge" name="merge" shown onLeave={onLeave} onSubmit={() => void act()}>
      <div class="dialog-body">
        {target.notice}
        <p>{t("curate_merge_gone")}</p>
        <Title record={record} />
        <fieldset class="field-row" ref={list}>
          <legend>{t("curate_merge_into")}</legend>
          <div class="list">
            {ordered.map((one) => (
              <label class="line" key={one.id} data-checked={one.id === chosen}>
                <input type="radio" name="curate-into" checked={one.id === chosen} onChange={() => void choose(one.id)} />
                <span>
                  <SeverityBadge severity={one.severity} /> {one.title} <span class="quiet-text">{one.id}</span>
                </span>
              </label>
            ))}
          </div>
          {ordered.length === 0 ? <p class="quiet-text">{t("curate_merge_none")}</p> : null}
        </fieldset>
        {into ? (
          <>
            <p>{t("curate_merge_stays")}</p>
            <Title record={into.record} />
          </>
        ) : null}
        <div class="field-row">
          <label for="curate-why">{t("curate_merge_reason")}</label>
          <textarea
            id="curate-why"
            class="input"
            rows={2}
            maxLength={2_000}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </div>
      </div>
      <footer class="dialog-foot">
        <p class="wrong" role="alert">{said || target.failed}</p>
        <div class="buttons">
          <button type="button" class="button" aria-disabled={target.busy} onClick={() => void act()}>{t("curate_merge")}</button>
          <button type="button" class="button quiet" onClick={onLeave}>{t("curate_cancel")}</button>
        </div>
      </footer>
    </Dialog>
  );
}

/** Those of the same kind first: they are the likeliest to say the same. */
function byLikeness(kind: string, others: readonly Provision[]): Provision[] {
  const isLike = (one: Provision): number => (one.clause_type.id === kind ? 0 : 1);
  return [...others].sort((a, b) => isLike(a) - isLike(b));
}
