/** Words of the document, selected by mouse or finger or chosen by keyboard, sentence by sentence; and the button beside them. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { TextQuoteSelector } from "../../contract/types";
import { t } from "../../platform/i18n";
import { offsetInView, readPolicy, select, selectedStretch } from "./policy-text";
import { moved, quoteAt, sentenceAt, sentencesOf, stretchOf, type Choice } from "./words";

/** While a selection is being made it changes all the time. */
const SETTLE_MS = 120;

export function selectedQuote(policy: HTMLElement): TextQuoteSelector | null {
  const page = readPolicy(policy);
  const stretch = selectedStretch(policy, page);
  return stretch && quoteAt(page.text, stretch);
}

/** What is selected of the document at this moment. */
export function useSelectedQuote(policy: HTMLElement, off: boolean): TextQuoteSelector | null {
  const [quote, setQuote] = useState<TextQuoteSelector | null>(null);
  useEffect(() => {
    if (off) return setQuote(null);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => setQuote(selectedQuote(policy)), SETTLE_MS);
    };
    look();
    document.addEventListener("selectionchange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("selectionchange", look);
    };
  }, [policy, off]);
  return quote;
}

/** A button right below the words that are selected; pressing it does not take the selection away. */
export function BesideSelection({ label, onTake }: { readonly label: string; readonly onTake: () => void }): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const place = (): void => {
      const element = button.current;
      const selection = document.getSelection();
      if (!element || !selection || selection.rangeCount === 0) return;
      const range = selection.getRangeAt(0);
      const boxes = range.getClientRects();
      const box = boxes[boxes.length - 1];
      if (!box) return;
      const { offsetWidth: width, offsetHeight: height } = element;
      const wanted = Math.max(8, range.getBoundingClientRect().left, box.right - width / 2);
      const left = Math.min(wanted, document.documentElement.clientWidth - width - 8);
      const top = Math.max(8, Math.min(box.bottom + 10, innerHeight - height - 8));
      element.style.left = `${Math.round(left)}px`;
      element.style.top = `${Math.round(top)}px`;
    };
    place();
    document.addEventListener("selectionchange", place);
    addEventListener("scroll", place, { passive: true, capture: true });
    addEventListener("resize", place, { passive: true });
    return () => {
      document.removeEventListener("selectionchange", place);
      removeEventListener("scroll", place, { capture: true });
      removeEventListener("resize", place);
    };
  }, []);
  return (
    <button
      type="button"
      ref={button}
      class="button beside"
      aria-keyshortcuts="Alt+Shift+N"
      onPointerDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      {label}
    </button>
  );
}

/** Choosing by keyboard: arrows walk from sentence to sentence, Shift adds, Enter takes, Escape ends. */
export function SentenceWalk({ policy, onTake, onEnd }: {
  readonly policy: HTMLElement;
  readonly onTake: (quote: TextQuoteSelector) => void;
  readonly onEnd: () => void;
}): JSX.Element {
  const [said, setSaid] = useState("");
  useEffect(() => {
    const page = readPolicy(policy);
    const sentences = sentencesOf(page.text, policy.lang || "en");
    if (sentences.length === 0) return onEnd();
    const selected = selectedStretch(policy, page);
    const begin = sentenceAt(sentences, selected?.[0] ?? offsetInView(page));
    let choice: Choice = { from: begin, to: begin };
    const show = (): void => {
      const stretch = stretchOf(choice, sentences);
      const range = select(page, stretch);
      setSaid(page.text.slice(...stretch).replace(/\s+/g, " "));
      const box = range?.getBoundingClientRect();
      if (box && (box.top < 80 || box.bottom > innerHeight - 140)) {
        scrollBy({ top: box.top - innerHeight / 3, behavior: "instant" });
      }
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined;
      if (by) {
        choice = moved(choice, by, event.shiftKey, sentences.length);
        show();
      } else if (event.key === "Enter") {
        const quote = quoteAt(page.text, stretchOf(choice, sentences));
        if (quote) onTake(quote);
      } else if (event.key === "Escape") {
        document.getSelection()?.removeAllRanges();
        onEnd();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    show();
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, [policy]);
  return (
    <>
      <p>{t("curate_walk")}</p>
      <p class="unseen" role="status">{said}</p>
    </>
  );
}
