import type { PackingShape } from "../packing-problem.ts";

/** Node types of one zone. */
export interface ZoneNodeTypes {
  readonly zone: string;
  readonly nodeTypes: readonly string[];
}

/** What a shape asks of its zones. */
export interface ZoneDemand {
  /** Pods that must be left when any one zone is lost; 0: the loss of a zone is accepted. */
  readonly neededWithoutAnyZone: number;
}

/**
 * One shape for each zone, bound to the node types there, so that the zones hold alike many pods (maximum skew 1) and the
 * loss of any one leaves enough: with z zones each holds at least the pods needed / (z - 1), rounded up. Zones earlier in
 * the list get the pods that do not divide. How pods are dealt to zones is settled here, before the packing: what the packing
 * proves, it proves of this deal.
 *
 * Undefined when the loss of a zone cannot be survived, since there is one zone only.
 */
export function spreadOverZones(
  shape: PackingShape,
  zones: readonly ZoneNodeTypes[],
  { neededWithoutAnyZone }: ZoneDemand,
): readonly PackingShape[] | undefined {
  if (neededWithoutAnyZone > 0 && zones.length < 2) return undefined;
  if (zones.length === 0) return [shape];
  const reserve = neededWithoutAnyZone > 0 ? Math.ceil(neededWithoutAnyZone / (zones.length - 1)) : 0;
  return zones.map(({ zone, nodeTypes }, index) => {
    const share = Math.floor(shape.quantity / zones.length) + (index < shape.quantity % zones.length ? 1 : 0);
    const admitted = shape.nodeTypes;
    return {
      ...shape,
      name: `${shape.name}@${zone}`,
      quantity: Math.max(share, reserve),
      nodeTypes: admitted === undefined ? nodeTypes : nodeTypes.filter((name) => admitted.includes(name)),
    };
  });
}

/** The conflicts of shapes after `spreadOverZones`: within each zone as before. */
export function conflictsOverZones(
  conflicts: readonly (readonly [string, string])[],
  zones: readonly ZoneNodeTypes[],
): readonly (readonly [string, string])[] {
  return conflicts.flatMap(([left, right]) =>
    zones.map(({ zone }) => [`${left}@${zone}`, `${right}@${zone}`] as const),
  );
}
