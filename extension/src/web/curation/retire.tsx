/** Taking a label out of what is published, with a reason that stands in its history. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { CuratedProvision } from "../../contract/types";
import { t } from "../../platform/i18n";
import * as calls from "./calls";
import type { Loaded } from "./conflict";
import { Dialog } from "./dialog";
import { Title } from "./title";
import { useTarget } from "./use-target";

export function Retire({ loaded, onDone, onLeave }: {
  readonly loaded: Loaded;
  readonly onDone: (gone: CuratedProvision) => void;
  readonly onLeave: () => void;
}): JSX.Element {
  const target = useTarget(loaded);
  const [reason, setReason] = useState("");
  const [needed, setNeeded] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const { record, etag } = target.loaded.curated;
  const act = async (): Promise<void> => {
    setNeeded(reason.trim() === "");
    if (reason.trim() === "") return field.current?.focus();
    const gone = await target.run(() => calls.retire(record.id, reason.trim(), etag));
    if (gone) onDone(gone);
  };
  return (
    <Dialog title={t("curate_retire_title")} titleId="curate-retire" name="retire" shown onLeave={onLeave} onSubmit={() => void act()}>
      <div class="dialog-body">
        {target.notice}
        <Title record={record} />
        <p>{t("curate_retire_text")}</p>
        <div class="field-row">
          <label for="curate-reason">{t("curate_retire_reason")}</label>
          <textarea
            ref={field}
            id="curate-reason"
            class="input"
            rows={3}
            maxLength={2_000}
            aria-invalid={needed}
            aria-describedby="curate-reason-wrong"
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
          <div class="wrong" id="curate-reason-wrong" role="alert">{needed ? <p>{t("curate_needed")}</p> : null}</div>
        </div>
      </div>
      <footer class="dialog-foot">
        <p class="wrong" role="alert">{target.failed}</p>
        <div class="buttons">
          <button type="button" class="button danger" aria-disabled={target.busy} onClick={() => void act()}>{t("curate_retire")}</button>
          <button type="button" class="button quiet" onClick={onLeave}>{t("curate_cancel")}</button>
        </div>
      </footer>
    </Dialog>
  );
}
