import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "src/**/*.test.ts",
      "web/src/**/*.test.{ts,tsx}",
      "test/{architecture,docs,golden,journeys,properties,tools}/**/*.test.ts",
    ],
    isolate: false,
    // Left alone, vitest keeps one core back, which on two cores is half of them.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default"],
  },
});
