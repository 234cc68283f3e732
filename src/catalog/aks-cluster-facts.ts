import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import table from "./tables/aks-clusters.json" with { type: "json" };

export const aksClusterSources: SourceTable = table.sources;

interface Row<Value> {
  readonly name: string;
  readonly value: Value;
  readonly unit: string;
  readonly source: string;
}

function fact<Value>({ name, value, unit, source }: Row<Value>): Fact<Value> {
  return { name, value, unit, ...citation(aksClusterSources, source), verified: source !== "recall" };
}

const { facts } = table;

/** Limits, defaults and dates of AKS clusters that rules measure against. */
export const aksClusterFacts = {
  kubenetEnds: fact(facts.kubenetEnds),
  supportedMinors: fact(facts.supportedMinors),
  nodesBehindControlPlane: fact(facts.nodesBehindControlPlane),
  reservedAddresses: fact(facts.reservedAddresses),
  overlayAddressesPerNode: fact(facts.overlayAddressesPerNode),
  defaultPodRangePrefix: fact(facts.defaultPodRangePrefix),
  defaultSurgeNodes: fact(facts.defaultSurgeNodes),
  defaultDrainSeconds: fact(facts.defaultDrainSeconds),
  leastWindowHours: fact(facts.leastWindowHours),
  natFlowsPerAddress: fact(facts.natFlowsPerAddress),
  loadBalancerPortsPerAddress: fact(facts.loadBalancerPortsPerAddress),
  npmEndsOnWindows: fact(facts.npmEndsOnWindows),
  npmEndsOnLinux: fact(facts.npmEndsOnLinux),
  defaultPodRange: fact(facts.defaultPodRange),
  sandboxingSinceMinor: fact(facts.sandboxingSinceMinor),
  sandboxDefaultMemoryMiB: fact(facts.sandboxDefaultMemoryMiB),
  federatedCredentialsPerIdentity: fact(facts.federatedCredentialsPerIdentity),
} as const;

/** True for kernel settings that AKS lets pods change when a pool allows them; others cannot be allowed. */
export function isAllowableSysctl(name: string): boolean {
  return table.unsafeSysctls.prefixes.some((prefix) => name.startsWith(prefix));
}
