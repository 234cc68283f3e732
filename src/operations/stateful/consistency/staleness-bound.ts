import type { Catalog, DataServiceFact } from "../../../catalog/catalog.ts";
import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { stalenessBoundNotGiven } from "../../../estate/assumptions/consistency-rules.ts";
import { stalenessBoundUnusable } from "../../../estate/diagnostics/consistency-diagnostics.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import type { ConsistencyLevel } from "../../../stateful/simulation/scenario/scenario.ts";
import { type ConsistencyQuestion, subjectOf } from "./consistency-question.ts";

interface StalenessBound {
  readonly versions: number;
  readonly seconds: number;
}

interface PermittedBounds {
  readonly versions: readonly [least: number, most: number];
  readonly seconds: readonly [least: number, most: number];
  /** Where the ranges are published. */
  readonly source: string;
}

/** How far a region may lag under bounded staleness; what is not given is the least that Azure permits. */
export function stalenessBound(
  question: ConsistencyQuestion,
  { level, regions }: { readonly level: ConsistencyLevel; readonly regions: number },
  catalog: Catalog,
  assumptions: Assumption[],
  diagnostics: Diagnostic[],
): StalenessBound {
  const permitted = permittedBounds(catalog, regions);
  const { stalenessVersions, stalenessSeconds } = question;
  const bound = {
    versions: stalenessVersions ?? permitted.versions[0],
    seconds: stalenessSeconds ?? permitted.seconds[0],
  };
  if (level !== "boundedStaleness") return bound;
  const check = (option: string, value: number, [least, most]: readonly [number, number], unit: string) => {
    if (Number.isInteger(value) && value >= least && value <= most) return;
    const range = `a whole number from ${least} to ${most}`;
    diagnostics.push(
      diagnose(stalenessBoundUnusable, { option, value: `${value} ${unit}`, range, regions, source: permitted.source }),
    );
  };
  check("--staleness-versions", bound.versions, permitted.versions, "versions");
  check("--staleness-seconds", bound.seconds, permitted.seconds, "s");
  const assumed = [
    ...(stalenessVersions === undefined ? [`${bound.versions} versions`] : []),
    ...(stalenessSeconds === undefined ? [`${bound.seconds} s`] : []),
  ];
  if (assumed.length > 0)
    assumptions.push(assume(stalenessBoundNotGiven, subjectOf(question), { bound: assumed.join(", ") }));
  return bound;
}

function permittedBounds(catalog: Catalog, regions: number): PermittedBounds {
  const least = factOf(catalog, regions > 1 ? "cosmos.bounded.min.multi" : "cosmos.bounded.min.single");
  const { K, T_seconds: seconds } = least.value as { readonly K: number; readonly T_seconds: number };
  const { maxStalenessPrefix, maxIntervalInSeconds } = factOf(catalog, "cosmos.bounded.arm.range").value as {
    readonly maxStalenessPrefix: readonly [number, number];
    readonly maxIntervalInSeconds: readonly [number, number];
  };
  return {
    versions: [K, maxStalenessPrefix[1]],
    seconds: [seconds, maxIntervalInSeconds[1]],
    source: `${least.source}, ${least.asOf}`,
  };
}

function factOf(catalog: Catalog, id: string): DataServiceFact {
  const fact = catalog.dataServiceFact(id);
  if (fact === undefined) throw new Error(`the catalog has no fact ${id}`);
  return fact;
}
