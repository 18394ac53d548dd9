/**
 * What one can do about a clause, on its page: the place is asked for, and the ways there are ranked as in the
 * extension. The page lists what its record says for all places without this script.
 */
import { render, type JSX } from "preact";
import { useId, useMemo, useState } from "preact/hooks";
import type { ChoiceView } from "../actions/view";
import type { DraftedProvision } from "../letter-draft";
import { t } from "../platform/i18n";
import { Ways } from "../ui/provision/actions";
import { PlaceSelect } from "../ui/provision/place-select";
import { placeName } from "../ui/provision/places";
import { choosePlace, readChoices } from "./choices";
import { takePlace } from "./host";
import { choiceFor, letterAddress, pageData, type PageData } from "./page-data";
import waysCss from "./ways.css";

const PLACE_ID = "do-plain";

interface RecordWaysProps {
  readonly provision: DraftedProvision;
  readonly directory: PageData["directory"];
  /** When the record was verified last. */
  readonly verified: string;
}

function RecordWays({ provision, directory, verified }: RecordWaysProps): JSX.Element {
  const [place, setPlace] = useState(readChoices().place);
  const id = useId();
  const choice = useMemo(() => choiceFor(provision, directory, place), [provision, directory, place]);
  return (
    <div class="provision">
      {/* The list stays, unlike in the card: there is room, and whoever walks through it by keyboard is not sent away. */}
      <div class="quick place-question">
        <label for={id}>{t("actions_where")}</label>
        <PlaceSelect
          id={id}
          places={choice.places}
          value={choice.place}
          onChoose={(code) => {
            choosePlace(code);
            setPlace(code);
          }}
        />
        <p class="quiet-text">{t("actions_where_text")}</p>
      </div>
      <p class="unseen" role="status">{choice.place === null ? "" : t("actions_for_people_in", chosenName(choice))}</p>
      {choice.place === null ? <p class="quiet-text">{t("actions_unplaced")}</p> : null}
      <Ways
        key={choice.place}
        choice={choice}
        verified={verified}
        onWrite={(wayId) => location.assign(letterAddress(provision.id, wayId))}
      />
    </div>
  );
}

function chosenName({ place, places }: ChoiceView): string {
  const found = places.flatMap((group) => group.places).find(({ code }) => code === place);
  return found?.name ?? placeName(place ?? "");
}

function start(): void {
  const data = pageData(document);
  const verified = document.getElementById(PLACE_ID)?.dataset["verified"];
  if (!data?.provision || !verified) return;
  const root = takePlace(PLACE_ID, waysCss);
  if (root !== null) render(<RecordWays provision={data.provision} directory={data.directory} verified={verified} />, root);
}

start();
