import { commonCauseShare } from "../../estate/assumptions/failure-rules.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import { frequencyOf } from "./event-book.ts";
import { type Exposure, exposed } from "./exposure.ts";
import type { FaultModel } from "./fault-model.ts";
import { podUnavailability } from "./pod-events.ts";
import type { ReplicaGroup } from "./replica-group.ts";

/** A node with so many of the pods. */
export interface CrowdNode {
  /** The node is lost, or its zone. */
  readonly lost: NodeId;
  readonly count: number;
}

/**
 * Very many replicas of which several are needed: nodes count with their pods as weights, and the pods' own failures
 * are counted ahead. Down only if more than `ahead` pods fail by themselves, or the lost nodes hold at least
 * `tolerated - ahead`: never less than the exact figure, and `ahead` is so large that the first hardly ever happens.
 */
export function crowdLost(
  model: FaultModel,
  group: ReplicaGroup,
  nodes: readonly CrowdNode[],
  tolerated: number,
  exposure: Exposure,
): NodeId {
  const { tree } = model.book;
  const own = podUnavailability(model).value * (1 - model.failures.value(commonCauseShare));
  const { ahead, probability } = ownFailuresAhead(group.replicas, own, tolerated);
  const many = manyPodsEvent(model, group, ahead, probability);
  const crowd = tree.atLeast(
    tolerated - ahead,
    nodes.map(({ lost }) => lost),
    nodes.map(({ count }) => count),
  );
  return tree.or([exposed(model.book, many, exposure), crowd]);
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
