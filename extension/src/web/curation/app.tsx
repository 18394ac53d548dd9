/** Curation on the reader's page: the bar, the words that are selected, and whichever dialog is open. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { CuratedProvision, TextQuoteSelector } from "../../contract/types";
import { t } from "../../platform/i18n";
import * as calls from "./calls";
import { Bar } from "./bar";
import { BesideSelection, selectedQuote, SentenceWalk, useSelectedQuote } from "./choose-words";
import type { Desk, Undo } from "./desk";
import { Editor } from "./editor";
import { draftOf, formOf } from "./form";
import { kindsOf, type Kind } from "./kinds";
import { Merge } from "./merge";
import type { ReaderPort } from "./port";
import { Retire } from "./retire";
import { failure } from "./said";
import { hasIt, lacksIt } from "./shown";
import { Toast } from "./toast";

/** An editor waits for words of the page. */
interface Waiting {
  readonly take: (quote: TextQuoteSelector | null) => void;
}

export function App({ port, desk }: { readonly port: ReaderPort; readonly desk: Desk }): JSX.Element {
  const [, redraw] = useState(0);
  const [kinds, setKinds] = useState<readonly Kind[] | null>(null);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [walking, setWalking] = useState(false);
  const walkBar = useRef<HTMLDivElement>(null);
  const { work } = desk;
  const pageIsFree = work === null || waiting !== null;
  const quote = useSelectedQuote(port.policy, !pageIsFree);

  useEffect(() => {
    const again = (): void => redraw((count) => count + 1);
    const ends = [desk.onChange(again), port.onChange(again)];
    return () => ends.forEach((end) => end());
  }, [desk, port]);

  useEffect(() => {
    if (work === null) return;
    port.closeCard();
    if (kinds !== null) return;
    void calls.clauseTypes().then((reply) => {
      if (reply.ok) setKinds(kindsOf(reply.value.clause_types, port.categories));
      else desk.end(failure(reply));
    });
  }, [work]);

  const take = (chosen: TextQuoteSelector | null): void => {
    setWalking(false);
    document.getSelection()?.removeAllRanges();
    if (waiting) {
      waiting.take(chosen);
      setWaiting(null);
    } else if (chosen) desk.begin({ kind: "add", quote: chosen });
  };
  const walk = (): void => {
    port.closeCard();
    setWalking(true);
  };
  // Where it is said what the keys do; screen readers leave the arrows to whoever has this role.
  useEffect(() => {
    if (walking) walkBar.current?.focus({ preventScroll: true });
  }, [walking]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.code !== "KeyN" || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || !pageIsFree) return;
      event.preventDefault();
      event.stopPropagation();
      const chosen = walking ? null : selectedQuote(port.policy);
      if (chosen) take(chosen);
      else if (!walking) walk();
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  });

  const saved = async (made: CuratedProvision, said: string): Promise<void> => {
    const { id } = made.record;
    desk.end(said);
    await port.put(made.preview);
    void port.jump(id);
    const isOut = await port.published((set) => hasIt(set, made.preview));
    desk.say(`${said} ${t(isOut ? "curate_out" : "curate_out_later")}`);
  };
  const gone = async (one: CuratedProvision, said: string, undo: Undo | null): Promise<void> => {
    desk.end(said, undo);
    await port.remove(one.record.id);
    await port.published((set) => lacksIt(set, one.record.id));
  };
  const bringBack = (one: CuratedProvision): Undo => ({
    label: t("curate_bring_back"),
    act: async () => {
      const reply = await calls.edit(one.record.id, draftOf(formOf(one.record))!, one.etag);
      if (reply.ok) await saved(reply.value, t("curate_back", one.record.title));
      else desk.say(failure(reply));
    },
  });

  return (
    <>
      <Bar
        provisions={port.provisions()}
        onWalk={walk}
        onWhole={() => desk.begin({ kind: "add", quote: null })}
        onJump={(id) => void port.jump(id)}
      />
      {pageIsFree && quote ? (
        <BesideSelection label={t(waiting ? "curate_words_use" : "curate_add")} onTake={() => take(quote)} />
      ) : null}
      {walking || waiting ? (
        <div class="walk" ref={walkBar} tabIndex={-1} role={walking ? "application" : "group"} aria-label={t("curate_walk_title")}>
          {walking ? (
            <SentenceWalk policy={port.policy} onTake={take} onEnd={() => (waiting ? take(null) : setWalking(false))} />
          ) : (
            <p>{t("curate_words_select")}</p>
          )}
          <div class="buttons">
            {walking ? null : <button type="button" class="button" onClick={walk}>{t("curate_walk_open")}</button>}
            <button type="button" class="button quiet" onClick={() => take(null)}>{t(waiting ? "curate_words_back" : "curate_walk_end")}</button>
          </div>
        </div>
      ) : null}
      {kinds !== null && (work?.kind === "add" || work?.kind === "edit") ? (
        <Editor
          port={port}
          work={work}
          kinds={kinds}
          chooseWords={() => new Promise((resolve) => setWaiting({ take: resolve }))}
          onSaved={(made) => void saved(made, t(work.kind === "add" ? "curate_added" : "curate_saved", made.record.id))}
          onLeave={() => desk.end()}
        />
      ) : null}
      {work?.kind === "merge" ? (
        <Merge
          loaded={work.loaded}
          others={port.provisions().filter(({ id }) => id !== work.loaded.curated.record.id)}
          onDone={(stays) => {
            const { curated } = work.loaded;
            void gone(curated, t("curate_merged", curated.record.id, stays.record.id), null)
              .then(() => saved(stays, t("curate_merged", curated.record.id, stays.record.id)));
          }}
          onLeave={() => desk.end()}
        />
      ) : null}
      {work?.kind === "retire" ? (
        <Retire
          loaded={work.loaded}
          onDone={(one) => void gone(one, t("curate_retired", one.record.title), bringBack(one))}
          onLeave={() => desk.end()}
        />
      ) : null}
      <Toast desk={desk} />
    </>
  );
}
