import { defineConfig } from "vitest/config";

/** Comparisons with programs of Debian packages; they fail where a program is missing. */
export default defineConfig({
  test: { include: ["test/debian/**/*.test.ts"], testTimeout: 180_000, hookTimeout: 120_000 },
});
