/** Place, letters and reminders: what the ways and letters need to know of the reader, all of it said by them. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { PLACES } from "../actions/data";
import { LANGUAGES } from "../actions/types";
import { placeChoices } from "../actions/view";
import { t, tn, type MessageKey } from "../platform/i18n";
import { eraseProfile, NO_PROFILE, readProfile, saveProfile, type KeptProfile } from "../profile-store";
import type { Settings } from "../settings";
import { saveSettings } from "../settings-store";
import { Reminders } from "../ui/page/reminders";
import { useOpenCases } from "../ui/page/use-open-cases";
import { PlaceSelect } from "../ui/provision/place-select";

export function Letters({ settings }: { settings: Settings }): JSX.Element {
  const open = useOpenCases();
  return (
    <>
      <label class="stack tight" for="place">
        <span>{t("actions_where")}</span>
        <PlaceSelect id="place" places={placeChoices(PLACES, "en")} value={settings.place} onChoose={(place) => void saveSettings({ place })} onNone={() => void saveSettings({ place: null })} />
      </label>
      <p class="quiet small">{t("cases_options_place_text")}</p>
      <label class="stack tight" for="letter-language">
        <span>{t("cases_options_language")}</span>
        <select
          id="letter-language"
          class="field"
          value={settings.letterLanguage ?? ""}
          onChange={(event) => void saveSettings({ letterLanguage: LANGUAGES.find((one) => one === event.currentTarget.value) ?? null })}
        >
          <option value="">{t("cases_options_language_browser")}</option>
          {LANGUAGES.map((one) => (
            <option key={one} value={one}>{t(`letters_language_${one}` as MessageKey)}</option>
          ))}
        </select>
      </label>
      <ProfileForm />
      <Reminders settings={settings} />
      <p>
        <a href="cases.html">{open === null ? t("cases_title") : tn("cases_popup", open)}</a>
      </p>
    </>
  );
}

function ProfileForm(): JSX.Element | null {
  const [profile, setProfile] = useState<KeptProfile | null | "reading">("reading");
  const [said, setSaid] = useState("");
  useEffect(() => void readProfile().then(setProfile), []);
  if (profile === "reading") return null;
  const kept = profile ?? NO_PROFILE;
  const change = (fields: Partial<KeptProfile>): void => {
    const next = { ...kept, ...fields };
    setProfile(next);
    void saveProfile(fields).then(() => setSaid(t("cases_options_profile_saved")));
  };
  const erase = async (): Promise<void> => {
    await eraseProfile();
    setProfile(null);
    setSaid(t("cases_options_profile_erased"));
  };
  return (
    <fieldset class="stack" id="profile">
      <legend class="legend">{t("cases_options_profile")}</legend>
      <p class="quiet small">{t("cases_options_profile_text")}</p>
      <Line id="profile-name" label={t("letters_field_name")} autocomplete="name" value={kept.name} onChange={(name) => change({ name })} />
      <Line id="profile-email" label={t("letters_field_email")} autocomplete="email" value={kept.email} onChange={(email) => change({ email })} />
      <label class="stack tight" for="profile-address">
        <span>{t("letters_field_address")}</span>
        <textarea id="profile-address" class="field" rows={3} autocomplete="street-address" value={kept.address} onInput={(event) => change({ address: event.currentTarget.value })} />
      </label>
      {Object.entries(kept.customerNumbers).map(([id, { entity, number }]) => (
        <Line
          key={id}
          id={`profile-number-${id}`}
          label={t("cases_options_customer_number", entity)}
          autocomplete="off"
          value={number}
          onChange={(text) => change({ customerNumbers: { ...kept.customerNumbers, [id]: { entity, number: text } } })}
        />
      ))}
      <div class="row">
        <button id="profile-erase" class="button" type="button" disabled={profile === null} onClick={() => void erase()}>
          {t("cases_options_profile_erase")}
        </button>
        <span role="status" class="quiet small">{said}</span>
      </div>
    </fieldset>
  );
}

function Line({ id, label, value, autocomplete, onChange }: {
  id: string;
  label: string;
  value: string;
  autocomplete: "name" | "email" | "off";
  onChange: (text: string) => void;
}): JSX.Element {
  return (
    <label class="stack tight" for={id}>
      <span>{label}</span>
      <input id={id} class="field" type="text" autocomplete={autocomplete} value={value} onInput={(event) => onChange(event.currentTarget.value)} />
    </label>
  );
}
