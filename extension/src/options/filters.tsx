/** Which severities and categories to show. */
import type { JSX } from "preact";
import type { Category, Severity } from "../contract/types";
import { SEVERITY_ORDER } from "../page-state";
import { t, type MessageKey } from "../platform/i18n";
import type { Settings } from "../settings";
import { CATEGORY_ORDER, saveSettings } from "../settings-store";
import { severityWord } from "../ui/severity";
import { SeverityIcon } from "../ui/severity-badge";

const CATEGORY_NAMES: Readonly<Record<Category, MessageKey>> = {
  ai: "options_category_ai",
  collection: "options_category_collection",
  tracking: "options_category_tracking",
  sharing: "options_category_sharing",
  "retention-security": "options_category_retention_security",
  rights: "options_category_rights",
  content: "options_category_content",
  account: "options_category_account",
  terms: "options_category_terms",
  liability: "options_category_liability",
  disputes: "options_category_disputes",
  payment: "options_category_payment",
};

function toggled<Word>(hidden: readonly Word[], word: Word, show: boolean): Word[] {
  return show ? hidden.filter((other) => other !== word) : [...hidden, word];
}

export function Filters({ settings }: { settings: Settings }): JSX.Element {
  const showSeverity = (severity: Severity, show: boolean): void =>
    void saveSettings({ hiddenSeverities: toggled(settings.hiddenSeverities, severity, show) });
  const showCategory = (category: Category, show: boolean): void =>
    void saveSettings({ hiddenCategories: toggled(settings.hiddenCategories, category, show) });
  return (
    <>
      <fieldset>
        <legend class="legend">{t("options_severities")}</legend>
        <div class="checks">
          {SEVERITY_ORDER.map((severity) => (
            <label class="check" key={severity}>
              <input
                type="checkbox"
                id={`severity-${severity}`}
                checked={!settings.hiddenSeverities.includes(severity)}
                onChange={(event) => showSeverity(severity, event.currentTarget.checked)}
              />
              <SeverityIcon severity={severity} />
              <span>{severityWord(severity)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend class="legend">{t("options_categories")}</legend>
        <div class="checks">
          {CATEGORY_ORDER.map((category) => (
            <label class="check" key={category}>
              <input
                type="checkbox"
                id={`category-${category}`}
                checked={!settings.hiddenCategories.includes(category)}
                onChange={(event) => showCategory(category, event.currentTarget.checked)}
              />
              <span>{t(CATEGORY_NAMES[category])}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}
