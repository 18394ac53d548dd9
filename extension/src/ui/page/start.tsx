/** Starts a page of the extension: language, title, content. */
import { render, type ComponentChild } from "preact";
import { language } from "../../platform/i18n";

export function startPage(title: string, content: ComponentChild): void {
  document.documentElement.lang = language();
  document.title = title;
  const root = document.getElementById("app");
  if (root === null) throw new Error("the page has no #app");
  render(content, root);
}
