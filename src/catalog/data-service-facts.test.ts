import { expect, test } from "vitest";
import { dataServiceFact } from "./data-service-facts.ts";
import { cacheSizeFor } from "./service-tiers.ts";

test("what caches hold is the same wherever the catalog says it", () => {
  const sizes = Object.entries(dataServiceFact("redis.cache.sizes")?.value ?? {});
  const standard = sizes.filter(([name]) => name.startsWith("C"));
  expect(standard).toHaveLength(7);
  for (const [name, gigabytes] of standard) expect(cacheSizeFor(Number(gigabytes))).toBe(name);
});
