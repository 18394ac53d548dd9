/** Entry of the background worker: this file alone wires browser events to what answers them. */
import { onAlarm } from "../platform/alarms";
import { onNotificationClicked } from "../platform/notifications";
import { answerCalls } from "../platform/messaging";
import { onSitesChanged } from "../platform/permissions";
import { extensionUrl, onBrowserStart, onInstalled } from "../platform/runtime";
import { activeTab, onTabRemoved, onTabReplaced, onTabUpdated, openTab } from "../platform/tabs";
import { onSettingsChanged } from "../settings-store";
import { endInterrupted } from "./analysis";
import { applyMode, tabUpdated } from "./automatic";
import { INDEX_ALARM, refreshIndex, startIndexSync } from "./index-sync";
import { openCases, REMINDER_ALARM, remind, startReminders } from "./reminders";
import { handlers } from "./router";
import { rememberSource, settingsChanged } from "./settings-change";
import { forgetTab } from "./tab-record";

/** A failure of one event must not silence the worker; it is told to the console of whoever looks for it. */
function quietly(work: Promise<unknown>): void {
  work.catch((error: unknown) => console.warn("Clauselight:", error));
}

/** In front of everything but a page of the user's own server: who is on the demo already came to see it light up. */
async function openFirstRun(): Promise<void> {
  const shown = await activeTab();
  await openTab(extensionUrl("onboarding.html"), /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(shown?.url ?? ""));
}

// All listeners are added at once: a browser wakes a stopped worker only for those of its first moment.
answerCalls(handlers);
onTabUpdated((update) => quietly(tabUpdated(update)));
onTabRemoved((tabId) => quietly(forgetTab(tabId)));
onTabReplaced((added, removed) => quietly(Promise.all([forgetTab(removed), forgetTab(added)]).then(applyMode)));
onSitesChanged(() => quietly(applyMode()));
onSettingsChanged((settings) => quietly(Promise.all([settingsChanged(settings), startReminders()])));
onAlarm((name) => {
  if (name === INDEX_ALARM) quietly(refreshIndex("daily-list").then(applyMode));
  if (name === REMINDER_ALARM) quietly(remind());
});
onNotificationClicked(() => quietly(openCases()));
onInstalled(() => quietly(openFirstRun()));
onBrowserStart(() => undefined); // only to be started with the browser, so that the index is renewed in time
quietly(rememberSource());
quietly(endInterrupted());
quietly(startReminders());
quietly(startIndexSync().then(applyMode));
