/** A label that something is done to as a whole: the call, and what is shown when somebody else was faster. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { CuratedProvision } from "../../contract/types";
import { t } from "../../platform/i18n";
import type { Reply } from "../server";
import * as calls from "./calls";
import { happenedSince, type Loaded } from "./conflict";
import { failure, happened } from "./said";

export interface Target {
  /** As it is now, as far as we know. */
  readonly loaded: Loaded;
  readonly busy: boolean;
  readonly failed: string;
  /** What somebody else did meanwhile. */
  readonly notice: JSX.Element | null;
  /** Resolves with what the server answers, or null when nothing was done. */
  readonly run: (act: () => Promise<Reply<CuratedProvision>>) => Promise<CuratedProvision | null>;
}

export function useTarget(first: Loaded): Target {
  const [loaded, setLoaded] = useState(first);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const [sentences, setSentences] = useState<readonly string[]>([]);
  const run: Target["run"] = async (act) => {
    if (busy) return null;
    setBusy(true);
    setFailed("");
    const reply = await act();
    setBusy(false);
    if (reply.ok) return reply.value;
    if (reply.status !== 412) {
      setFailed(failure(reply));
      return null;
    }
    const { id } = loaded.curated.record;
    const [now, lines] = [await calls.load(id), await calls.audit(id)];
    if (!now.ok) {
      setFailed(failure(now));
      return null;
    }
    setSentences(happened(happenedSince(loaded, now.value.curated, lines.ok ? lines.value.entries : [])));
    setLoaded(now.value);
    return null;
  };
  const notice = sentences.length > 0 ? (
    <section class="conflict" role="alert">
      <h3>{t("curate_conflict")}</h3>
      <ul>{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
      <p>{t(loaded.curated.live ? "curate_conflict_again" : "curate_conflict_gone")}</p>
    </section>
  ) : null;
  return { loaded, busy, failed, notice, run };
}
