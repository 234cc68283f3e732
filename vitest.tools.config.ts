import { defineConfig } from "vitest/config";

/** Comparisons with the real tools that test dependencies carry; Linux on x64 only. */
export default defineConfig({
  test: {
    include: ["test/tools/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["default"],
  },
});
