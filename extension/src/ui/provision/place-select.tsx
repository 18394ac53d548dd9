/** The list of places, in groups. */
import type { JSX } from "preact";
import type { PlaceChoice } from "../../actions/view";
import { language, t } from "../../platform/i18n";
import { placeName } from "./places";

export interface PlaceSelectProps {
  readonly id: string;
  readonly places: readonly PlaceChoice[];
  readonly value: string | null;
  readonly onChoose: (code: string) => void;
  /** The choice is taken back; absent where that makes no sense. */
  readonly onNone?: () => void;
}

export function PlaceSelect({ id, places, value, onChoose, onNone }: PlaceSelectProps): JSX.Element {
  const choose = (code: string): void => (code === "" ? onNone?.() : onChoose(code));
  return (
    <select id={id} class="field" value={value ?? ""} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="" disabled={value !== null && onNone === undefined}>{t("actions_place_none")}</option>
      {places.map((group) => {
        const options = group.places
          .map(({ code, name }) => ({ code, name: name ?? placeName(code) }))
          .sort((a, b) => a.name.localeCompare(b.name, language()));
        const [only] = options;
        if (options.length === 1 && only) return <option key={only.code} value={only.code}>{only.name}</option>;
        return (
          <optgroup key={group.group} label={group.group}>
            {options.map(({ code, name }) => (
              <option key={code} value={code}>{name}</option>
            ))}
          </optgroup>
        );
      })}
    </select>
  );
}
