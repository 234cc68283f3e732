import type { NodePool } from "../../estate/model/cluster.ts";
import type { PlacedNode } from "../../scheduling/placement.ts";
import type { EligibleZone } from "./replica-shape.ts";

/** Zones of placed nodes with the number of nodes in each, by name. */
export function zonesOfNodes(nodes: readonly PlacedNode[]): readonly EligibleZone[] {
  return countZones(nodes.map(({ zone }) => zone));
}

/** Zones that the declared pools have at their smallest, where nothing is placed: nodes go round the zones. */
export function zonesOfPools(pools: readonly NodePool[]): readonly EligibleZone[] {
  return countZones(
    pools.flatMap(({ zones, minimumNodes }) =>
      Array.from({ length: Math.max(1, minimumNodes) }, (_, node) =>
        zones.length === 0 ? undefined : zones[node % zones.length],
      ),
    ),
  );
}

function countZones(zones: readonly (string | undefined)[]): readonly EligibleZone[] {
  const counts = new Map<string | undefined, number>();
  for (const zone of zones) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return [...counts]
    .map(([zone, nodes]) => ({ zone, nodes }))
    .sort((left, right) => ((left.zone ?? "") < (right.zone ?? "") ? -1 : 1));
}
