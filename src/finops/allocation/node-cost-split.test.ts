import { expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { splitNodeCost } from "./node-cost-split.ts";

function split(name: string, region = "westeurope") {
  const size = defaultCatalog.vmSize(name);
  if (size === undefined) throw new Error(`no size ${name}`);
  return splitNodeCost(defaultCatalog, region, size, "main/user");
}

test("solves the price of a vCPU and a GiB from a D and an E size", () => {
  const { cpu, memory, gpu, assumption } = split("Standard_D4s_v5");
  // westeurope v5: 0.039 USD a vCPU, 0.004625 a GiB; memory is 32 % of a D4s_v5.
  expect(cpu).toBeCloseTo((4 * 0.039) / 0.23, 9);
  expect(memory).toBeCloseTo((16 * 0.004625) / 0.23, 9);
  expect(gpu).toBe(0);
  expect(assumption).toBeUndefined();
});

test.each(["Standard_D4ads_v5", "Standard_E8s_v5", "Standard_D16ps_v6", "Standard_D4ds_v5"])(
  "%s adds up to one",
  (name) => {
    const { cpu, memory, gpu, assumption } = split(name);
    expect(cpu + memory + gpu).toBeCloseTo(1, 12);
    expect(assumption).toBeUndefined();
    // Pairs of diskless sizes show a vCPU at 8.4 to 9.0 GiB.
    const size = defaultCatalog.vmSize(name);
    const ratio = cpu / (size?.vcpu ?? 1) / (memory / (size?.memoryGiB ?? 1));
    expect(ratio).toBeGreaterThan(8.3);
    expect(ratio).toBeLessThan(9.1);
  },
);

test("says so where no pair tells", () => {
  const { cpu, memory, assumption } = split("Standard_F8s_v2");
  expect(cpu / memory).toBeCloseTo((8 * 8.7) / 16, 9);
  expect(assumption?.id).toBe("ASM-073");
});

test("what a GPU node costs beyond vCPUs and memory is the GPU's", () => {
  const { cpu, memory, gpu } = split("Standard_NC24ads_A100_v4");
  expect(cpu + memory + gpu).toBeCloseTo(1, 12);
  expect(gpu).toBeGreaterThan(0.5);
  expect(cpu).toBeGreaterThan(memory / 4);
});
