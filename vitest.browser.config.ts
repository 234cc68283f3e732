import { defineConfig } from "vitest/config";

/** The page in a real browser. One file at a time: they share one unpacked browser and one built page. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    reporters: ["default"],
  },
});
