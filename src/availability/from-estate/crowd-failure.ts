import {
  commonCauseShare,
  nodeRepairTime,
  nodeUnavailability,
  serviceRepairTime,
} from "../../estate/assumptions/failure-rules.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import { binomialTail, binomialTailDerivative } from "./binomial.ts";
import type { CrowdZone, OwnFailure } from "./crowd.ts";
import { crowdContexts } from "./crowd-contexts.ts";
import { type BasicEvent, frequencyOf } from "./event-book.ts";
import { type Exposure, exposed } from "./exposure.ts";
import type { FaultModel } from "./fault-model.ts";
import { podUnavailability } from "./pod-events.ts";
import type { ReplicaGroup } from "./replica-group.ts";

/** Below this the pods' own failures take the group down hardly ever: the share of time is lost in rounding. */
const NEGLIGIBLE = 1e-30;

/**
 * Pods of a group are exchangeable once nodes and zones are decided, so their own failures need no event each. Where
 * nodes that hold L pods are lost, the group is down with the probability p(L) that at least `tolerated - L` of the
 * others fail by themselves. L is a weighted count of the lost nodes. For the sums that nodes can make, L1 < L2 < …,
 * an event of probability (p(Lk) - p(Lk-1)) / (1 - p(Lk-1)) stands beside "lost nodes hold at least Lk": given L, at
 * least one of those that count happens with probability p(L). The result is exact.
 */
export function crowdLost(
  model: FaultModel,
  group: ReplicaGroup,
  zones: readonly CrowdZone[],
  tolerated: number,
  exposure: Exposure,
): NodeId {
  const { tree } = model.book;
  const nodes = zones.flatMap((zone) =>
    zone.nodes.map(({ lost, count }) => ({ lost: tree.or([zone.lost, lost]), count })),
  );
  const counts = nodes.map(({ count }) => count);
  const lost = nodes.map((node) => node.lost);
  const own = ownFailure(model, group);
  const causes = [tree.atLeast(tolerated, lost, counts)];
  let fewer: Level = { shared: 0, alone: 0, hazard: 0 };
  for (const held of sumsBelow(tolerated, counts)) {
    const level = levelOf(group.replicas - held, tolerated - held, own);
    if (level.shared <= NEGLIGIBLE && level.alone <= NEGLIGIBLE) continue;
    const event = ownFailuresEvent(model, group, tolerated, held, own, fewer, level);
    causes.push(tree.and([tree.atLeast(held, lost, counts), exposed(model.book, event, exposure)]));
    fewer = level;
  }
  return tree.or(causes);
}

/**
 * The same for very many nodes: zones, the control plane and the first node, which other groups share, are decided; the
 * further nodes and the pods are counted in each of these contexts c. Contexts in ascending order of P(down | c) get
 * events as above, each beside "one of the contexts from here on holds": given the contexts that hold, at least one
 * event that counts happens with the probability of the gravest of them, which is the one that has all of them. The
 * order is that of the shares with common causes; without them the result is only close.
 */
export function largeCrowdLost(
  model: FaultModel,
  group: ReplicaGroup,
  zones: readonly CrowdZone[],
  tolerated: number,
): NodeId {
  const { book } = model;
  const own = ownFailure(model, group);
  const contexts = crowdContexts(model, group, zones, tolerated, own).toSorted(
    (left, right) => left.shared - right.shared,
  );
  const causes: NodeId[] = [];
  let fewer: Level = { shared: 0, alone: 0, hazard: 0 };
  for (const [rank, context] of contexts.entries()) {
    if (context.order === 0 || (context.shared <= NEGLIGIBLE && context.alone <= NEGLIGIBLE)) continue;
    const before = fewer;
    const event = book.node(`pod/${group.id}/together ${rank + 1}`, () => ({
      label: `nodes and pods of ${group.label} by themselves`,
      category: "pod",
      order: context.order,
      unavailability: beyond(before.shared, context.shared),
      withoutCommonCause: beyond(before.alone, context.alone),
      repairHours: own.repairHours,
      // May be negative: only the sum over all these events is a frequency.
      frequencyPerHour: (1 - beyond(before.shared, context.shared)) * (context.hazard - before.hazard),
      clause: `too many nodes and pods of ${group.label} fail by themselves`,
      reasons: [
        { kind: "formula", text: "losses of nodes convolved with the binomial of the pods that they leave" },
        ...own.reasons,
        model.failures.reason(nodeUnavailability),
        model.failures.reason(nodeRepairTime),
      ],
      group: group.id,
      ...(group.place === undefined ? {} : { place: group.place }),
    }));
    causes.push(book.tree.and([event, book.tree.or(contexts.slice(rank).map(({ gate }) => gate))]));
    fewer = { ...context, alone: Math.max(before.alone, context.alone) };
  }
  const certain = contexts.filter(({ order }) => order === 0).map(({ gate }) => gate);
  return book.tree.or([...causes, ...certain]);
}

