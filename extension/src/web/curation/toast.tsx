/** What was done last, above everything else on the page, and the way back where there is one. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../platform/i18n";
import type { Desk } from "./desk";

export function Toast({ desk }: { readonly desk: Desk }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const { said, undo } = desk;
  useEffect(() => {
    const element = box.current!;
    // Again at every change: whatever was opened since lies above it, such as a card that fills a phone's screen.
    if (element.matches(":popover-open")) element.hidePopover();
    if (said !== "") element.showPopover();
  }, [said]);
  return (
    <>
      <p class="unseen" role="status">{said}</p>
      <div class="toast" ref={box} popover="manual">
        <p>{said}</p>
        <div class="buttons">
          {undo ? <button type="button" class="button quiet" onClick={() => void undo.act()}>{undo.label}</button> : null}
          <button type="button" class="button quiet" onClick={() => desk.say("")}>{t("curate_dismiss")}</button>
        </div>
      </div>
    </>
  );
}
