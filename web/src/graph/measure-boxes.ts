import type { Finding, FindingSeverity } from "../../../src/audit/finding.ts";
import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { likelyValue } from "../../../src/estate/figures/figure.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { Box } from "./box.ts";
import { journeysTakenDown } from "./journeys-taken-down.ts";
import { type PodShares, podShares } from "./pod-shares.ts";
import { journeysWorstFirst } from "./worst-first.ts";

export const severities: readonly FindingSeverity[] = ["critical", "high", "medium", "low", "info"];

/** What the reports say of one box; lenses choose from it. */
export interface BoxMeasure {
  /** In the report's currency a month: shared out for workloads, billed for clusters and regions. */
  readonly monthlyCost: number | undefined;
  /** The journey with the longest downtime among those that lean on a workload in the box. */
  readonly worstJourney: JourneyAvailability | undefined;
  /** Journeys that something in the box takes down alone, by label. */
  readonly takesDown: readonly string[];
  /** Failed findings on it, exempted ones left out. */
  readonly findings: readonly Finding[];
  readonly notEvaluable: number;
}

/** Measures of every box, by box id. */
export function measureBoxes(assessment: Assessment, boxes: readonly Box[]): ReadonlyMap<string, BoxMeasure> {
  const costs = workloadCosts(assessment);
  const shares = podShares(assessment);
  const takenDown = journeysTakenDown(assessment, boxes);
  const journeys = worstJourneyByWorkload(assessment);
  const findings = findingsByHolder(assessment);
  return new Map(
    boxes.map((box) => {
      const own = findingsOf(box, boxes, findings);
      return [
        box.id,
        {
          monthlyCost: billedCost(assessment, box) ?? sharedCost(box, costs, shares),
          worstJourney: journeysWorstFirst(
            assessment,
            box.workloads.flatMap((workload) => journeys.get(workload) ?? []),
          )[0],
          takesDown: takenDown.get(box.id) ?? [],
          findings: own.filter((finding) => finding.verdict === "fail" && finding.exemptedBy === undefined),
          notEvaluable: own.filter((finding) => finding.verdict === "notEvaluable").length,
        },
      ];
    }),
  );
}

/** Monthly cost that the allocation gives to each workload. */
export function workloadCosts(assessment: Assessment): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  for (const row of assessment.cost.allocation) {
    if (row.workload === undefined) continue;
    costs.set(row.workload, (costs.get(row.workload) ?? 0) + row.monthlyCost);
  }
  return costs;
}

/** The bill of a whole cluster or region, idle and fees included. */
function billedCost(assessment: Assessment, box: Box): number | undefined {
  if (box.kind !== "cluster" && box.kind !== "region") return undefined;
  const clusters = new Set(
    assessment.structure.clusters
      .filter((cluster) => (box.kind === "cluster" ? cluster.cluster : cluster.region) === box.label)
      .map((cluster) => cluster.cluster),
  );
  const lines = assessment.cost.lines.filter((line) => line.cluster !== undefined && clusters.has(line.cluster));
  if (lines.length === 0) return undefined;
  return lines.reduce((sum, line) => sum + (likelyValue(line.monthlyCost) ?? 0), 0);
}

/** What the allocation gives to the workloads in the box; a workload on several pools counts by its pods there. */
function sharedCost(box: Box, costs: ReadonlyMap<string, number>, shares: PodShares): number | undefined {
  const known = box.workloads.filter((workload) => costs.has(workload));
  if (known.length === 0) return undefined;
  const pool = box.kind === "pool" ? box.id : (box.parent ?? box.id);
  const share = (workload: string) => shares.get(workload)?.get(pool) ?? 1;
  return known.reduce((sum, workload) => sum + (costs.get(workload) ?? 0) * share(workload), 0);
}

function worstJourneyByWorkload(assessment: Assessment): ReadonlyMap<string, JourneyAvailability> {
  const result = new Map<string, JourneyAvailability>();
  for (const journey of journeysWorstFirst(assessment)) {
    for (const workload of journey.workloads) if (!result.has(workload)) result.set(workload, journey);
  }
  return result;
}

/** Findings by the workload they speak of; of all else, such as a Namespace or a Tenant there, by the cluster. */
function findingsByHolder(assessment: Assessment): ReadonlyMap<string, readonly Finding[]> {
  const workloads = new Set(assessment.estate.workloads.map(({ id }) => id));
  const { clusters } = assessment.estate;
  return Map.groupBy(assessment.findings, ({ subject }) => {
    if (workloads.has(subject)) return subject;
    const segments = subject.split("/");
    const cluster = clusters.find((name) => segments.includes(name));
    return cluster === undefined ? subject : `cluster/${cluster}`;
  });
}

function findingsOf(
  box: Box,
  boxes: readonly Box[],
  findings: ReadonlyMap<string, readonly Finding[]>,
): readonly Finding[] {
  const clusters = boxes.filter((one) => one.kind === "cluster" && (one.id === box.id || one.parent === box.id));
  return [...new Set([...clusters.map(({ id }) => id), ...box.workloads])].flatMap((one) => findings.get(one) ?? []);
}
