/** The clause's own words: as recorded, and when the page says something else, word by word what changed. */
import type { JSX } from "preact";
import type { Provision } from "../../contract/types";
import type { OutcomeReport } from "../../page-state";
import { t } from "../../platform/i18n";
import { showDay } from "../dates";
import { outcomeHint, outcomeWord } from "../severity";
import { Section } from "./parts";
import { Difference } from "./difference";
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
