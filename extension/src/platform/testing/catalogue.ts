/** For tests only: makes `t()` answer with the real English texts, as the browser would. */
import { mergedMessages } from "../../../scripts/messages.mjs";
import { api } from "../api";

export function useEnglishTexts(): void {
  const messages = mergedMessages("en");
  const getMessage = (key: string, substitutions: readonly string[] = []): string =>
    key === "@@ui_locale"
      ? "en"
      : (messages[key]?.message.replace(/\$(\d)/g, (_, digit: string) => substitutions[Number(digit) - 1] ?? "") ?? "");
  Object.assign(api, { i18n: { getMessage } });
}
