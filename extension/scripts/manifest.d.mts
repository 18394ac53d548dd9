export declare const BROWSERS: readonly ("chromium" | "firefox")[];
export declare function manifest(browser: "chromium" | "firefox"): Record<string, unknown> & {
  permissions: string[];
  host_permissions: string[];
  optional_host_permissions: string[];
};
