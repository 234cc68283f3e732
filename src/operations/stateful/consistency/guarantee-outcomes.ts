import type { DataStore } from "../../../estate/model/service.ts";
import { type ViolationKind, violationKinds } from "../../../stateful/simulation/checking/violations.ts";
import type { Scenario } from "../../../stateful/simulation/scenario/scenario.ts";
import { clusteredInterval, wilsonInterval } from "../../../stateful/statistics/proportion.ts";
import type { GuaranteeOutcome } from "./consistency-report.ts";
import type { ConsistencyTally } from "./consistency-tally.ts";

const ofReads = new Set<ViolationKind>(["staleRead", "readYourWrites", "monotonicReads", "bankTotal"]);
const ofChanges = new Set<ViolationKind>(["monotonicWrites", "writesFollowReads", "lostWrite"]);

/** What became of every guarantee that has a meaning for the workload; costs are those that the DataStore declares. */
export function guaranteesOf(
  scenario: Scenario,
  tally: ConsistencyTally,
  store: DataStore | undefined,
): readonly GuaranteeOutcome[] {
  const { kind: workload } = scenario.workload;
  const applies = (kind: ViolationKind) =>
    (kind !== "oversell" || workload === "stock" || workload === "saga") &&
    (kind !== "bankTotal" || workload === "transfer") &&
    (kind !== "lostEffect" || workload === "outbox" || workload === "saga");
  return violationKinds.filter(applies).map((kind) => {
    const counts = Array.from({ length: tally.runs }, (_, run) => tally.broken.get(kind)?.[run] ?? 0);
    const count = counts.reduce((sum, each) => sum + each, 0);
    const sizes = ofReads.has(kind) ? tally.reads : ofChanges.has(kind) ? tally.changes : undefined;
    const changes = tally.changes.reduce((sum, each) => sum + each, 0);
    const cost = costOf(kind, store);
    return {
      kind,
      isBroken: count > 0,
      count,
      runs: wilsonInterval(counts.filter((each) => each > 0).length, tally.runs),
      ...(sizes === undefined ? {} : { operations: clusteredInterval(counts, sizes) }),
      ...(cost === undefined || changes === 0 ? {} : { costPerThousandChanges: (1000 * count * cost) / changes }),
    };
  });
}

/** Cost of one, as the DataStore declares it. */
function costOf(kind: ViolationKind, store: DataStore | undefined): number | undefined {
  const costs = store?.spec["lossCost"] as { readonly [name: string]: number | undefined } | undefined;
  if (kind === "lostWrite" || kind === "lostEffect") return costs?.["perLostWrite"];
  if (kind === "oversell") return costs?.["perOversell"];
  return kind === "duplicateEffect" ? costs?.["perRefund"] : undefined;
}
