/** How the letter goes out: by the reader's own mail program, by copying, as a file, or on paper. We send nothing. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { letterFileName, mailLink } from "../actions/mail-link";
import type { Variable } from "../actions/types";
import { t, type MessageKey } from "../platform/i18n";
import { copyText } from "../ui/copy";
import { saveFile } from "../ui/save-file";

export interface SendProps {
  readonly letter: { readonly subject: string; readonly body: string };
  readonly address: string;
  readonly file: { readonly request: string; readonly entity: string; readonly day: string };
  readonly missing: readonly Variable[];
}

export function Send({ letter, address, file, missing }: SendProps): JSX.Element {
  const [said, setSaid] = useState("");
  const region = useRef<HTMLElement>(null);
  const mail = mailLink({ to: address.trim(), subject: letter.subject, body: letter.body });
  const whole = `${letter.subject}\n\n${letter.body}\n`;

  const copy = async (text: string): Promise<void> => setSaid(t((await copyText(text, document)) ? "letters_copied" : "letters_copy_failed"));
  const save = (): void => {
    saveFile(letterFileName({ ...file, ending: "txt" }), whole, "text/plain");
    setSaid(t("letters_saved"));
  };
  return (
    <section class="part stack screen-only" aria-labelledby="send-title" ref={region}>
      <h2 id="send-title">{t("letters_send")}</h2>
      <p class="quiet">{t("letters_send_text")}</p>
      {missing.length > 0 ? (
        <p class="notice warning" id="letter-missing">
          {t("letters_missing", missing.map((name) => t(`letters_field_${name}` as MessageKey)).join(", "))}
        </p>
      ) : null}
      <div class="row">
        {mail.kind === "no-address" ? null : (
          <a
            id="letter-mail"
            class="button primary"
            href={mail.href}
            target="_blank"
            rel="noopener noreferrer"
            data-long={mail.kind === "too-long"}
            onClick={() => {
              if (mail.kind === "too-long") void copy(letter.body);
              else setSaid(t("letters_mail_opened"));
            }}
          >
            {t(mail.kind === "too-long" ? "letters_mail_long" : "letters_mail")}
          </a>
        )}
        <button id="letter-copy" class={mail.kind === "no-address" ? "button primary" : "button"} type="button" onClick={() => void copy(whole)}>
          {t("letters_copy")}
        </button>
        <button id="letter-save" class="button" type="button" onClick={save}>{t("letters_save")}</button>
        <button id="letter-print" class="button" type="button" onClick={() => window.print()}>{t("letters_print")}</button>
      </div>
      {mail.kind === "too-long" ? <p class="quiet small">{t("letters_too_long")}</p> : null}
      {mail.kind === "no-address" ? <p class="quiet small">{t("letters_no_mail")}</p> : null}
      <p role="status" id="letter-said" class={said ? "notice good" : ""}>{said}</p>
    </section>
  );
}
