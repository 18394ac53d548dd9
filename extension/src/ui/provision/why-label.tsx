/** Why an automatic label: the words that decided (marked in the quote), and how often such labels are right. */
import type { JSX } from "preact";
import type { Provision } from "../../contract/types";
import { language, t } from "../../platform/i18n";
import { confidenceWord, percent } from "../confidence";
import { markWords } from "./deciding-words";
import { Section } from "./parts";

/** The clause's own words with those marked that decided about its label. */
export function MarkedQuote({ provision }: { provision: Provision }): JSX.Element {
  const quote = provision.quote?.selector.exact ?? "";
  return (
    <blockquote class="quote" data-severity={provision.severity}>
      {markWords(quote, provision.automatic?.words ?? []).map(({ text, decided }) =>
        decided ? <mark class="decided">{text}</mark> : text,
      )}
    </blockquote>
  );
}

/** `quoteShown`: the quote with its marks stands above; else the words are named here. */
export function WhyLabel({ provision, quoteShown }: { provision: Provision; quoteShown: boolean }): JSX.Element | null {
  const { automatic, quote, clause_type: type, confidence } = provision;
  if (!automatic) return null;
  const { words, probability } = automatic;
  const marked = quoteShown && quote != null && markWords(quote.selector.exact, words).some(({ decided }) => decided);
  return (
    <Section title={t("ui_why_label")}>
      {words.length === 0 ? (
        <p>{t("ui_why_label_whole", type.title)}</p>
      ) : marked ? (
        <p>{t("ui_why_label_marked", type.title)}</p>
      ) : (
        <p>{t("ui_why_label_words", type.title, new Intl.ListFormat(language(), { type: "unit" }).format(words))}</p>
      )}
      <p class="quiet-text">{t("ui_why_label_sure", confidenceWord(confidence), percent(probability))}</p>
    </Section>
  );
}
