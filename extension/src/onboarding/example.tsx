/** A small picture of a highlighted policy, drawn with text: what to expect before there is a page to try. */
import type { JSX } from "preact";
import { t } from "../platform/i18n";
import { severityWord } from "../ui/severity";
import { SeverityIcon } from "../ui/severity-badge";

export function Example(): JSX.Element {
  return (
    <figure class="example">
      <div class="paper">
        <p>
          {t("onboarding_example_before")} <span class="lit">{t("onboarding_example_clause")}</span>{" "}
          {t("onboarding_example_after")}
        </p>
      </div>
      <figcaption class="card">
        <span class="row">
          <SeverityIcon severity="high" />
          <strong>{severityWord("high")}</strong>
        </span>
        <span>{t("onboarding_example_meaning")}</span>
        <span class="quiet small">{t("onboarding_example_action")}</span>
      </figcaption>
    </figure>
  );
}
