/** "This label is wrong": the way to the form, what was decided before, and the user's own report. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { canBeReported, EMPTY_FORM, type DisputeForm } from "../../dispute/model";
import type { OwnReport } from "../../own-reports";
import { t, type MessageKey } from "../../platform/i18n";
import { showDay, showOwnDay } from "../dates";
import { DisputeSheet } from "./dispute-form";
import { failureText, reasonWord } from "./dispute-words";
import type { DisputePort } from "./dispute-port";
import { CopyButton, Section } from "./parts";
import type { ProvisionViewProps } from "./types";

/** What was typed stays while the page is open: a card that is closed by mistake loses nothing. */
const typed = new Map<string, DisputeForm>();

/** Right below the label's name: the user said that it is wrong. */
export function ReportedNotice({ own, disputes }: ProvisionViewProps): JSX.Element | null {
  if (!own || !disputes) return null;
  return (
    <p class="note reported" data-state={own.state}>
      <strong>{t(`dispute_own_${own.state}` as MessageKey)}</strong>{" "}
      {own.decision ? own.decision.text : t(own.hidden ? "dispute_own_hidden" : "dispute_own_marked")}
    </p>
  );
}

export function DisputeSlot(props: ProvisionViewProps): JSX.Element {
  const { provision, serverAddress, own = null, disputes } = props;
  return (
    <Section title={t("dispute_title")}>
      <Decided {...props} />
      {!disputes || !serverAddress ? null : own !== null ? (
        <Own own={own} disputes={disputes} />
      ) : canBeReported(provision) ? (
        <Report {...props} disputes={disputes} server={serverAddress} />
      ) : (
        <p class="quiet-text">{t("dispute_nobody")}</p>
      )}
    </Section>
  );
}

/** What others reported, and why it was decided so: public, and nobody is named. */
function Decided({ provision }: ProvisionViewProps): JSX.Element | null {
  const { open = 0, upheld = 0, rejected = 0 } = provision.disputes;
  const latest = provision.decisions?.[0];
  if (open + upheld + rejected === 0) return null;
  return (
    <>
      <p class="quiet-text">{t("ui_disputes", open, upheld, rejected)}</p>
      {latest ? (
        <p class="quiet-text">
          {t(`dispute_decided_${latest.state}` as MessageKey, showDay(latest.date))} {latest.text}
        </p>
      ) : null}
    </>
  );
}

function Report(props: ProvisionViewProps & { disputes: DisputePort; server: string }): JSX.Element {
  const { id } = props.provision;
  const [form, setForm] = useState<DisputeForm>(typed.get(id) ?? EMPTY_FORM);
  const button = useRef<HTMLButtonElement>(null);
  const change = (next: DisputeForm): void => {
    typed.set(id, next);
    setForm(next);
  };
  if (form.open) {
    return (
      <DisputeSheet
        {...props}
        form={form}
        onForm={change}
        onSent={() => typed.delete(id)}
        onCancel={() => {
          change({ ...form, open: false });
          setTimeout(() => button.current?.focus());
        }}
      />
    );
  }
  return (
    <p>
      <button ref={button} type="button" class="button quiet" data-dispute="open" onClick={() => change({ ...form, open: true })}>
        {t("dispute_open")}
      </button>
    </p>
  );
}

/** The user's report: its state, the private link, and what the user wants to see of the label. */
function Own({ own, disputes }: { own: OwnReport; disputes: DisputePort }): JSX.Element {
  const [said, setSaid] = useState("");
  const top = useRef<HTMLDivElement>(null);
  // The form that had the focus has gone: the answer to it gets the focus. A report of another day does not.
  useEffect(() => {
    if (Date.now() - own.sentAt < JUST_SENT_MS) top.current?.focus({ preventScroll: false });
  }, []);
  const check = async (): Promise<void> => {
    setSaid(t("dispute_checking"));
    const result = await disputes.check(own.server, own.provisionId);
    setSaid(result.ok ? t("dispute_checked") : failureText(result.failure, own.server));
  };
  return (
    <div class="own-report" ref={top} tabIndex={-1} data-state={own.state}>
      <p role="status">
        <strong>{t("dispute_own_sent", showOwnDay(own.sentAt))}</strong> {reasonWord(own.reason)}.
      </p>
      {own.state === "open" && own.moderation ? (
        <p>
          <a class="button" href={own.moderation} target="_blank" rel="noopener noreferrer">
            {t("dispute_decide")}
            <span class="unseen"> {t("ui_new_tab")}</span>
          </a>
        </p>
      ) : null}
      <p>
        <a href={own.url} target="_blank" rel="noopener noreferrer">
          {t("dispute_link")}
          <span class="unseen"> {t("ui_new_tab")}</span>
        </a>
      </p>
      <p class="quiet-text">{t("dispute_link_text")}</p>
      <div class="buttons">
        <CopyButton text={own.url} label={t("dispute_link_copy")} />
        <button type="button" class="button quiet" aria-pressed={own.hidden} onClick={() => void disputes.hide(own.provisionId, !own.hidden)}>
          {t(own.hidden ? "dispute_show" : "dispute_hide")}
        </button>
        {own.state === "open" ? (
          <button type="button" class="button quiet" onClick={() => void check()}>
            {t("dispute_check")}
          </button>
        ) : null}
      </div>
      <p class="quiet-text" role="status">{said}</p>
    </div>
  );
}

/** A report this young was sent from the form that it takes the place of. */
const JUST_SENT_MS = 15_000;
