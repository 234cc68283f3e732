import { citation } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import { aksNodeSources } from "./node-reservations.ts";
import table from "./tables/aks-nodes.json" with { type: "json" };

const pluginDefaults: { readonly [plugin: string]: number } = table.maxPods.plugins;
const LARGEST_DEFAULT = "azureOverlay";

/** Default `maxPods` of a network plugin; an unknown plugin counts as Azure CNI Overlay, and is then not verified. */
export function defaultMaxPods(networkPlugin: string): Fact<number> {
  const known = pluginDefaults[networkPlugin];
  const value = known ?? pluginDefaults[LARGEST_DEFAULT];
  if (value === undefined) throw new Error("the catalog has no default for maxPods");
  return {
    name: `default maxPods of ${known === undefined ? LARGEST_DEFAULT : networkPlugin}`,
    value,
    unit: "pods",
    ...citation(aksNodeSources, table.maxPods.source),
    verified: known !== undefined,
  };
}

/** Size of the managed OS disk that AKS picks by vCPU count when none is declared. */
export function defaultOsDiskGiB(vcpu: number): Fact<number> {
  const step = table.osDisk.managedGiB.findLast((each) => vcpu >= each.fromVcpu) ?? table.osDisk.managedGiB[0];
  if (step === undefined) throw new Error("the catalog has no default OS disk");
  return {
    name: `default managed OS disk from ${step.fromVcpu} vCPU`,
    value: step.sizeGiB,
    unit: "GiB",
    ...citation(aksNodeSources, table.osDisk.source),
    verified: true,
  };
}

/** Temporary disk from which AKS makes the OS disk ephemeral by default. */
export function ephemeralOsDiskThreshold(): Fact<number> {
  return {
    name: "temporary disk from which the OS disk is ephemeral by default",
    value: table.osDisk.ephemeralFromTempDiskGiB,
    unit: "GiB",
    ...citation(aksNodeSources, table.osDisk.source),
    verified: true,
  };
}
