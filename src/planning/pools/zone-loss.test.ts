import { expect, test } from "vitest";
import { nodesForZoneLoss, nodesWithoutFullestZone } from "./zone-loss.ts";

test("the fewest nodes that leave enough when the fullest zone is gone", () => {
  for (const zones of [2, 3, 4]) {
    for (let needed = 0; needed <= 40; needed += 1) {
      const nodes = nodesForZoneLoss(needed, zones) ?? Number.NaN;
      expect(nodesWithoutFullestZone(nodes, zones)).toBeGreaterThanOrEqual(needed);
      if (needed > 0) expect(nodesWithoutFullestZone(nodes - 1, zones)).toBeLessThan(needed);
    }
  }
  expect(nodesForZoneLoss(1, 1)).toBeUndefined();
});
