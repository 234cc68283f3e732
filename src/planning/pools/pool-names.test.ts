import { expect, test } from "vitest";
import { givenCluster, givenPool } from "../../scheduling/testing/given-estate.ts";
import type { PodClass } from "./pod-class.ts";
import { PoolNames } from "./pool-names.ts";

const shared: PodClass = {
  exclusiveTo: undefined,
  sandboxed: false,
  operatingSystem: "linux",
  architecture: "amd64",
  gpu: false,
  spot: false,
  headroom: false,
  oneZone: false,
};

test.each<[Partial<PodClass>, number, string]>([
  [{ exclusiveTo: "agents", sandboxed: true }, 0, "agentsvm"],
  [{ exclusiveTo: "carrier-partner" }, 0, "carrier"],
  [{ exclusiveTo: "carrier-partner", gpu: true, spot: true }, 1, "carrgpuspotb"],
  [{ exclusiveTo: "7eleven" }, 0, "peleven"],
  [{ exclusiveTo: "日本" }, 0, "pool"],
  [{ operatingSystem: "windows" }, 1, "winb"],
  [{ exclusiveTo: "treasury", operatingSystem: "windows" }, 0, "trewin"],
  [{}, 1, "generalb"],
])("%j, pool %i: %s", (given, index, expected) => {
  const names = new PoolNames(givenCluster({ nodePools: [] }));
  const asked = { podClass: { ...shared, ...given }, isSystemOnly: false };
  expect(names.nameOf(asked, givenPool(), index)).toBe(expected);
  const second = names.nameOf(asked, givenPool(), index);
  expect(second).not.toBe(expected);
  expect(second.length).toBeLessThanOrEqual(given.operatingSystem === "windows" ? 6 : 12);
});
