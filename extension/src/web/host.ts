/** The place in a page of the server that a script of ours draws in: apart from the page's own style, both ways. */
import { adopt } from "../ui/adopt";

/** Puts a root in the place of what stands there for readers without scripts; null when the page has no such place. */
export function takePlace(id: string, ...styles: readonly string[]): ShadowRoot | null {
  const plain = document.getElementById(id);
  if (plain === null) return null;
  const host = document.createElement("div");
  host.id = id;
  const root = host.attachShadow({ mode: "open" });
  adopt(root, ...styles);
  plain.replaceWith(host);
  return root;
}
