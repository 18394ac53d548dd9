/**
 * What a record itself says one can do, for readers without the rest of the extension (no place, no letters of ours):
 * the page, the letter, the steps, and honestly how far it helps.
 */
import type { JSX } from "preact";
import type { Action } from "../../contract/types";
import { t, tn, type MessageKey } from "../../platform/i18n";
import { emailAddress, httpsLink, mailtoLink } from "../links";
import { CopyButton, Outside, Paragraphs, Section } from "./parts";
import { placeName } from "./places";

export function RecordActions({ actions }: { actions: readonly Action[] }): JSX.Element {
  return (
    <Section title={t("ui_actions")}>
      {actions.length === 0 ? <p class="quiet-text">{t("ui_actions_none")}</p> : null}
      <ul class="actions">
        {actions.map((action) => (
          <li class="action">
            <OneAction action={action} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function OneAction({ action }: { action: Action }): JSX.Element {
  const { steps = [], letter } = action;
  const host = httpsLink(action.url) ? new URL(action.url!).hostname : null;
  return (
    <>
      <p class="action-title">
        <span class="kind">{t(`ui_action_${action.kind}` as MessageKey)}</span> {action.title}
      </p>
      {steps.length > 0 ? (
        <ol class="steps">
          {steps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
      ) : null}
      <div class="buttons">
        {host ? <Outside href={action.url} button>{t("ui_action_open", host)}</Outside> : null}
        <Letter action={action} />
      </div>
      {letter ? (
        <details class="letter">
          <summary>{t("ui_letter_read")}</summary>
          <p class="letter-subject">{letter.subject}</p>
          <Paragraphs text={signed(letter.body)} />
        </details>
      ) : null}
      <p class="effect" data-effect={action.effect}>
        <strong>{t(`ui_effect_${action.effect}` as MessageKey)}</strong> {action.effect_note ?? ""}
      </p>
      <p class="quiet-text">
        {t("ui_action_where", action.jurisdictions.map((code) => placeName(code)).join(", "))}
        {action.minutes ? ` ${tn("ui_action_minutes", action.minutes)}` : ""}
      </p>
    </>
  );
}

/** The name is the one thing that only the user can fill in. */
function signed(body: string): string {
  return body.replaceAll("{name}", t("ui_your_name"));
}

function Letter({ action }: { action: Action }): JSX.Element | null {
  const { letter } = action;
  const to = emailAddress(action.email);
  if (!letter) {
    const plain = mailtoLink(to);
    return plain ? <MailButton href={plain} label={t("ui_action_email", to!)} /> : null;
  }
  const href = mailtoLink(to, letter.subject, signed(letter.body));
  const short = href ?? mailtoLink(to, letter.subject);
  return (
    <>
      {to && short ? <MailButton href={short} label={t("ui_action_email", to)} /> : null}
      <CopyButton text={signed(letter.body)} label={t("ui_letter_copy")} />
      {to && !href ? <p class="note">{t("ui_letter_long")}</p> : null}
    </>
  );
}

/** In a tab of its own where the browser's mail page replaces it; a mail program opens beside it. */
function MailButton({ href, label }: { href: string; label: string }): JSX.Element {
  return (
    <a class="button" href={href} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  );
}
