/** Why an automatic label: the words that decided, and how often such labels are right. */
import type { JSX } from "preact";
import type { Provision } from "../../contract/types";
import { t } from "../../platform/i18n";
import { confidenceWord, percent } from "../confidence";
import { markWords } from "./deciding-words";
import { Section } from "./parts";

export function WhyLabel({ provision }: { provision: Provision }): JSX.Element | null {
  const { automatic, quote, clause_type: type, confidence } = provision;
  if (!automatic) return null;
  const share = percent(automatic.probability);
  const parts = quote ? markWords(quote.selector.exact, automatic.words) : [];
  const marked = parts.some(({ decided }) => decided);
  return (
    <Section title={t("ui_why_label")}>
      {automatic.words.length > 0 ? (
        <>
          <p>{t(marked ? "ui_why_label_marked" : "ui_why_label_words", type.title)}</p>
          {marked ? (
            <blockquote class="quote why" data-severity={provision.severity}>
              {parts.map(({ text, decided }) => (decided ? <mark class="decided">{text}</mark> : text))}
            </blockquote>
          ) : (
            <p>{automatic.words.join(", ")}</p>
          )}
        </>
      ) : (
        <p>{t("ui_why_label_whole", type.title)}</p>
      )}
      <p class="quiet-text">{t("ui_why_label_sure", confidenceWord(confidence), share)}</p>
    </Section>
  );
}
