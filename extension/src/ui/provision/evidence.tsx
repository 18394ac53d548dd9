/** History, where the words come from and what of it was checked, and how to cite the record. */
import type { ComponentChildren, JSX } from "preact";
import type { Provision } from "../../contract/types";
import { t, tn, type MessageKey } from "../../platform/i18n";
import { showDay } from "../dates";
import { permalinkOf } from "../links";
import { severityWord } from "../severity";
import { Difference } from "./difference";
import { CopyButton, Fold, Outside } from "./parts";

function Row({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="row">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function HistoryFold({ provision }: { provision: Provision }): JSX.Element {
  const { history } = provision;
  return (
    <Fold title={t("ui_history")}>
      <dl class="facts">
        <Row name={t("ui_first_seen")}>{showDay(history.first_seen)}</Row>
        <Row name={t("ui_last_seen")}>{showDay(history.last_seen)}</Row>
        <Row name={t("ui_last_verified")}>{showDay(history.last_verified)}</Row>
        <Row name={t("ui_monitored")}>{tn("ui_months", history.months_monitored)}</Row>
        <Row name={t("ui_stability")}>
          {t(`ui_stability_${history.stability}` as MessageKey)} ({tn("ui_changes", history.change_count)})
        </Row>
      </dl>
      <ol class="changes">
        {history.changes.map((change) => (
          <li>
            <p>
              <strong>{showDay(change.date)}</strong> {t(`ui_change_${change.kind}` as MessageKey)}
              {change.severity_from && change.severity_from !== change.severity_to
                ? `, ${t("ui_change_severity", severityWord(change.severity_from), severityWord(change.severity_to))}`
                : ""}
            </p>
            <p class="prose">{change.summary}</p>
            {change.old_quote && change.new_quote ? <Difference before={change.old_quote} after={change.new_quote} /> : null}
          </li>
        ))}
      </ol>
    </Fold>
  );
}

interface CheckProps {
  readonly done: boolean;
  readonly yes: MessageKey;
  readonly no: MessageKey;
  /** When it was computed last. */
  readonly at?: string | null | undefined;
}

function Check({ done, yes, no, at }: CheckProps): JSX.Element {
  return (
    <li data-done={done ? "yes" : "no"}>
      <span class="check" aria-hidden="true">{done ? "\u2713" : "\u2013"}</span> {t(done ? yes : no)}
      {done && at ? ` (${showDay(at)})` : ""}
    </li>
  );
}

export function Evidence({ provision }: { provision: Provision }): JSX.Element {
  const { provenance } = provision;
  return (
    <Fold title={t("ui_evidence")}>
      <ul class="checks">
        <Check done={provenance.snapshot_stored} yes="ui_check_stored" no="ui_check_not_stored" />
        <Check done={provenance.hash_verified} at={provenance.hash_verified_at} yes="ui_check_hash" no="ui_check_no_hash" />
        {provision.quote ? <Check done={provenance.quote_verified} at={provenance.quote_verified_at} yes="ui_check_quote" no="ui_check_no_quote" /> : null}
        <Check done={provenance.change_verified} at={provenance.change_verified_at} yes="ui_check_change" no="ui_check_no_change" />
      </ul>
      <dl class="facts">
        {provenance.source_url ? (
          <Row name={t("ui_source")}>
            <Outside href={provenance.source_url}>{provenance.source_url}</Outside>
          </Row>
        ) : null}
        {provenance.archive_url ? (
          <Row name={t("ui_archive")}>
            <Outside href={provenance.archive_url}>{provenance.archive_url}</Outside>
          </Row>
        ) : null}
        {provenance.captured_at ? <Row name={t("ui_captured")}>{showDay(provenance.captured_at)}</Row> : null}
        {provenance.analysed_at ? <Row name={t("ui_analysed")}>{showDay(provenance.analysed_at)}</Row> : null}
        {provenance.reported_by ? (
          <Row name={t("ui_reported_by")}>
            <Outside href={provenance.reported_url}>{provenance.reported_by}</Outside>
          </Row>
        ) : null}
        {provenance.sha256 ? (
          <Row name={t(provenance.sha256_basis === "computed" ? "ui_sha_computed" : "ui_sha_reported")}>
            <code>{provenance.sha256}</code>
          </Row>
        ) : null}
        {provision.method_version ? <Row name={t("ui_classifier")}>{provision.method_version}</Row> : null}
        <Row name={t("ui_record")}>{provision.id}</Row>
      </dl>
      {provenance.note ? <p class="prose">{provenance.note}</p> : null}
    </Fold>
  );
}

export function Cite({ provision, serverAddress }: { provision: Provision; serverAddress: string | null }): JSX.Element {
  const permalink = permalinkOf(provision.permalink, serverAddress);
  const { citation } = provision;
  return (
    <Fold title={t("ui_cite")}>
      <p class="prose">{citation.text}</p>
      <div class="buttons">
        <CopyButton text={citation.text} label={t("ui_cite_text")} />
        <CopyButton text={citation.bibtex} label="BibTeX" />
        <CopyButton text={citation.ris} label="RIS" />
        <CopyButton text={JSON.stringify(citation.csl_json, null, 2)} label="CSL-JSON" />
      </div>
      {permalink ? (
        <p>
          <a href={permalink} target="_blank" rel="noopener noreferrer">
            {t("ui_permalink")}
            <span class="unseen"> {t("ui_new_tab")}</span>
          </a>
        </p>
      ) : null}
    </Fold>
  );
}
