import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: { include: ["scripts/**/*.test.ts", "src/**/*.test.ts", "src/**/*.test.tsx"] },
});
