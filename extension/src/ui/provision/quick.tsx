/** The best way in one click, before anything has to be read or scrolled; without a place, the question for it. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t, type MessageKey } from "../../platform/i18n";
import { PlaceQuestion } from "./place-question";
import type { Chosen } from "./use-choice";
import { WayButtons, wayTitle } from "./way";

export function Quick({ chosen }: { chosen: Chosen }): JSX.Element | null {
  const { choice, placed, failed, setPlace, write } = chosen;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (placed > 0) box.current?.querySelector<HTMLElement>("button,a[href]")?.focus();
  }, [placed]);
  if (choice === null || choice === "waiting") return null;
  if (choice.place === null) {
    return (
      <div class="quick">
        <PlaceQuestion choice={choice} onChoose={setPlace} />
      </div>
    );
  }
  const { best } = choice;
  if (best === null) return null;
  return (
    <div class="quick" ref={box} data-way={best.id}>
      <p>
        <span class="quick-title">{wayTitle(best)}</span> <span class="quiet-text">{t(`ui_effect_${best.effect}` as MessageKey)}{best.accountLost ? ` ${t("actions_account_lost")}` : ""}</span>
      </p>
      <WayButtons way={best} first onWrite={write} />
      <p class="quiet-text" role="status">{failed ? t("actions_letter_failed") : ""}</p>
    </div>
  );
}
