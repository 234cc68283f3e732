import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { Reachability } from "../../../src/operations/tenancy/reachability.ts";
import type { ReachVerdict, TenantConnection } from "../../../src/tenancy/reachability/reachability-report.ts";
import type { Arrow, ArrowType } from "./arrow.ts";
import type { Box } from "./box.ts";
import { boxByReference } from "./dependency-edges.ts";
import { podShares } from "./pod-shares.ts";

/**
 * Who may reach whom across tenants: one arrow for each two tenants of a cluster, between the workloads that the report
 * names as witnesses; what is proven closed has none, unless there is a way round.
 */
export function reachArrows(
  reachability: Reachability,
  assessment: Assessment,
  boxes: readonly Box[],
): readonly Arrow[] {
  const boxOf = boxByReference(boxes, podShares(assessment));
  const idOf = new Map(assessment.estate.workloads.map(({ id, label }) => [label, id]));
  const boxAt = (label: string) => boxOf.get(idOf.get(label) ?? "");
  return reachability.tenants.flatMap((connection): readonly Arrow[] => {
    if (connection.from === connection.to) return [];
    const { witness, viaWorld } = connection;
    const type = typeOf[connection.verdict];
    const ends = type === undefined ? viaWorld : witness;
    if (ends === undefined) return [];
    const [from, to] = [boxAt(ends.from), boxAt(ends.to)];
    if (from === undefined || to === undefined || from === to) return [];
    const id = `${connection.cluster}: ${connection.from} → ${connection.to}`;
    return [
      { id, from, to, type: type ?? "reachAround", count: connection.pairs.open, words: reachSentence(connection) },
    ];
  });
}

const typeOf: { readonly [verdict in ReachVerdict]: ArrowType | undefined } = {
  open: "reachOpen",
  limited: "reachLimited",
  notEvaluable: "reachUnknown",
  denied: undefined,
};

/** What the pods of one tenant reach of another's, in one sentence. */
export function reachSentence({ from, to, cluster, verdict, ports, pairs, viaWorld }: TenantConnection): string {
  const where = `on ${cluster}`;
  switch (verdict) {
    case "open":
      return `Pods of ${from} reach every port of pods of ${to} ${where}.`;
    case "limited":
      return `Pods of ${from} reach ${ports} of pods of ${to} ${where}: ${pairs.open} of ${pairs.total} pairs of workloads.`;
    case "notEvaluable":
      return `Whether pods of ${from} reach pods of ${to} ${where} cannot be told.`;
    case "denied":
      if (viaWorld === undefined) return `Pods of ${from} reach no pod of ${to} ${where}.`;
      return `Pods of ${from} reach no pod of ${to} ${where}, but ${viaWorld.certain ? "there is" : "there may be"} a way round: ${viaWorld.from} out to the internet, in by ${viaWorld.through}, to ${viaWorld.to}.`;
  }
}
