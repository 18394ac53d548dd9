/** One field of the form, with what is wrong with it right below. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { partWord } from "./said";
import type { Field as Name, Messages } from "./messages";

export const FIELD_ID = "curate-field-";

export function wrongId(name: Name): string {
  return `${FIELD_ID}${name}-wrong`;
}

/** Attributes of the control that a field is about. */
export function control(name: Name, messages: Messages): { id: string; "aria-invalid": boolean; "aria-describedby": string } {
  return { id: FIELD_ID + name, "aria-invalid": Boolean(messages[name]?.length), "aria-describedby": wrongId(name) };
}

export function Wrong({ name, messages }: { readonly name: Name; readonly messages: Messages }): JSX.Element {
  return (
    <div class="wrong" id={wrongId(name)}>
      {messages[name]?.map((message) => <p key={message}>{message}</p>)}
    </div>
  );
}

export function Field({ name, messages, hint, children }: {
  readonly name: Name;
  readonly messages: Messages;
  readonly hint?: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="field-row" data-field={name}>
      <label for={FIELD_ID + name}>{partWord(name)}</label>
      {hint ? <p class="quiet-text">{hint}</p> : null}
      {children}
      <Wrong name={name} messages={messages} />
    </div>
  );
}

/** A text that takes as much room as it needs. */
export function TextField({ name, messages, hint, value, lines, onValue }: {
  readonly name: Name;
  readonly messages: Messages;
  readonly hint?: string;
  readonly value: string;
  /** At least so many lines; 1 for a title. */
  readonly lines: number;
  readonly onValue: (value: string) => void;
}): JSX.Element {
  const area = useRef<HTMLTextAreaElement>(null);
  const fit = (): void => {
    const box = area.current!;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  };
  useEffect(fit, [value]);
  // It has no width before it is shown, and another one when the window changes.
  useEffect(() => {
    const watch = new ResizeObserver(fit);
    watch.observe(area.current!.parentElement!);
    return () => watch.disconnect();
  }, []);
  return (
    <Field name={name} messages={messages} {...(hint ? { hint } : {})}>
      <textarea
        ref={area}
        {...control(name, messages)}
        class="input"
        rows={lines}
        value={value}
        onInput={(event) => onValue(lines === 1 ? event.currentTarget.value.replace(/[\r\n]+/g, " ") : event.currentTarget.value)}
        onKeyDown={(event) => {
          if (lines === 1 && event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
        }}
      />
    </Field>
  );
}
