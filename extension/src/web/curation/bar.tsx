/** What a curator can do on this page, said above the text. */
import type { JSX } from "preact";
import type { Provision } from "../../contract/types";
import { t, tn } from "../../platform/i18n";
import { nextUnconfirmed, unconfirmed } from "./shown";

export function Bar({ provisions, onWalk, onWhole, onJump }: {
  readonly provisions: readonly Provision[];
  readonly onWalk: () => void;
  readonly onWhole: () => void;
  readonly onJump: (id: string) => void;
}): JSX.Element {
  const count = unconfirmed(provisions).length;
  const next = nextUnconfirmed(provisions, null);
  return (
    <section class="bar" aria-label={t("curate_bar")}>
      <p>
        <strong>{t("curate_bar_select")}</strong> {t("curate_bar_keys")}
      </p>
      <div class="buttons">
        <button type="button" class="button quiet" aria-keyshortcuts="Alt+Shift+N" onClick={onWalk}>{t("curate_walk_open")}</button>
        <button type="button" class="button quiet" onClick={onWhole}>{t("curate_whole")}</button>
        {next === null ? null : (
          <button type="button" class="button quiet" onClick={() => onJump(next)}>{tn("curate_bar_unconfirmed", count)}</button>
        )}
      </div>
    </section>
  );
}
