/** One letter: which, for where, in which language; who writes; how it reads; how it goes out; and that it went out. */
import type { ComponentType, JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { PLACES } from "../actions/data";
import { today } from "../actions/deadline";
import { LANGUAGES, type Language } from "../actions/types";
import { placeChoices } from "../actions/view";
import { language, t, type MessageKey } from "../platform/i18n";
import type { KeptProfile } from "../profile-store";
import { PlaceSelect } from "../ui/provision/place-select";
import { placeName } from "../ui/provision/places";
import { requestName } from "../ui/provision/way";
import { Fields } from "./fields";
import { firstKind, letterKinds, letterSheet, type FollowUps, type LetterKind, type Written } from "./model";
import { Preview, type Edited } from "./preview";
import { Recipient } from "./recipient";
import { RightNotes } from "./right-notes";
import { Send } from "./send";
import type { SentProps } from "./sent";
import { entityOf, type Source } from "./source";

export interface EditorProps {
  readonly source: Source;
  readonly profile: KeptProfile | null;
  /** Where the reader lives, as they said. */
  readonly place: string | null;
  readonly firstLanguage: Language;
  onPlace(code: string): void;
  onLanguage(language: Language): void;
  /** Whether the profile is to be kept from now on; null: there is nowhere to keep it. */
  readonly onKeep: ((keep: boolean) => void) | null;
  /** What follows requests that were sent; null where none are kept. */
  readonly tracking: Tracking | null;
}

export interface Tracking {
  readonly followUps: FollowUps;
  readonly Sent: ComponentType<SentProps>;
}

export function kindName(kind: LetterKind): string {
  return kind === "own" ? t("letters_kind_own") : requestName(kind);
}

export function Editor(props: EditorProps): JSX.Element {
  const { source, profile, place: placeCode, firstLanguage, tracking } = props;
  const entity = entityOf(source);
  const [words, setWords] = useState<Language>(firstLanguage);
  const [picked, setPicked] = useState<LetterKind | null>(null);
  const [authorityId, setAuthority] = useState<string | null>(null);
  const [written, setWritten] = useState<Written>(() => startingWith(source, profile));
  const [edited, setEdited] = useState<Edited | null>(null);
  const [aside, setAside] = useState<Edited | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const day = today(new Date());

  const kinds = useMemo(() => letterKinds(source, placeCode, words), [source, placeCode, words]);
  const possible = [...kinds.fitting, ...kinds.others];
  const wanted = picked ?? firstKind(source, placeCode, words);
  const kind = possible.includes(wanted) ? wanted : (possible[0] ?? wanted);
  const sheet = useMemo(
    () => letterSheet({ source, kind, placeCode, language: words, written, today: day, authorityId, followUps: tracking?.followUps ?? null }),
    [source, kind, placeCode, words, written, day, authorityId],
  );
  const letter = edited ?? sheet.letter;
  const address = to ?? knownAddress(source, sheet) ?? "";

  const change = (act: () => void): void => {
    act();
    // What was written by hand does not fit another letter, but it may be hours of work.
    if (edited !== null) setAside(edited);
    setEdited(null);
    setTo(null);
  };
  const edit = (next: Edited | null): void => {
    setEdited(next);
    if (next === aside) setAside(null);
  };
  const chooseLanguage = (one: Language): void => {
    change(() => setWords(one));
    if (source.kind === "draft") props.onLanguage(one);
  };

  return (
    <div class="letter-page">
      <div class="side">
        <section class="part stack screen-only" aria-labelledby="what-title">
          <h2 id="what-title">{t(kind === "complaint" ? "letters_about_complaint" : "letters_about", entity.name)}</h2>
          <p class="quiet">{about(source)}</p>
          <div class="choices">
            <label class="stack tight" for="letter-kind">
              <span>{t("letters_kind")}</span>
              <select
                id="letter-kind"
                class="field"
                value={kind}
                onChange={(event) => {
                  const chosen = possible.find((one) => one === event.currentTarget.value);
                  if (chosen) change(() => setPicked(chosen));
                }}
              >
                <Options title={t("letters_kinds_fitting")} kinds={kinds.fitting} />
                <Options title={kinds.fitting.length > 0 ? t("letters_kinds_others") : null} kinds={kinds.others} />
              </select>
            </label>
            {source.kind === "draft" ? (
              <label class="stack tight" for="letter-place">
                <span>{t("actions_where")}</span>
                <PlaceSelect
                  id="letter-place"
                  places={placeChoices(PLACES, "en")}
                  value={placeCode}
                  onChoose={(code) => change(() => props.onPlace(code))}
                />
              </label>
            ) : (
              <p class="stack tight">
                <span>{t("letters_place_of_case")}</span>
                <strong>{sheet.place?.name ?? (source.item.place === "elsewhere" ? t("letters_elsewhere") : placeName(source.item.place))}</strong>
              </p>
            )}
            <label class="stack tight" for="letter-language">
              <span>{t("letters_language")}</span>
              <select
                id="letter-language"
                class="field"
                value={words}
                onChange={(event) => {
                  const one = LANGUAGES.find((item) => item === event.currentTarget.value);
                  if (one) chooseLanguage(one);
                }}
              >
                {LANGUAGES.map((one) => (
                  <option key={one} value={one}>{languageName(one)}</option>
                ))}
              </select>
            </label>
          </div>
          <RightNotes sheet={sheet} unplaced={source.kind === "draft" && sheet.place === null} />
        </section>
        {letter === null ? (
          <p class="notice warning" role="alert">{t("letters_none_here")}</p>
        ) : (
          <>
            <Fields
              asked={sheet.asked}
              written={written}
              kept={profile}
              entity={entity}
              editing={edited !== null}
              onKeep={props.onKeep}
              onChange={(fields) => setWritten({ ...written, ...fields })}
            />
            <Recipient
              sheet={sheet}
              address={address}
              complaint={kind === "complaint"}
              onAddress={setTo}
              onAuthority={(id) => change(() => setAuthority(id))}
            />
          </>
        )}
      </div>
      {letter === null ? null : (
        <div class="side">
          <Preview letter={sheet.letter ?? { subject: "", body: "", missing: [], shortened: [] }} edited={edited} language={words} onEdit={edit} aside={aside} />
          <Send letter={letter} address={address} file={{ request: kind, entity: entity.name, day }} missing={edited ? [] : (sheet.letter?.missing ?? [])} />
          {tracking === null ? null : (
            <tracking.Sent
              key={kind}
              source={source}
              kind={kind}
              sheet={sheet}
              language={words}
              address={address}
              firstWay={address !== "" ? "email" : sheet.recipient?.postal ? "post" : "form"}
            />
          )}
        </div>
      )}
    </div>
  );
}

/** Without a title: not in a group, when there is only one. */
function Options({ title, kinds }: { title: string | null; kinds: readonly LetterKind[] }): JSX.Element | null {
  if (kinds.length === 0) return null;
  const options = kinds.map((kind) => <option key={kind} value={kind}>{kindName(kind)}</option>);
  return title === null ? <>{options}</> : <optgroup label={title}>{options}</optgroup>;
}

function about(source: Source): string {
  if (source.kind === "case") return t("letters_about_case", requestName(source.item.request));
  const { document, provision } = source.draft;
  return document && provision ? t("letters_about_clause", provision.title, document.title) : t("letters_about_company");
}

function startingWith(source: Source, profile: KeptProfile | null): Written {
  return {
    name: profile?.name ?? "",
    email: profile?.email ?? "",
    address: profile?.address ?? "",
    customerNumber: profile?.customerNumbers[entityOf(source).id]?.number ?? "",
    acceptedOn: "",
    correction: "",
    reasons: "",
    answeredOn: "",
    refusal: "",
  };
}

function knownAddress(source: Source, sheet: ReturnType<typeof letterSheet>): string | null {
  if (sheet.rule?.kind === "complaint") return sheet.authority?.email ?? null;
  if (source.kind === "case") return source.item.recipient?.includes("@") ? source.item.recipient : null;
  return sheet.recipient?.email ?? null;
}

function languageName(code: Language): string {
  return t(`letters_language_${code}` as MessageKey) || new Intl.DisplayNames([language()], { type: "language" }).of(code) || code;
}
