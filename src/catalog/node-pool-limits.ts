import type { NodePoolLimits } from "./catalog.ts";
import { citation } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import { aksNodeSources } from "./node-reservations.ts";
import table from "./tables/aks-nodes.json" with { type: "json" };

const { mostNodes, leastSystemNodes, advisedSystemNodes } = table.nodePools;

const limits: NodePoolLimits = {
  mostNodes: fact("most nodes of an AKS node pool", mostNodes),
  leastSystemNodes: fact("least nodes of an AKS system pool", leastSystemNodes),
  advisedSystemNodes: fact("nodes that AKS advises for a system pool", advisedSystemNodes),
};

function fact(name: string, { value, source }: { readonly value: number; readonly source: string }): Fact<number> {
  return { name, value, unit: "nodes", ...citation(aksNodeSources, source), verified: true };
}

/** How many nodes AKS allows, requires and advises in a pool. */
export function nodePoolLimits(): NodePoolLimits {
  return limits;
}
