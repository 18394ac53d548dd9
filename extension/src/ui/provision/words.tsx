/** The clause's own words: as recorded, and when the page says something else, word by word what changed. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { diffWords } from "../../anchoring";
import type { Provision } from "../../contract/types";
import type { OutcomeReport } from "../../page-state";
import { t } from "../../platform/i18n";
import { showDay } from "../dates";
import { outcomeHint, outcomeWord } from "../severity";
import { Section } from "./parts";
import { MarkedQuote } from "./why-label";

/** Day on which the words were taken down, as far as the record tells. */
export function recordedOn(provision: Provision): string | null {
  return provision.quote?.recorded ?? provision.provenance.captured_at ?? provision.history.last_verified;
}

export function Words({ provision, report }: { provision: Provision; report: OutcomeReport | null }): JSX.Element {
  const { quote } = provision;
  if (!quote) {
    return (
      <Section title={t("ui_words")}>
        <p class="quiet-text">{t("ui_words_none")}</p>
      </Section>
    );
  }
  const recorded = recordedOn(provision);
  const day = recorded ? showDay(recorded) : null;
  if (report?.outcome === "changed" && report.pageText) {
    return (
      <Section title={t("ui_words")}>
        <Notice outcome="changed" />
        <Difference before={quote.selector.exact} after={report.pageText} />
        <p class="quiet-text">{day ? t("ui_words_changed_since", day) : t("ui_words_changed")}</p>
      </Section>
    );
  }
  return (
    <Section title={report?.outcome === "gone" ? t("ui_words_old") : t("ui_words")}>
      {report?.outcome === "gone" || report?.outcome === "moved" ? <Notice outcome={report.outcome} /> : null}
      <MarkedQuote provision={provision} />
      {day ? <p class="quiet-text">{t("ui_words_recorded", day)}</p> : null}
    </Section>
  );
}

function Notice({ outcome }: { outcome: "changed" | "gone" | "moved" }): JSX.Element {
  return (
    <p class="note" data-outcome={outcome}>
      <strong>{outcomeWord(outcome)}.</strong> {outcomeHint(outcome)}
    </p>
  );
}

/** Struck out is the record, underlined is the page; the elements say so to screen readers too. */
function Difference({ before, after }: { before: string; after: string }): JSX.Element {
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
