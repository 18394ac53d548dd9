/**
 * The letter, on a page of the server: the extension's own, without its list of requests. Everything happens in this
 * page; the page's policy lets it ask nobody for anything, so what is typed cannot leave the browser.
 */
import { render, type JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { LANGUAGES, type Language } from "../actions/types";
import { Editor } from "../letter/editor";
import { readProfile, type KeptProfile } from "../profile-store";
import { canKeep } from "./browser-store";
import { chooseLanguage, choosePlace, keepChoices, readChoices } from "./choices";
import { takePlace } from "./host";
import letterCss from "./letter.css";
import { pageData, wayIn, type PageData } from "./page-data";

function LetterPage({ data, profile }: { data: PageData; profile: KeptProfile | null }): JSX.Element {
  const [hash, setHash] = useState(location.hash);
  const [place, setPlace] = useState(readChoices().place);
  useEffect(() => addEventListener("hashchange", () => setHash(location.hash)), []);
  return (
    <Editor
      key={hash}
      source={{ kind: "draft", draft: { ...data, wayId: wayIn(hash) } }}
      profile={profile}
      place={place}
      firstLanguage={readChoices().language ?? browserLanguage()}
      onPlace={(code) => {
        choosePlace(code);
        setPlace(code);
      }}
      onLanguage={chooseLanguage}
      onKeep={canKeep() ? keepChoices : null}
      tracking={null}
    />
  );
}

/** The pages are English, their readers need not be. */
function browserLanguage(): Language {
  return LANGUAGES.find((one) => navigator.language.startsWith(one)) ?? "en";
}

async function start(): Promise<void> {
  const data = pageData(document);
  if (data === null) return;
  const profile = await readProfile();
  const root = takePlace("letter", letterCss);
  if (root !== null) render(<LetterPage data={data} profile={profile} />, root);
}

void start();
