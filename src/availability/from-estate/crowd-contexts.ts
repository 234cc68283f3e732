import { FALSE, type NodeId } from "../fault-tree/fault-tree.ts";
import { FaultTreeSolver, topFrequency } from "../fault-tree/solver.ts";
import { binomialTail } from "./binomial.ts";
import type { CrowdZone, OwnFailure } from "./crowd.ts";
import type { FaultModel } from "./fault-model.ts";
import { controlPlaneEvent } from "./infrastructure-events.ts";
import type { ReplicaGroup } from "./replica-group.ts";

/** What is decided first: which zones, whether the first node (which other groups share), whether the control plane. */
export interface CrowdContext {
  readonly gate: NodeId;
  /** Fewest further failures that take the group down. */
  readonly order: number;
  readonly shared: number;
  readonly alone: number;
  readonly hazard: number;
}

/** A further node while the control plane is up or down: all of a group are lost alike. */
interface NodeRate {
  readonly unavailability: number;
  readonly frequencyPerHour: number;
}

/** Relative step of the derivatives that frequencies are made of. */
const STEP = 1e-6;

/** P(down) in every context: the losses of the group's further nodes are convolved with its pods' own failures. */
export function crowdContexts(
  model: FaultModel,
  group: ReplicaGroup,
  zones: readonly CrowdZone[],
  tolerated: number,
  own: OwnFailure,
): readonly CrowdContext[] {
  const controlPlane = controlPlaneEvent(model, group.cluster);
  const further = zones.at(-1)?.nodes.at(-1)?.lost ?? FALSE;
  const contexts: CrowdContext[] = [];
  for (const down of [false, true]) {
    const rate = nodeRate(model, further, controlPlane, down);
    for (let subset = 0; subset < 2 ** (zones.length + 1); subset += 1) {
      const firstLost = subset % 2 === 1;
      const isLost = (zone: number) => (subset >> (zone + 1)) % 2 === 1;
      const gates = [
        ...(down ? [controlPlane] : []),
        ...zones.flatMap(({ lost }, zone) => (isLost(zone) ? [lost] : [])),
        ...(firstLost ? [zones[0]?.nodes[0]?.lost ?? FALSE] : []),
      ];
      const left = zones.flatMap(({ nodes }, zone) => {
        if (isLost(zone)) return [];
        return (zone === 0 ? nodes.slice(1) : nodes).map(({ count }) => count);
      });
      const first = firstLost || isLost(0) ? 0 : (zones[0]?.nodes[0]?.count ?? 0);
      const standing = left.reduce((sum, count) => sum + count, first);
      const least = tolerated - (group.replicas - standing);
      const p = (node: number, pod: number) => probabilityDown(left, standing, least, node, pod);
      const shared = p(rate.unavailability, own.shared);
      const change = (more: number) => Math.max(0, (more - shared) / STEP);
      const frequency =
        change(p(rate.unavailability * (1 + STEP), own.shared)) * ratio(rate) +
        change(p(rate.unavailability, own.shared * (1 + STEP))) *
          ratio({ unavailability: own.shared, frequencyPerHour: own.frequencyPerHour });
      contexts.push({
        gate: model.book.tree.and(gates),
        order: fewest(left, least),
        shared,
        alone: p(rate.unavailability, own.alone),
        hazard: shared < 1 ? frequency / (1 - shared) : 0,
      });
    }
  }
  return contexts;
}

/** P(at least `least` of the standing pods are down): each node takes its pods with it, the others fail by themselves. */
function probabilityDown(
  counts: readonly number[],
  standing: number,
  least: number,
  node: number,
  pod: number,
): number {
  if (least <= 0) return 1;
  // Index: pods lost with nodes; the last entry is `least` or more.
  let lost = new Float64Array(least + 1);
  lost[0] = 1;
  for (const count of counts) {
    const next = lost.map((p) => p * (1 - node));
    for (const [sum, p] of lost.entries()) {
      const reached = Math.min(least, sum + count);
      next[reached] = (next[reached] ?? 0) + p * node;
    }
    lost = next;
  }
  return Math.min(
    1,
    lost.reduce((sum, p, held) => sum + (p > 0 ? p * binomialTail(standing - held, pod, least - held) : 0), 0),
  );
}

function nodeRate(model: FaultModel, gate: NodeId, controlPlane: NodeId, down: boolean): NodeRate {
  const { book } = model;
  const solver = new FaultTreeSolver(book.tree);
  const unavailabilities = book.unavailabilities();
  const index = book.tree.eventIndex(controlPlane);
  if (index >= 0) unavailabilities[index] = down ? 1 : 0;
  const solution = solver.evaluate(solver.compile(gate), unavailabilities);
  if (solution.kind === "bounds") return { unavailability: solution.upper, frequencyPerHour: 0 };
  const frequencies = book.frequencies();
  if (index >= 0) frequencies[index] = 0;
  return { unavailability: solution.probability, frequencyPerHour: topFrequency(solution.birnbaum, frequencies) };
}

function ratio({ unavailability, frequencyPerHour }: NodeRate): number {
  return unavailability > 0 ? frequencyPerHour / unavailability : 0;
}

/** Fewest nodes, the fullest first, that hold so many pods. */
function fewest(counts: readonly number[], least: number): number {
  let left = least;
  let nodes = 0;
  for (const count of counts.toSorted((one, other) => other - one)) {
    if (left <= 0) break;
    left -= count;
    nodes += 1;
  }
  return nodes + Math.max(0, left);
}
