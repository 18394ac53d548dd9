/** One provision in full, the same in the card on the page and in the panel: essentials first, the rest folded. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Provision } from "../../contract/types";
import { t, type MessageKey } from "../../platform/i18n";
import { confidenceWord, percent } from "../confidence";
import { SeverityBadge } from "../severity-badge";
import { DisputeSlot, ReportedNotice } from "./dispute-slot";
import { Actions } from "./actions";
import { Cite, Evidence, HistoryFold } from "./evidence";
import { Paragraphs, Section } from "./parts";
import { Quick } from "./quick";
import { Agencies, Institutional, Others, Regulations, Siblings } from "./surroundings";
import type { ProvisionViewProps, Tools } from "./types";
import { useChoice } from "./use-choice";
import { WhyLabel } from "./why-label";
import { Words } from "./words";

export function ProvisionView(props: ProvisionViewProps): JSX.Element {
  const { provision, report, serverAddress, onOpen } = props;
  const { explanation } = provision;
  const chosen = useChoice(provision.id, props.actions);
  return (
    <article class="provision" data-method={provision.method}>
      <Header {...props} />
      {props.tools ? <ToolsSlot tools={props.tools} provision={provision} /> : null}
      <ReportedNotice {...props} />
      <Quick chosen={chosen} />
      <Section title={t("ui_what_it_is")}>
        <Paragraphs text={explanation.what_it_is} />
      </Section>
      <Section title={t("ui_affects_you")}>
        <Paragraphs text={explanation.how_it_affects_you} />
      </Section>
      <Actions provision={provision} chosen={chosen} />
      <Words provision={provision} report={report} />
      <WhyLabel provision={provision} quoteShown={report?.outcome !== "changed"} />
      <Section title={t("ui_why")}>
        <Paragraphs text={explanation.why_it_matters} />
        {explanation.interpretive_note ? (
          <p class="note">
            <strong>{t("ui_note")}</strong> {explanation.interpretive_note}
          </p>
        ) : null}
      </Section>
      <div class="folds">
        <Others provision={provision} />
        <Siblings provision={provision} onOpen={onOpen} />
        <Agencies provision={provision} />
        <Regulations provision={provision} />
        <Institutional provision={provision} />
        <HistoryFold provision={provision} />
        <Evidence provision={provision} />
        <Cite provision={provision} serverAddress={serverAddress} />
      </div>
      <DisputeSlot {...props} />
      <p class="disclaimer">{t("ui_not_legal_advice")}</p>
    </article>
  );
}

function ToolsSlot({ tools, provision }: { readonly tools: Tools; readonly provision: Provision }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => tools(box.current!, provision), [provision]);
  useEffect(() => {
    const element = box.current!;
    return () => tools(element, null);
  }, []);
  return <div ref={box} />;
}

function Header({ provision, titleId, headingLevel }: ProvisionViewProps): JSX.Element {
  const Heading = headingLevel === 1 ? "h1" : "h2";
  return (
    <header class="provision-header">
      <p class="badges">
        <SeverityBadge severity={provision.severity} />
        <span class="method" data-method={provision.method}>
          {t(provision.method === "curated" ? "ui_method_curated" : "ui_method_automatic")}
        </span>
      </p>
      <Heading id={titleId} class="provision-title">{provision.title}</Heading>
      <p class="quiet-text">
        {provision.entity.name} · {provision.document.title}
      </p>
      <p class="quiet-text">
        {provision.automatic
          ? t("ui_automatic_sure", confidenceWord(provision.confidence), percent(provision.automatic.probability))
          : t(`ui_confidence_${provision.confidence}` as MessageKey)}{" "}
        ·{" "}
        {t(provision.evidence_basis === "explicit_document_language" ? "ui_basis_explicit" : "ui_basis_inferred")}
      </p>
      {provision.method === "automatic" ? <p class="note">{t("ui_method_automatic_note")}</p> : null}
    </header>
  );
}
