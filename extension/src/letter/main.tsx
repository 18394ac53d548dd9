/** The letter page: a letter about a clause, or the next one of a case, filled in on this computer and sent by nobody but the reader. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { followUpContext } from "../actions/case-letters";
import { LANGUAGES, type Language } from "../actions/types";
import { language, t } from "../platform/i18n";
import { readProfile, type KeptProfile } from "../profile-store";
import { saveSettings } from "../settings-store";
import { Brand } from "../ui/page/brand";
import { startPage } from "../ui/page/start";
import { useSettings } from "../ui/page/use-settings";
import { Editor, type Tracking } from "./editor";
import { findSource } from "./find-source";
import { Sent } from "./sent";
import type { Source } from "./source";

interface Opened {
  readonly source: Source | null;
  readonly profile: KeptProfile | null;
}

function LetterPage(): JSX.Element {
  const settings = useSettings();
  const [opened, setOpened] = useState<Opened | null>(null);
  useEffect(() => {
    const open = async (): Promise<void> => {
      const [source, profile] = await Promise.all([findSource(location.hash), readProfile()]);
      setOpened({ source, profile });
    };
    void open();
    addEventListener("hashchange", () => void open());
  }, []);
  return (
    <div class="page">
      <header class="head screen-only">
        <Brand size={32} />
        <div>
          <h1>{t("letters_title")}</h1>
          <p class="quiet">{t("letters_nothing_sent")}</p>
        </div>
        <nav class="tabs" aria-label={t("letters_nav")}>
          <a href="cases.html">{t("letters_to_cases")}</a>
          <a href="options.html#letters">{t("letters_to_options")}</a>
        </nav>
      </header>
      <main>
        {settings === null || opened === null ? (
          <p class="quiet" role="status">{t("letters_opening")}</p>
        ) : opened.source === null ? (
          <p class="notice warning" role="alert">{t("letters_gone")}</p>
        ) : (
          <Editor
            key={location.hash}
            source={opened.source}
            profile={opened.profile}
            place={settings.place}
            firstLanguage={firstLanguage(opened.source, settings.letterLanguage)}
            onPlace={(place) => void saveSettings({ place })}
            onLanguage={(letterLanguage) => void saveSettings({ letterLanguage })}
            onKeep={ALWAYS_THERE}
            tracking={TRACKING}
          />
        )}
      </main>
    </div>
  );
}

/** Nothing more to do: the profile is all that is kept, and the fields keep it. */
const ALWAYS_THERE = (): void => undefined;

const TRACKING: Tracking = { followUps: followUpContext, Sent };

/** A case goes on in its language; else the one of the settings, of the browser, or English. */
function firstLanguage(source: Source, chosen: Language | null): Language {
  if (source.kind === "case") return source.item.language;
  return chosen ?? LANGUAGES.find((one) => language().startsWith(one)) ?? "en";
}

startPage(t("letters_title"), <LetterPage />);
