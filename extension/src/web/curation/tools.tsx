/** What curators get in card and panel: a label's own acts, on the state that they are looking at. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Provision } from "../../contract/types";
import { t, tn } from "../../platform/i18n";
import * as calls from "./calls";
import { happenedSince, type Loaded } from "./conflict";
import type { Desk, Work } from "./desk";
import { same } from "./form";
import type { ReaderPort } from "./port";
import { failure, happened } from "./said";
import { nextUnconfirmed, shows, unconfirmed } from "./shown";

export function CardTools({ port, desk, provision }: {
  readonly port: ReaderPort;
  readonly desk: Desk;
  readonly provision: Provision;
}): JSX.Element {
  const { id } = provision;
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [said, setSaid] = useState("");
  const [, redraw] = useState(0);
  useEffect(() => desk.onChange(() => redraw((count) => count + 1)), [desk]);
  useEffect(() => setSaid(""), [id]);
  useEffect(() => {
    let over = false;
    void calls.load(id).then((reply) => {
      if (over) return;
      setLoaded(reply.ok ? reply.value : null);
      if (!reply.ok) return setSaid(failure(reply));
      const { live, preview } = reply.value.curated;
      // What one decides about is what is stored, not what was published when the page was opened.
      if (!live) return void port.remove(id).then(() => desk.say(t("curate_gone", provision.title)));
      if (!same(shows(preview), shows(provision))) void port.put(preview);
    });
    return () => void (over = true);
  }, [provision]);

  const confirm = async (): Promise<void> => {
    if (!loaded) return;
    const reply = await calls.confirm(id, loaded.curated.etag);
    if (reply.ok) {
      setSaid(t("curate_confirmed"));
      await port.put(reply.value.preview);
      desk.say(t("curate_confirmed"));
      return;
    }
    if (reply.status !== 412) return setSaid(failure(reply));
    const [now, lines] = [await calls.load(id), await calls.audit(id)];
    if (!now.ok) return setSaid(failure(now));
    const news = happened(happenedSince(loaded, now.value.curated, lines.ok ? lines.value.entries : []));
    setSaid([...news, t("curate_look_again")].join(" "));
    await port.put(now.value.curated.preview);
  };
  const begin = (kind: "edit" | "merge" | "retire"): void => {
    if (loaded) desk.begin({ kind, loaded } as Work);
  };
  const waiting = unconfirmed(port.provisions()).length;
  const next = nextUnconfirmed(port.provisions(), id);
  return (
    <div class="curate-tools" role="group" aria-label={t("curate_tools")}>
      <div class="buttons">
        {provision.method === "automatic" ? (
          <button type="button" class="button" aria-disabled={!loaded} onClick={() => void confirm()}>{t("curate_confirm")}</button>
        ) : null}
        <button type="button" class="button quiet" aria-disabled={!loaded} onClick={() => begin("edit")}>{t("curate_edit")}</button>
        <button type="button" class="button quiet" aria-disabled={!loaded} onClick={() => begin("merge")}>{t("curate_merge_open")}</button>
        <button type="button" class="button quiet" aria-disabled={!loaded} onClick={() => begin("retire")}>{t("curate_retire_open")}</button>
      </div>
      <p class="quiet-text" role="status">{said}</p>
      {next !== null && next !== id ? (
        <button type="button" class="link" onClick={() => void port.jump(next)}>{tn("curate_next", waiting)}</button>
      ) : null}
    </div>
  );
}
