import { rollingDefaults } from "../../../catalog/change-effects.ts";
import type { ResourceValue } from "../graph/resource-graph.ts";
import { isPlainObject } from "../graph/resource-value.ts";

/** What it takes to replace the nodes of a pool. */
export interface RollingCost {
  /** Nodes that are replaced: the most that the pool may have. */
  readonly nodes: number;
  /** Nodes beyond those, which quota and subnet have to hold. */
  readonly surgeNodes: number;
  readonly hours: number;
  /** Hours of the nodes beyond. */
  readonly surgeNodeHours: number;
  /** True where nodes go without being drained, all at once. */
  readonly isAbrupt: boolean;
}

const minutesPerHour = 60;

/**
 * Surge nodes are ceil(nodes x share) or the number, never more than there are nodes; rounds are ceil(nodes / surge), and
 * each takes the time to create, drain and watch a node. A rotation makes a second pool of the same size and takes the
 * first away undrained.
 */
export function rollingCost(pool: { readonly [name: string]: ResourceValue }, isRotation: boolean): RollingCost {
  const nodes = Math.max(1, numberOf(pool["maxCount"]) ?? numberOf(pool["count"]) ?? 1);
  const settings = isPlainObject(pool["upgradeSettings"]) ? pool["upgradeSettings"] : {};
  if (isRotation) {
    const hours = (2 * rollingDefaults.provisionMinutes) / minutesPerHour;
    return { nodes, surgeNodes: nodes, hours, surgeNodeHours: nodes * hours, isAbrupt: true };
  }
  const surgeNodes = Math.min(nodes, surgeOf(settings["maxSurge"], nodes));
  const minutes =
    rollingDefaults.provisionMinutes +
    (numberOf(settings["drainTimeoutInMinutes"]) ?? rollingDefaults.drainMinutes) +
    (numberOf(settings["nodeSoakDurationInMinutes"]) ?? 0);
  const hours = (Math.ceil(nodes / surgeNodes) * minutes) / minutesPerHour;
  return { nodes, surgeNodes, hours, surgeNodeHours: surgeNodes * hours, isAbrupt: false };
}

function surgeOf(surge: ResourceValue | undefined, nodes: number): number {
  const text = typeof surge === "string" ? surge : rollingDefaults.surge;
  const value = Number.parseFloat(text);
  if (!Number.isFinite(value) || value <= 0) return 1;
  return Math.max(1, text.endsWith("%") ? Math.ceil((nodes * value) / 100) : Math.floor(value));
}

function numberOf(value: ResourceValue | undefined): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
