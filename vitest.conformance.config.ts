import { defineConfig } from "vitest/config";

/** Comparisons with recorded behaviour of the real systems, read from the folder `shared` beside the checkout or SCANTLING_SHARED. */
export default defineConfig({
  test: { include: ["test/conformance/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
});
