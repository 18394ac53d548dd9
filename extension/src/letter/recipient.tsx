/** Whom it goes to: what is known of the company or the authority, and an honest word where nothing is. */
import type { JSX } from "preact";
import { mailAddress } from "../actions/address";
import { t, type MessageKey } from "../platform/i18n";
import { Outside } from "../ui/provision/parts";
import { freshness } from "../ui/provision/way";
import { factView } from "../actions/view";
import type { LetterSheet } from "./model";

export interface RecipientProps {
  readonly sheet: LetterSheet;
  readonly address: string;
  readonly complaint: boolean;
  readonly onAddress: (address: string) => void;
  readonly onAuthority: (id: string) => void;
}

export function Recipient({ sheet, address, complaint, onAddress, onAuthority }: RecipientProps): JSX.Element {
  const { recipient, authority, authorities } = sheet;
  const postal = complaint ? authority?.postal : recipient?.postal;
  const form = complaint ? authority?.url : recipient?.form;
  const wrong = address.trim() !== "" && mailAddress(address.trim()) === null;
  const nothing = !postal && !form && address === "";
  const official = complaint ? authority?.name : recipient?.name;
  return (
    <section class="part stack screen-only" aria-labelledby="to-title">
      <h2 id="to-title">{t("letters_to")}</h2>
      {complaint && authorities.length > 0 ? (
        <label class="stack tight" for="letter-authority">
          <span>{t("letters_authority")}</span>
          <select id="letter-authority" class="field" value={authority?.id ?? ""} onChange={(event) => onAuthority(event.currentTarget.value)}>
            {authority === null ? <option value="">{t("letters_authority_choose")}</option> : null}
            {authorities.map(({ id, name, basis }) => (
              <option key={id} value={id}>{t("letters_authority_option", name, t(`letters_basis_${basis}` as MessageKey))}</option>
            ))}
          </select>
        </label>
      ) : null}
      {official ? <p><strong>{official}</strong></p> : null}
      {postal ? <address class="postal">{postal}</address> : null}
      {form ? (
        <p><Outside href={form}>{t(complaint ? "letters_authority_page" : "letters_form")}</Outside></p>
      ) : null}
      {recipient?.phone && !complaint ? <p class="quiet">{t("letters_phone", recipient.phone)}</p> : null}
      {recipient && recipient.asksFor.length > 0 && !complaint ? <p class="quiet">{t("letters_asks_for", recipient.asksFor.join(", "))}</p> : null}
      {nothing ? <p class="notice warning" id="no-contact">{t(complaint ? "letters_no_authority" : "letters_no_contact")}</p> : null}
      <label class="stack tight" for="letter-to">
        <span>{t("letters_to_email")}</span>
        <input
          id="letter-to"
          class="field"
          type="text"
          inputMode="email"
          autocomplete="off"
          spellcheck={false}
          value={address}
          aria-invalid={wrong}
          aria-describedby="letter-to-fault"
          onInput={(event) => onAddress(event.currentTarget.value)}
        />
      </label>
      <p id="letter-to-fault" class="notice warning" role="alert" hidden={!wrong}>{t("letters_to_wrong")}</p>
      {recipient?.entry && !complaint ? <p class="quiet small">{freshness(factView(recipient.entry))}</p> : null}
    </section>
  );
}
