import type { Catalog, VmSize } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { cpuMemoryPriceRatio, gibibytesPerVcpu } from "../../estate/assumptions/cost-rules.ts";

/** Shares of a node's cost that its vCPUs, its memory and its GPUs stand for; they add up to 1. */
export interface NodeCostSplit {
  readonly cpu: number;
  readonly memory: number;
  readonly gpu: number;
  readonly assumption: Assumption | undefined;
}

/** USD an hour of one vCPU and of one GiB. */
interface UnitPrices {
  readonly cpu: number;
  readonly memory: number;
}

/**
 * Splits the cost of a node between its resources by the prices of a vCPU and a GiB, solved from a pair of a
 * general-purpose (D) and a memory-optimized (E) size of the same generation and vCPUs without local disk. What the
 * price holds beyond them (a local disk) follows both; on GPU nodes it is the GPUs'.
 */
export function splitNodeCost(catalog: Catalog, region: string, size: VmSize, subject: string): NodeCostSplit {
  const solved = pairPrices(catalog, region, size);
  const prices = solved ?? { cpu: gibibytesPerVcpu, memory: 1 };
  const assumption =
    solved === undefined
      ? assume(cpuMemoryPriceRatio, subject, { vmSize: size.name, ratio: gibibytesPerVcpu })
      : undefined;
  const cpu = size.vcpu * prices.cpu;
  const memory = size.memoryGiB * prices.memory;
  if (cpu + memory <= 0) return { cpu: 1, memory: 0, gpu: 0, assumption };
  const gpu = gpuShare(catalog, region, size, solved === undefined ? undefined : cpu + memory);
  return {
    cpu: ((1 - gpu) * cpu) / (cpu + memory),
    memory: ((1 - gpu) * memory) / (cpu + memory),
    gpu,
    assumption,
  };
}

/** What a GPU node costs beyond its vCPUs and memory; all of it where these cannot be priced. */
function gpuShare(catalog: Catalog, region: string, size: VmSize, rest: number | undefined): number {
  if (Math.floor(size.gpus) < 1) return 0;
  const price = catalog.vmPrice(region, size.name, "payAsYouGo")?.value;
  if (price === undefined || price <= 0 || rest === undefined) return 1;
  return Math.min(1, Math.max(0, 1 - rest / price));
}

function pairPrices(catalog: Catalog, region: string, size: VmSize): UnitPrices | undefined {
  for (const generation of generationsLike(size)) {
    for (const vcpu of [size.vcpu, 4, 8, 2]) {
      const prices = solvePair(catalog, region, vcpu, generation);
      if (prices !== undefined) return prices;
    }
  }
  return undefined;
}

/**
 * Name endings of the diskless D and E sizes that stand for the size's generation, nearest first: `as_v5` for
 * `D4ads_v5`. A GPU size, which has no pair of its own, takes its generation's general-purpose processors.
 */
function generationsLike(size: VmSize): readonly string[] {
  const name = /^Standard_([A-Z]+)\d+(?:-\d+)?([a-z]*)(?:_[A-Z]\w*)?_v(\d+)$/.exec(size.name);
  if (name === null) return [];
  const [, family = "", features = "", version = ""] = name;
  const processor = features.includes("p") ? "p" : features.includes("a") ? "a" : "";
  if (/^[DE]$/.test(family)) return [`${processor}s_v${version}`];
  if (size.gpus > 0) return [`as_v${version}`, `s_v${version}`, "as_v5", "s_v5"];
  return [];
}

function solvePair(catalog: Catalog, region: string, vcpu: number, generation: string): UnitPrices | undefined {
  const [general, large] = ["D", "E"].map((family) => {
    const name = `Standard_${family}${vcpu}${generation}`;
    const memoryGiB = catalog.vmSize(name)?.memoryGiB;
    const price = catalog.vmPrice(region, name, "payAsYouGo")?.value;
    return memoryGiB === undefined || price === undefined ? undefined : { memoryGiB, price };
  });
  if (general === undefined || large === undefined || large.memoryGiB <= general.memoryGiB) return undefined;
  const memory = (large.price - general.price) / (large.memoryGiB - general.memoryGiB);
  const cpu = (general.price - general.memoryGiB * memory) / vcpu;
  return memory > 0 && cpu > 0 ? { cpu, memory } : undefined;
}
