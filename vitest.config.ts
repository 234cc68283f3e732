import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "src/**/*.test.ts",
      "web/src/**/*.test.{ts,tsx}",
      "test/{architecture,docs,golden,journeys,properties,tools}/**/*.test.ts",
    ],
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default"],
  },
});
