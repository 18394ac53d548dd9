/** A dialog of curation: it takes the focus and gives it back, Escape asks first, and nothing typed is lost by accident. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../platform/i18n";

export interface DialogProps {
  readonly title: string;
  readonly titleId: string;
  readonly name: string;
  /** False: hidden for a moment, while words are chosen on the page; what is in it stays. */
  readonly shown: boolean;
  /** The user wants to leave; who decides is whoever knows whether something would be lost. */
  readonly onLeave: () => void;
  /** Ctrl+Enter or Cmd+Enter. */
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
}

export function Dialog({ title, titleId, name, shown, onLeave, onSubmit, children }: DialogProps): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current!;
    if (shown && !dialog.open) dialog.showModal();
    if (!shown && dialog.open) dialog.close();
  }, [shown]);
  useEffect(() => () => box.current?.close(), []);
  // What had the focus may have gone, and the focus with it: then keys reach the page, which is not what is meant.
  useEffect(() => {
    if (!shown) return;
    const onPageKey = (event: KeyboardEvent): void => {
      if ((box.current?.getRootNode() as ShadowRoot | undefined)?.activeElement) return;
      event.stopImmediatePropagation();
      if (event.key !== "Escape") return;
      event.preventDefault();
      onLeave();
    };
    addEventListener("keydown", onPageKey, { capture: true });
    return () => removeEventListener("keydown", onPageKey, { capture: true });
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    // What is typed here is no shortcut of the page's.
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      onLeave();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSubmit();
    }
  };
  return (
    <dialog
      ref={box}
      class="dialog"
      data-name={name}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onLeave();
      }}
      // Browsers close it all the same when they are asked twice.
      onClose={() => {
        if (shown && box.current?.isConnected && !box.current.open) {
          box.current.showModal();
          onLeave();
        }
      }}
    >
      <header class="dialog-bar">
        <h2 id={titleId}>{title}</h2>
        <button type="button" class="icon-button" aria-label={t("curate_close")} title={t("curate_close")} onClick={onLeave}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 4l8 8M12 4l-8 8" />
          </svg>
        </button>
      </header>
      {children}
    </dialog>
  );
}
