/** How the clause stands among others, and who watches over it. */
import type { JSX } from "preact";
import type { Provision } from "../../contract/types";
import { t } from "../../platform/i18n";
import { SeverityBadge, SeverityIcon } from "../severity-badge";
import { severityWord } from "../severity";
import { Fold, Outside, Paragraphs } from "./parts";
import { placeName } from "./places";

export function Others({ provision }: { provision: Provision }): JSX.Element {
  const { examples, prevalence } = provision.context;
  return (
    <Fold title={t("ui_others")}>
      <p>{t("ui_prevalence", provision.clause_type.title, prevalence.entities_with, prevalence.entities_tracked)}</p>
      {examples.length === 0 ? <p class="quiet-text">{t("ui_examples_none")}</p> : null}
      {examples.map((example) => (
        <figure class="example">
          <figcaption>
            <Outside href={example.url}>{t("ui_example_of", example.entity, example.document)}</Outside>{" "}
            <SeverityBadge severity={example.severity} />
          </figcaption>
          <blockquote class="quote" data-severity={example.severity}>{example.quote}</blockquote>
        </figure>
      ))}
    </Fold>
  );
}

export function Siblings({ provision, onOpen }: { provision: Provision; onOpen: (id: string) => void }): JSX.Element | null {
  const { siblings } = provision.context;
  if (siblings.length === 0) return null;
  return (
    <Fold title={t("ui_siblings", siblings.length)}>
      <ul class="siblings">
        {siblings.map(({ id, title, severity }) => (
          <li>
            <button type="button" class="link" onClick={() => onOpen(id)}>
              <SeverityIcon severity={severity} />
              <span class="unseen">{severityWord(severity)}: </span>
              {title}
            </button>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

export function Agencies({ provision }: { provision: Provision }): JSX.Element | null {
  if (provision.agencies.length === 0) return null;
  return (
    <Fold title={t("ui_agencies")}>
      <ul class="entries">
        {provision.agencies.map((agency) => (
          <li>
            <p>
              <strong>{agency.name}</strong> <span class="quiet-text">{placeName(agency.jurisdiction)}</span>
            </p>
            <p class="prose">{agency.why}</p>
            <div class="buttons">
              <Outside href={agency.complaint_url} button>{t("ui_agency_complain")}</Outside>
            </div>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

export function Regulations({ provision }: { provision: Provision }): JSX.Element | null {
  if (provision.regulations.length === 0) return null;
  return (
    <Fold title={t("ui_regulations")}>
      <ul class="entries">
        {provision.regulations.map((law) => (
          <li>
            <p>
              <Outside href={law.url}>{law.name}</Outside>{" "}
              <span class="quiet-text">{placeName(law.jurisdiction)}</span>
            </p>
            {law.articles && law.articles.length > 0 ? <p class="quiet-text">{law.articles.join(", ")}</p> : null}
            {law.why ? <p class="prose">{law.why}</p> : null}
          </li>
        ))}
      </ul>
    </Fold>
  );
}

export function Institutional({ provision }: { provision: Provision }): JSX.Element {
  const part = provision.institutional;
  return (
    <Fold title={t("ui_institutional")}>
      <h4>{t("ui_institutional_landscape")}</h4>
      <Paragraphs text={part.regulatory_landscape} />
      <h4>{t("ui_institutional_exposure")}</h4>
      <Paragraphs text={part.governance_exposure} />
      {part.jurisdiction_flags.length > 0 ? (
        <>
          <h4>{t("ui_institutional_flags")}</h4>
          <ul class="bullets">
            {part.jurisdiction_flags.map((flag) => (
              <li>{flag}</li>
            ))}
          </ul>
        </>
      ) : null}
      <h4>{t("ui_institutional_vendors")}</h4>
      <Paragraphs text={part.vendor_implications} />
      <h4>{t("ui_institutional_compliance")}</h4>
      <Paragraphs text={part.compliance_considerations} />
    </Fold>
  );
}
