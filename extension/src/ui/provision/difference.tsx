/** Two wordings as one text: what is gone struck out, what came underlined, and both said to screen readers. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { diffWords } from "../../anchoring";
import { t } from "../../platform/i18n";

/** Struck out is `before`, underlined is `after`. */
export function Difference({ before, after }: { before: string; after: string }): JSX.Element {
  const parts = useMemo(() => diffWords(before, after), [before, after]);
  return (
    <>
      <blockquote class="quote difference">
        {parts.map(({ kind, text }) => {
          if (kind === "same") return text;
          const Tag = kind === "removed" ? "del" : "ins";
          return (
            <>
              <span class="unseen"> {kind === "removed" ? t("ui_diff_removed") : t("ui_diff_added")} </span>
              <Tag>{text.trimEnd()}</Tag>
              <span class="unseen"> {t("ui_diff_end")}</span>{" "}
            </>
          );
        })}
      </blockquote>
      <p class="legend" aria-hidden="true">
        <del>{t("ui_diff_legend_removed")}</del> <ins>{t("ui_diff_legend_added")}</ins>
      </p>
    </>
  );
}
