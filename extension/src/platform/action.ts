/** The toolbar button of one tab. */
import { api } from "./api";

export interface Badge {
  readonly text: string;
  /** CSS colour of the badge and of its text. */
  readonly background: string;
  readonly foreground: string;
  /** The text alternative, read out for the button and shown on hover. */
  readonly title: string;
}

export async function showBadge(tabId: number, badge: Badge): Promise<void> {
  try {
    await Promise.all([
      api.action.setBadgeText({ tabId, text: badge.text }),
      api.action.setBadgeBackgroundColor({ tabId, color: badge.background }),
      api.action.setBadgeTextColor?.({ tabId, color: badge.foreground }),
      api.action.setTitle({ tabId, title: badge.title }),
    ]);
  } catch {
    // The tab was closed meanwhile.
  }
}
