/** Small parts that all sections of a provision share. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../platform/i18n";
import { copyText } from "../copy";
import { httpsLink } from "../links";

export function Section({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="section">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** A section that is closed at first: the essentials come first, the rest is one click away. */
export function Fold({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <details class="fold">
      <summary>
        <h3>{title}</h3>
      </summary>
      <div class="fold-body">{children}</div>
    </details>
  );
}

/** A text of several paragraphs, as text. */
export function Paragraphs({ text }: { text: string }): JSX.Element {
  return (
    <>
      {text.split(/\n{2,}/).map((paragraph) => (
        <p class="prose">{paragraph}</p>
      ))}
    </>
  );
}

/** A link to the outside, in a new tab that learns nothing of this page; plain text when the address is no https. */
export function Outside({ href, children, button }: {
  href: string | null | undefined;
  children: ComponentChildren;
  button?: boolean;
}): JSX.Element {
  const link = httpsLink(href);
  if (!link) return <span>{children}</span>;
  return (
    <a class={button ? "button" : undefined} href={link} target="_blank" rel="noopener noreferrer">
      {children}
      <span class="unseen"> {t("ui_new_tab")}</span>
    </a>
  );
}

/** How long "Copied" is shown. */
const DONE_MS = 2_500;

export function CopyButton({ text, label }: { text: string; label: string }): JSX.Element {
  const [state, setState] = useState<"ready" | "done" | "failed">("ready");
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const onClick = async (event: MouseEvent): Promise<void> => {
    const root = (event.currentTarget as HTMLElement).getRootNode() as Document | ShadowRoot;
    setState((await copyText(text, root)) ? "done" : "failed");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState("ready"), DONE_MS);
  };
  return (
    <button type="button" class="button quiet" onClick={(event) => void onClick(event)}>
      {label}
      <span class="copy-state" role="status">
        {state === "done" ? t("ui_copied") : state === "failed" ? t("ui_copy_failed") : ""}
      </span>
    </button>
  );
}
