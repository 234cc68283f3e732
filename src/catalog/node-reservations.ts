import type { NodeReservation } from "./catalog.ts";
import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import table from "./tables/aks-nodes.json" with { type: "json" };

export const aksNodeSources: SourceTable = table.sources;

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

interface CpuBracket {
  readonly upToCores: number | null;
  readonly millicoresPerCore: number;
}

type MemoryRule =
  | {
      readonly fromMinor: number;
      readonly source: string;
      readonly perPodMi: number;
      readonly baseMi: number;
      readonly capOfMemory: number;
      readonly evictionMi: number;
    }
  | {
      readonly fromMinor: number;
      readonly source: string;
      readonly brackets: readonly { readonly upToGi: number | null; readonly share: number }[];
      readonly evictionMi: number;
    };

const cpuBrackets: readonly CpuBracket[] = table.cpu.milliOfCores;
const memoryRules = table.memory as unknown as readonly MemoryRule[];

/**
 * What kube-reserved and the eviction threshold take from a node. A version that cannot be read counts as current.
 *
 * CPU: share of each core by bracket. Memory from Kubernetes 1.29: min(20 Mi × maxPods + 50 Mi, 25 % of memory), before
 * that shares of the memory by bracket. Nominal memory: what firmware and kernel take comes on top.
 */
export function nodeReservation(
  kubernetesVersion: string,
  vcpu: number,
  memoryGiB: number,
  maxPods: number,
): NodeReservation {
  const minor = minorOf(kubernetesVersion);
  const rule = memoryRules.find((each) => minor >= each.fromMinor) ?? memoryRules[0];
  if (rule === undefined) throw new Error("the catalog has no rule for kube-reserved memory");
  const sense = `Kubernetes ${rule.fromMinor === 0 ? "before 1.29" : `1.${rule.fromMinor} and later`}`;
  return {
    cpuMillicores: fact("kube-reserved CPU", reservedCpu(vcpu), "m", table.cpu.source),
    memoryBytes: fact(`kube-reserved memory, ${sense}`, reservedMemory(rule, memoryGiB, maxPods), "bytes", rule.source),
    evictionThresholdBytes: fact(`eviction threshold, ${sense}`, rule.evictionMi * MIB, "bytes", rule.source),
  };
}

function reservedCpu(vcpu: number): number {
  let reserved = 0;
  let from = 0;
  for (const { upToCores, millicoresPerCore } of cpuBrackets) {
    const to = Math.min(vcpu, upToCores ?? vcpu);
    reserved += Math.max(0, to - from) * millicoresPerCore;
    from = Math.max(from, to);
  }
  return reserved;
}

function reservedMemory(rule: MemoryRule, memoryGiB: number, maxPods: number): number {
  const memory = memoryGiB * GIB;
  if (!("brackets" in rule)) {
    return Math.floor(Math.min((rule.perPodMi * maxPods + rule.baseMi) * MIB, memory * rule.capOfMemory));
  }
  let reserved = 0;
  let from = 0;
  for (const { upToGi, share } of rule.brackets) {
    const to = Math.min(memory, upToGi === null ? memory : upToGi * GIB);
    reserved += Math.max(0, to - from) * share;
    from = Math.max(from, to);
  }
  return Math.floor(reserved);
}

function minorOf(version: string): number {
  const minor = /^v?1\.(\d+)/.exec(version.trim())?.[1];
  return minor === undefined ? Number.POSITIVE_INFINITY : Number(minor);
}

function fact(name: string, value: number, unit: string, source: string): Fact<number> {
  return { name, value, unit, ...citation(aksNodeSources, source), verified: true };
}
