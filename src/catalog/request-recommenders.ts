import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import table from "./tables/request-recommenders.json" with { type: "json" };

export const requestRecommenderSources: SourceTable = table.sources;

/** A parameter by which a tool derives requests from usage. */
export type RecommenderParameter =
  | "vpa.bucketGrowth"
  | "vpa.cpuFirstBucket"
  | "vpa.cpuMost"
  | "vpa.memoryFirstBucket"
  | "vpa.memoryMost"
  | "vpa.memoryInterval"
  | "vpa.halfLife"
  | "vpa.cpuSampleWeight"
  | "vpa.memorySampleWeight"
  | "vpa.targetPercentile"
  | "vpa.lowerPercentile"
  | "vpa.upperPercentile"
  | "vpa.safetyMargin"
  | "vpa.samplesPerDay"
  | "vpa.podMinimumCpu"
  | "vpa.podMinimumMemory"
  | "vpa.oomBumpRatio"
  | "vpa.oomBumpBytes"
  | "krr.cpuPercentile"
  | "krr.memoryBuffer"
  | "krr.oomBuffer"
  | "krr.leastPoints"
  | "krr.leastSpan"
  | "krr.minimumCpu"
  | "krr.minimumMemory";

type Row = readonly [name: string, value: number, unit: string, source: string, verified: 0 | 1];

const facts: ReadonlyMap<string, Fact<number>> = new Map(
  (table.rows as unknown as readonly Row[]).map(([name, value, unit, source, verified]) => [
    name,
    { name, value, unit, ...citation(requestRecommenderSources, source), verified: verified === 1 },
  ]),
);

/** The dated value of a parameter. */
export function recommenderParameter(name: RecommenderParameter): Fact<number> {
  const fact = facts.get(name);
  if (fact === undefined) throw new Error(`the catalog has no parameter ${name} of a recommender`);
  return fact;
}
