import {
  commonCauseShare,
  nodeRepairTime,
  nodeUnavailability,
  reschedulingWindow,
} from "../../estate/assumptions/failure-rules.ts";
import { FALSE, type NodeId } from "../fault-tree/fault-tree.ts";
import { FaultTreeSolver, topFrequency } from "../fault-tree/solver.ts";
import { frequencyOf } from "./event-book.ts";
import { type Exposure, exposed } from "./exposure.ts";
import type { FaultModel } from "./fault-model.ts";
import { ordinal } from "./infrastructure-events.ts";
import { podUnavailability } from "./pod-events.ts";
import type { ReplicaGroup } from "./replica-group.ts";

/** A zone with the nodes under the group's replicas. */
export interface CrowdZone {
  /** The zone is lost, and what ran there is not back yet. */
  readonly lost: NodeId;
  /** For each node: it is lost, and what ran there is not back yet; and how many of the pods it has. */
  readonly nodes: readonly { readonly lost: NodeId; readonly count: number }[];
}

/**
 * Very many replicas of which several are needed: nodes and zones count with their pods as weights, each node with one
 * event of its own (a control plane that is down at the same time is counted for each by itself), and the pods' own
 * failures are counted ahead: down when more than `ahead` pods fail by themselves, which hardly ever happens, or when
 * what is lost holds at least `tolerated - ahead` of them.
 */
export function crowdLost(
  model: FaultModel,
  group: ReplicaGroup,
  zones: readonly CrowdZone[],
  tolerated: number,
  exposure: Exposure,
): NodeId {
  const { tree } = model.book;
  const { ahead, probability } = ownFailuresAhead(group.replicas, podAlone(model, group), tolerated);
  const many = manyPodsEvent(model, group, ahead, probability);
  const nodes = zones.flatMap((zone) => zone.nodes);
  // All nodes of a group are lost alike.
  const alike = solveAlone(model, nodes.at(-1)?.lost);
  const away = nodes.map((_, index) => nodeAwayEvent(model, group, index, alike, exposure));
  const sizes = zones.map((zone) => zone.nodes.reduce((sum, { count }) => sum + count, 0));
  const crowd = tree.atLeast(
    tolerated - ahead,
    [...zones.map(({ lost }) => lost), ...away],
    [...sizes, ...nodes.map(({ count }) => count)],
  );
  return tree.or([exposed(model.book, many, exposure), crowd]);
}

interface Alone {
  readonly unavailability: number;
  readonly frequencyPerHour: number;
}

function solveAlone({ book }: FaultModel, gate: NodeId | undefined): Alone {
  const solver = new FaultTreeSolver(book.tree);
  const solution = solver.evaluate(solver.compile(gate ?? FALSE), book.unavailabilities());
  if (solution.kind === "bounds") return { unavailability: solution.upper, frequencyPerHour: 0 };
  return {
    unavailability: solution.probability,
    frequencyPerHour: topFrequency(solution.birnbaum, book.frequencies()),
  };
}

function nodeAwayEvent(
  { book, failures }: FaultModel,
  group: ReplicaGroup,
  index: number,
  { unavailability, frequencyPerHour }: Alone,
  exposure: Exposure,
): NodeId {
  const label = `${ordinal(index)} node of ${group.label}`;
  return book.node(`node/${group.id}/${index + 1} away${exposure.key === "" ? "" : `/${exposure.key}`}`, () => ({
    label,
    category: "node",
    unavailability,
    repairHours: frequencyPerHour > 0 ? unavailability / frequencyPerHour : undefined,
    frequencyPerHour,
    clause: `the ${label} is lost and its pods are not back elsewhere yet`,
    reasons: [
      { kind: "formula", text: "P(node lost and its pods not back elsewhere yet)" },
      failures.reason(nodeUnavailability),
      failures.reason(nodeRepairTime),
      failures.reason(reschedulingWindow),
    ],
    group: group.id,
    ...(group.place === undefined ? {} : { place: group.place }),
  }));
}

/** One pod by itself or a disk of its own, common causes left out. */
function podAlone(model: FaultModel, group: ReplicaGroup): number {
  const own = podUnavailability(model).value * (1 - model.failures.value(commonCauseShare));
  return group.disks.reduce((q, disk) => (disk.perReplica ? q + disk.unavailability * (1 - q) : q), own);
}

function manyPodsEvent(model: FaultModel, group: ReplicaGroup, ahead: number, probability: number): NodeId {
  return model.book.node(`pod/${group.id}/more than ${ahead}`, () => {
    const own = podUnavailability(model);
    return {
      label: `more than ${ahead} pods of ${group.label} at once`,
      category: "pod",
      unavailability: probability,
      repairHours: own.repairHours,
      frequencyPerHour: frequencyOf(probability, own.repairHours),
      clause: `more than ${ahead} pods of ${group.label} fail at once`,
      reasons: [{ kind: "formula", text: "binomial tail over the pods" }, ...own.reasons],
      group: group.id,
      ...(group.place === undefined ? {} : { place: group.place }),
    };
  });
}

/** The smallest number that the pods' own failures exceed with a probability below 1e-9, less than `tolerated`. */
function ownFailuresAhead(replicas: number, q: number, tolerated: number) {
  let ahead = 0;
  while (ahead < tolerated - 1 && binomialTail(replicas, q, ahead + 1) >= 1e-9) ahead += 1;
  return { ahead, probability: binomialTail(replicas, q, ahead + 1) };
}

/** P(at least `least` of `count` happen), summed from the smallest term that matters. */
function binomialTail(count: number, q: number, least: number): number {
  if (q <= 0) return least <= 0 ? 1 : 0;
  let term = Math.exp(count * Math.log1p(-q));
  let tail = 0;
  for (let happened = 0; happened <= count; happened += 1) {
    if (happened >= least) tail += term;
    term *= ((count - happened) / (happened + 1)) * (q / (1 - q));
  }
  return Math.min(1, tail);
}
