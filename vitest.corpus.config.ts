import { defineConfig } from "vitest/config";

/** Runs on real applications from the folder of shared material: `SCANTLING_SHARED`, or `shared` beside the checkout. */
export default defineConfig({
  test: {
    include: ["test/corpus/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["default"],
  },
});
