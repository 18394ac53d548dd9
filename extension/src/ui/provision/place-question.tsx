/** Where the reader lives: asked the first time it matters, then one line that can be changed. It is never found out. */
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ChoiceView } from "../../actions/view";
import { t } from "../../platform/i18n";
import { placeName } from "./places";
import { PlaceSelect } from "./place-select";

export function PlaceQuestion({ choice, onChoose }: { choice: ChoiceView; onChoose: (code: string) => void }): JSX.Element {
  const [asking, setAsking] = useState(choice.place === null);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  // "Change" had the focus and is gone: the list takes it. The first question is there unasked and takes nothing.
  useEffect(() => {
    if (asking && choice.place !== null) box.current?.querySelector("select")?.focus();
  }, [asking]);
  if (!asking && choice.place !== null) {
    const named = choice.places.flatMap(({ places }) => places).find(({ code }) => code === choice.place);
    return (
      <p class="quiet-text place-line">
        {t("actions_for_people_in", named?.name ?? placeName(choice.place))}{" "}
        <button type="button" class="link" onClick={() => setAsking(true)}>{t("actions_change_place")}</button>
      </p>
    );
  }
  return (
    <div class="place-question" ref={box}>
      <label for={id}>{t("actions_where")}</label>
      <PlaceSelect
        id={id}
        places={choice.places}
        value={choice.place}
        onChoose={(code) => {
          setAsking(false);
          onChoose(code);
        }}
      />
      <p class="quiet-text">{t("actions_where_text")}</p>
    </div>
  );
}
