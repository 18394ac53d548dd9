/** What the law of the place says of this letter: the right, its limits, the time, in one place above the letter. */
import type { JSX } from "preact";
import { today } from "../actions/deadline";
import { t } from "../platform/i18n";
import { showDay } from "../ui/dates";
import { Outside } from "../ui/provision/parts";
import type { LetterSheet } from "./model";

export function RightNotes({ sheet, unplaced }: { sheet: LetterSheet; unplaced: boolean }): JSX.Element | null {
  const { rule, optOutUntil } = sheet;
  return (
    <div class="stack" id="right-notes">
      {unplaced ? <p class="notice warning">{t("letters_unplaced")}</p> : null}
      {rule === null || (unplaced && rule.right === "courtesy") ? null : (
        <div class="notice">
          <p>
            <strong>{t(`actions_right_${rule.right}`)}</strong>{" "}
            {rule.article ? <Outside href={rule.url}>{rule.article.en}</Outside> : null}
          </p>
          {rule.rule.note ? <p>{rule.rule.note}</p> : null}
          {rule.rule.refuse ? <p class="small">{t("letters_refuse", rule.rule.refuse)}</p> : null}
          {rule.deadline ? <p class="small">{t("letters_deadline", t(`actions_deadline_${rule.deadline.basis}`, rule.deadline.phrase.en))}</p> : null}
          {rule.rule.account_lost ? <p class="small">{t("actions_account_lost")}</p> : null}
        </div>
      )}
      {optOutUntil ? (
        <p class="notice">{t(optOutUntil < today(new Date()) ? "letters_opt_out_over" : "letters_opt_out_until", showDay(optOutUntil))}</p>
      ) : null}
    </div>
  );
}