function ownFailure(model: FaultModel, group: ReplicaGroup): OwnFailure {
  const pod = podUnavailability(model);
  const shared = pod.value * (1 - model.failures.value(commonCauseShare));
  const disks = group.disks.filter(({ perReplica }) => perReplica);
  const repair = model.failures.number(serviceRepairTime);
  const parts = [
    { q: shared, hours: pod.repairHours },
    ...disks.map(({ unavailability }) => ({ q: unavailability, hours: repair.value })),
  ];
  const up = parts.reduce((product, { q }) => product * (1 - q), 1);
  const frequency = parts.reduce((sum, { q, hours }) => sum + (frequencyOf(q, hours) * up) / (1 - q || 1), 0);
  const join = (first: number) => disks.reduce((q, disk) => q + disk.unavailability * (1 - q), first);
  return {
    shared: join(shared),
    alone: join(pod.value),
    frequencyPerHour: frequency,
    // Without disks a pod's restart to the bit, so that conditions on outages are shared with other pods.
    repairHours: disks.length === 0 || frequency <= 0 ? pod.repairHours : join(shared) / frequency,
    reasons: [
      ...pod.reasons,
      model.failures.reason(commonCauseShare),
      ...(disks.length === 0 ? [] : [repair.reason, ...disks.flatMap(({ reasons }) => reasons)]),
    ],
  };
}

/** P(down) by own failures where a certain number of pods is lost; `hazard`: failures per hour of time up. */
interface Level {
  readonly shared: number;
  readonly alone: number;
  readonly hazard: number;
}

function levelOf(pods: number, least: number, own: OwnFailure): Level {
  const shared = binomialTail(pods, own.shared, least);
  const frequency = own.frequencyPerHour * binomialTailDerivative(pods, own.shared, least);
  return {
    shared,
    alone: binomialTail(pods, own.alone, least),
    hazard: shared < 1 ? frequency / (1 - shared) : 0,
  };
}

function ownFailuresEvent(
  model: FaultModel,
  group: ReplicaGroup,
  tolerated: number,
  held: number,
  own: OwnFailure,
  fewer: Level,
  level: Level,
): NodeId {
  const least = tolerated - held;
  const more = held === 0 ? "" : " more";
  const pods = `${least}${more} ${least === 1 ? "pod" : "pods"} of ${group.label}`;
  return model.book.node(`pod/${group.id}/${least}${more} of ${group.replicas - held}`, (): Omit<BasicEvent, "id"> => {
    const unavailability = beyond(fewer.shared, level.shared);
    return {
      label: `${pods} by themselves`,
      category: "pod",
      order: least,
      unavailability,
      withoutCommonCause: beyond(fewer.alone, level.alone),
      repairHours: own.repairHours,
      // May be negative: only the sum over all these events is a frequency.
      frequencyPerHour: (1 - unavailability) * (level.hazard - fewer.hazard),
      clause: `${pods} ${least === 1 ? "fails" : "fail"} by ${least === 1 ? "itself" : "themselves"}`,
      reasons: [
        {
          kind: "formula",
          text: `binomial tail: at least ${least} of the ${group.replicas - held} pods that no lost node holds, less what fewer lost nodes account for`,
        },
        ...own.reasons,
      ],
      group: group.id,
      ...(group.place === undefined ? {} : { place: group.place }),
    };
  });
}

/** What must happen beside an event of probability `before`, so that one of both does with probability `after`. */
function beyond(before: number, after: number): number {
  return before >= 1 ? 0 : Math.max(0, (after - before) / (1 - before));
}

/** Sums that some of the counts make, below the limit, ascending; 0 is one. */
function sumsBelow(limit: number, counts: readonly number[]): readonly number[] {
  const reached = new Uint8Array(limit);
  reached[0] = 1;
  for (const count of counts) {
    for (let sum = limit - 1; sum >= count; sum -= 1) if (reached[sum - count] === 1) reached[sum] = 1;
  }
  return [...reached.keys()].filter((sum) => reached[sum] === 1);
}
