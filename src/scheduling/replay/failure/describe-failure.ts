import type { FailureOutcome, PendingGroup } from "./failure-outcome.ts";

/** What a failure does in one sentence, without a full stop. */
export function describeFailure(cluster: string, outcome: Omit<FailureOutcome, "words">): string {
  const what = `Losing ${subjectOf(cluster, outcome)}`;
  const [first, ...others] = outcome.pendingGroups;
  if (first !== undefined) {
    const more = others.reduce((sum, { pods }) => sum + pods, 0);
    return `${what} leaves ${whoWaits(first, more)}${helpOf(outcome)}`;
  }
  const gone = outcome.gone === 0 ? "" : `; ${podsText(outcome.gone)} nobody makes again`;
  if (outcome.displaced === 0) return `${what} displaces no pod${gone}`;
  const interrupted = outcome.workloads.filter(({ effect }) => effect === "interrupted");
  const [only] = interrupted;
  const moved = `${what} moves ${podsText(outcome.moved)}`;
  if (only === undefined) return `${moved}, all of which fit elsewhere${gone}`;
  const who = interrupted.length === 1 ? only.label : `${only.label} and ${interrupted.length - 1} more`;
  const longest = Math.max(...interrupted.map(({ outageSecondsAtLeast }) => outageSecondsAtLeast ?? 0));
  return `${moved}; ${who} ${interrupted.length === 1 ? "has" : "have"} none left until then, for ${minutesText(longest)} or more${gone}`;
}

function whoWaits({ pods, label, reason }: PendingGroup, others: number): string {
  if (pods === 1 && others > 2) return `${podsText(others + 1)} pending, such as that of ${label}: ${reason}`;
  const rest = others === 0 ? "" : `, and ${podsText(others)} of others`;
  return `${podsText(pods)} of ${label} pending: ${reason}${rest}`;
}

function subjectOf(cluster: string, { kind, name, nodesLost }: Omit<FailureOutcome, "words">): string {
  switch (kind) {
    case "zone":
      return `zone ${name} of ${cluster}`;
    case "pool":
      return `pool ${name} of ${cluster}`;
    case "node":
      return `node ${name} of ${cluster}`;
    case "set":
      return `${name} (${nodesLost} nodes) of ${cluster}`;
  }
}

function helpOf({ refill }: Omit<FailureOutcome, "words">): string {
  if (refill === undefined) return "";
  const nodes = refill.nodes.map(({ pool, added }) => `${added} more of ${pool}`).join(" and ");
  return refill.pendingAfter === 0
    ? `, until the autoscaler adds ${nodes}`
    : `, ${refill.pendingAfter} of them even with ${nodes}`;
}

function podsText(count: number): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? "pod" : "pods"}`;
}

/** `45 s`, `6 min`. */
function minutesText(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
