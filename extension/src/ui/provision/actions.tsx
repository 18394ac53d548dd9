/** What one can do about a clause where one lives: the best way first, the rest behind "More ways". */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { ChoiceView } from "../../actions/view";
import type { Provision } from "../../contract/types";
import { t, tn } from "../../platform/i18n";
import { Section } from "./parts";
import { PlaceQuestion } from "./place-question";
import { RecordActions } from "./record-actions";
import type { Chosen } from "./use-choice";
import { OneWay, requestName } from "./way";

export function Actions({ provision, chosen }: { provision: Provision; chosen: Chosen }): JSX.Element {
  const { choice, setPlace, write } = chosen;
  if (choice === null) return <RecordActions actions={provision.actions} />;
  if (choice === "waiting") {
    return (
      <Section title={t("ui_actions")}>
        <p class="quiet-text" role="status">{t("actions_waiting")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("ui_actions")}>
      {choice.place === null ? <p class="quiet-text">{t("actions_unplaced")}</p> : <PlaceQuestion key={choice.place} choice={choice} onChoose={setPlace} />}
      <Ways choice={choice} verified={provision.history.last_verified} onWrite={write} />
    </Section>
  );
}

interface WaysProps {
  readonly choice: ChoiceView;
  /** When the record was verified last. */
  readonly verified: string;
  readonly onWrite: (wayId: string) => void;
}

/** The best way, and all others behind a button; or honestly that there is none. */
export function Ways({ choice, verified, onWrite }: WaysProps): JSX.Element {
  return (
    <>
      {choice.best ? (
        <OneWay way={choice.best} first verified={verified} onWrite={onWrite} />
      ) : (
        <p class="note" data-none>{t("actions_none", choice.place === null ? t("actions_none_unplaced") : t("actions_none_placed"))}</p>
      )}
      <More choice={choice} verified={verified} onWrite={onWrite} />
    </>
  );
}

/** A disclosure: a button that says whether it is open, and what it opens right behind it. */
function More({ choice, verified, onWrite }: WaysProps): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { more, absent, leaving } = choice;
  if (more.length === 0 && absent.length === 0 && leaving === null) return null;
  return (
    <div class="more-ways">
      <button type="button" class="button quiet" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {more.length > 0 ? tn("actions_more", more.length) : t("actions_more_known")}
      </button>
      <div id={id} class="more-body" hidden={!open}>
        {choice.because ? <p class="quiet-text">{t(`actions_because_${choice.because.replace("-", "_")}` as "actions_because_effect")}</p> : null}
        {more.length > 0 ? (
          <ul class="actions">
            {more.map((way) => (
              <li key={way.id}>
                <OneWay way={way} verified={verified} onWrite={onWrite} />
              </li>
            ))}
          </ul>
        ) : null}
        {absent.map(({ request, note }) => (
          <p class="quiet-text" key={request} data-absent={request}>
            <strong>{t("actions_absent", requestName(request))}</strong> {note}
          </p>
        ))}
        <Leaving choice={choice} />
        <p class="quiet-text">{t("actions_law", choice.law)}</p>
      </div>
    </div>
  );
}

/** How hard it is to leave, also where there is no page for it. */
function Leaving({ choice: { leaving } }: { choice: ChoiceView }): JSX.Element | null {
  if (!leaving?.difficulty) return null;
  return (
    <p class="quiet-text">
      {t(`actions_leaving_${leaving.difficulty}`)} {leaving.note}
    </p>
  );
}
