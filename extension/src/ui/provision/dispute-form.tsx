/** The form of a report, and below it exactly what will be sent, as text, before anything is. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { DisputeRequest, Severity } from "../../contract/types";
import { MOST_COMMENT, MOST_CONTACT, REASONS, requestOf, type DisputeForm } from "../../dispute/model";
import type { ClauseKind } from "../../dispute/kinds";
import { SEVERITY_ORDER } from "../../page-state";
import { t } from "../../platform/i18n";
import { severityWord } from "../severity";
import type { DisputePort } from "./dispute-port";
import { failureText, reasonWord } from "./dispute-words";
import { KindPicker } from "./kind-picker";
import type { ProvisionViewProps } from "./types";

interface SheetProps extends ProvisionViewProps {
  readonly disputes: DisputePort;
  readonly server: string;
  readonly form: DisputeForm;
  readonly onForm: (form: DisputeForm) => void;
  readonly onSent: () => void;
  readonly onCancel: () => void;
}

export function DisputeSheet(props: SheetProps): JSX.Element {
  const { provision, disputes, server, form, onForm, onSent, onCancel } = props;
  const [state, setState] = useState<"ready" | "sending">("ready");
  const [said, setSaid] = useState("");
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const box = first.current?.closest("form");
    const chosen = box?.querySelector<HTMLInputElement>("input:checked") ?? first.current;
    box?.scrollIntoView({ block: "nearest" });
    chosen?.focus({ preventScroll: false });
  }, []);
  const [kinds, setKinds] = useState<readonly ClauseKind[]>([]);
  const asksKind = form.reason === "wrong-kind";
  useEffect(() => {
    if (asksKind) void disputes.kinds().then(setKinds);
  }, [asksKind]);
  const request = requestOf(provision.id, form);
  const id = (name: string): string => `dispute-${provision.id}-${name}`;

  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (state === "sending") return;
    if (request === null) {
      setSaid(t("dispute_choose"));
      first.current?.focus();
      return;
    }
    setState("sending");
    setSaid(t("dispute_sending"));
    const result = await disputes.send(server, request);
    setState("ready");
    if (result.ok) onSent();
    else setSaid(failureText(result.failure, server));
  };

  return (
    <form class="dispute" aria-label={t("dispute_open")} noValidate onSubmit={(event) => void send(event)}>
      <fieldset>
        <legend>{t("dispute_what")}</legend>
        {REASONS.map((reason, i) => (
          <label class="line" key={reason}>
            <input
              ref={i === 0 ? first : null}
              type="radio"
              name={id("reason")}
              value={reason}
              checked={form.reason === reason}
              onChange={() => onForm({ ...form, reason })}
            />{" "}
            {reasonWord(reason)}
          </label>
        ))}
      </fieldset>
      {asksKind && kinds.length > 0 ? (
        <KindPicker
          id={id("kind")}
          kinds={kinds.filter((kind) => kind.id !== provision.clause_type.id)}
          chosen={form.kind}
          onChosen={(kind) => onForm({ ...form, kind })}
        />
      ) : null}
      {form.reason === "wrong-severity" ? (
        <label class="field">
          {t("dispute_severity")}
          <select
            value={form.severity ?? ""}
            onChange={(event) => onForm({ ...form, severity: (event.currentTarget.value || null) as Severity | null })}
          >
            <option value="">{t("dispute_severity_none")}</option>
            {SEVERITY_ORDER.filter((one) => one !== provision.severity).map((one) => (
              <option key={one} value={one}>{severityWord(one)}</option>
            ))}
          </select>
        </label>
      ) : null}
      <label class="field">
        {t("dispute_comment")}
        <textarea
          rows={3}
          maxLength={MOST_COMMENT}
          value={form.comment}
          onInput={(event) => onForm({ ...form, comment: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        {t("dispute_contact")}
        <input
          type="text"
          autocomplete="off"
          maxLength={MOST_CONTACT}
          value={form.contact}
          onInput={(event) => onForm({ ...form, contact: event.currentTarget.value })}
        />
      </label>
      {disputes.openPanel ? (
        <p class="quiet-text">
          {t("dispute_in_page")}{" "}
          <button type="button" class="link" onClick={disputes.openPanel}>{t("dispute_in_panel")}</button>
        </p>
      ) : null}
      <WhatIsSent request={request} server={server} title={provision.title} kinds={kinds} />
      <div class="buttons">
        <button type="submit" class="button" aria-disabled={state === "sending"}>{t("dispute_send")}</button>
        <button type="button" class="button quiet" onClick={onCancel}>{t("dispute_cancel")}</button>
      </div>
      <p class="said" role="alert">{said}</p>
    </form>
  );
}

interface AboutSent {
  readonly server: string;
  readonly title: string;
  readonly kinds: readonly ClauseKind[];
}

/** Every field that goes out, in words and as it is sent. */
function WhatIsSent({ request, ...about }: AboutSent & { readonly request: DisputeRequest | null }): JSX.Element {
  return (
    <div class="what-is-sent">
      <h4>{t("dispute_sent_title")}</h4>
      {request === null ? <p class="quiet-text">{t("dispute_sent_choose")}</p> : <Fields request={request} {...about} />}
      <p class="quiet-text">{t("dispute_sent_nothing_else")}</p>
    </div>
  );
}

function Fields({ request, server, title, kinds }: AboutSent & { readonly request: DisputeRequest }): JSX.Element {
  const kind = kinds.find(({ id }) => id === request.proposed_type);
  const rows: readonly (readonly [string, string | null | undefined])[] = [
    [t("dispute_field_to"), server],
    [t("dispute_field_label"), `${request.provision} (${title})`],
    [t("dispute_field_reason"), reasonWord(request.reason)],
    [t("dispute_field_kind"), kind?.title ?? request.proposed_type],
    [t("dispute_field_severity"), request.proposed_severity ? severityWord(request.proposed_severity) : null],
    [t("dispute_field_comment"), request.comment],
    [t("dispute_field_contact"), request.contact],
  ];
  return (
    <>
      <dl class="facts">
        {rows.map(([name, value]) =>
          value ? (
            <div class="row" key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <details>
        <summary>{t("dispute_raw")}</summary>
        <pre>{JSON.stringify(request, null, 2)}</pre>
      </details>
    </>
  );
}
