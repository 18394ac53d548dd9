/** What only the reader knows. It stays in this page, unless they tick that it is kept on this computer. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t, type MessageKey } from "../platform/i18n";
import { eraseProfile, saveProfile, type KeptProfile } from "../profile-store";
import type { Asked, Written } from "./model";

type FieldName = keyof Written;

interface Field {
  readonly key: FieldName;
  readonly kind: "text" | "email" | "date" | "lines";
  readonly autocomplete?: "name" | "email" | "street-address";
  readonly kept: boolean;
}

const FIELDS: Readonly<Record<Asked, Field>> = {
  name: { key: "name", kind: "text", autocomplete: "name", kept: true },
  email: { key: "email", kind: "email", autocomplete: "email", kept: true },
  customer_number: { key: "customerNumber", kind: "text", kept: true },
  address: { key: "address", kind: "lines", autocomplete: "street-address", kept: true },
  accepted_on: { key: "acceptedOn", kind: "date", kept: false },
  correction: { key: "correction", kind: "lines", kept: false },
  reasons: { key: "reasons", kind: "lines", kept: false },
  answered_on: { key: "answeredOn", kind: "date", kept: false },
  refusal: { key: "refusal", kind: "lines", kept: false },
};

/** Fields that a letter is poor without. */
const NEEDED: readonly Asked[] = ["name", "correction", "accepted_on"];

export interface FieldsProps {
  readonly asked: readonly Asked[];
  readonly written: Written;
  readonly kept: KeptProfile | null;
  readonly entity: { readonly id: string; readonly name: string };
  readonly editing: boolean;
  /** Told when keeping begins or ends; null: there is nowhere to keep anything. */
  readonly onKeep: ((keep: boolean) => void) | null;
  readonly onChange: (fields: Partial<Written>) => void;
}

export function Fields({ asked, written, kept, entity, editing, onKeep, onChange }: FieldsProps): JSX.Element {
  const [keep, setKeep] = useState(kept !== null);
  /** Only what was typed here: another letter may have kept something else meanwhile. */
  const store = ({ name, email, address, customerNumber: number }: Partial<Written>): void => {
    const fields = Object.fromEntries(Object.entries({ name, email, address }).filter(([, value]) => value !== undefined));
    void saveProfile({ ...fields, ...(number === undefined ? {} : { customerNumbers: { [entity.id]: { entity: entity.name, number } } }) });
  };
  const change = (fields: Partial<Written>): void => {
    onChange(fields);
    if (keep) store(fields);
  };
  const tick = (on: boolean): void => {
    setKeep(on);
    if (on) store(written);
    else void eraseProfile();
    onKeep?.(on);
  };
  return (
    <section class="part stack screen-only" aria-labelledby="you-title">
      <h2 id="you-title">{t("letters_you")}</h2>
      {editing ? <p class="notice">{t("letters_fields_edited")}</p> : null}
      <div class="choices">
        {asked.map((name) => (
          <OneField key={name} name={name} value={written[FIELDS[name].key]} onChange={(value) => change({ [FIELDS[name].key]: value })} />
        ))}
      </div>
      {onKeep === null ? null : (
        <label class="check">
          <input id="profile-keep" type="checkbox" checked={keep} onChange={(event) => tick(event.currentTarget.checked)} />
          <span>{t("letters_keep")}</span>
        </label>
      )}
    </section>
  );
}

function OneField({ name, value, onChange }: { name: Asked; value: string; onChange: (value: string) => void }): JSX.Element {
  const { kind, autocomplete } = FIELDS[name];
  const id = `field-${name.replace(/_/g, "-")}`;
  const common = {
    id,
    class: "field",
    value,
    autocomplete: autocomplete ?? "off",
    onInput: (event: JSX.TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => onChange(event.currentTarget.value),
  };
  return (
    <label class={kind === "lines" ? "stack tight whole" : "stack tight"} for={id}>
      <span>
        {t(`letters_field_${name}` as MessageKey)}{" "}
        {NEEDED.includes(name) ? null : <span class="quiet small">{t("letters_optional")}</span>}
      </span>
      {kind === "lines" ? <textarea {...common} rows={name === "address" ? 3 : 2} /> : <input {...common} type={kind} />}
    </label>
  );
}
