/**
 * The browser's extension interface. Firefox calls it `browser`, Chromium `chrome`; both answer with promises.
 * Only files of this folder import it. Outside a browser (tests) it is empty, and its users are mocked.
 */
const scope = globalThis as { browser?: typeof chrome; chrome?: typeof chrome };

export const api = (scope.browser?.runtime ? scope.browser : (scope.chrome ?? {})) as typeof chrome;
