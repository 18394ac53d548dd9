/** Copying to the clipboard, also on pages whose policy or plain http keeps the clipboard interface away. */

/** True when the text is on the clipboard. Call it from a click. */
export async function copyText(text: string, root: Document | ShadowRoot): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, root);
  }
}

/** Through a field that exists for a moment, inside our own root. */
function copyBySelection(text: string, root: Document | ShadowRoot): boolean {
  const owner = "body" in root ? root : root.ownerDocument;
  const field = owner.createElement("textarea");
  field.className = "copy-field";
  field.readOnly = true;
  field.value = text;
  const focused = root.activeElement as HTMLElement | null;
  ("body" in root ? root.body : root).append(field);
  field.select();
  let done = false;
  try {
    done = owner.execCommand("copy");
  } catch {
    done = false;
  }
  field.remove();
  focused?.focus({ preventScroll: true });
  return done;
}
