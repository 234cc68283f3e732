import type { KataOverhead } from "./catalog.ts";
import { citation } from "./catalog-source.ts";
import { aksNodeSources } from "./node-reservations.ts";
import table from "./tables/aks-nodes.json" with { type: "json" };

const MIB = 1024 ** 2;
const fittedClasses = table.kata.fitted as unknown as readonly (readonly [limitMi: number, overheadMi: number])[];

/**
 * Memory that a VM-isolated pod takes beside its limit. The default class charges one amount whatever the limit; a
 * class fitted to the limit charges the tabulated overhead of the next larger limit. Undefined above the table.
 */
export function kataOverhead(runtimeClass: "default" | "fitted", memoryLimitBytes: number): KataOverhead | undefined {
  const fitted = fittedClasses.find(([limitMi]) => limitMi * MIB >= memoryLimitBytes);
  const overheadMi = runtimeClass === "default" ? table.kata.defaultClassMi : fitted?.[1];
  if (overheadMi === undefined) return undefined;
  return {
    memoryBytes: {
      name: runtimeClass === "default" ? "overhead of kata-vm-isolation" : `overhead of a class for ${fitted?.[0]} Mi`,
      value: overheadMi * MIB,
      unit: "bytes",
      ...citation(aksNodeSources, table.kata.source),
      verified: true,
    },
    ...(runtimeClass === "fitted" && fitted !== undefined ? { fittedLimitBytes: fitted[0] * MIB } : {}),
  };
}
