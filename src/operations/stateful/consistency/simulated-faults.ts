import { simulationNameUnknown } from "../../../estate/diagnostics/consistency-diagnostics.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import type { Fault } from "../../../stateful/simulation/scenario/scenario.ts";
import type { ConsistencyQuestion } from "./consistency-question.ts";

const faultKinds = ["node", "zone", "region", "partition", "gray"] as const;

/** Faults that are asked for, not yet in time. */
export function faultsOf(
  { faults = [] }: ConsistencyQuestion,
  regions: readonly string[],
  diagnostics: Diagnostic[],
): readonly Omit<Fault, "startSeconds" | "endSeconds">[] {
  return faults.flatMap(({ kind: written, region, otherRegion }) => {
    const kind = faultKinds.find((each) => each === written);
    if (kind === undefined)
      diagnostics.push(diagnose(simulationNameUnknown, { what: "fault", written, candidates: faultKinds }));
    const unknown = [region, ...(otherRegion === undefined ? [] : [otherRegion])].filter(
      (each) => !regions.includes(each),
    );
    for (const each of unknown)
      diagnostics.push(
        diagnose(simulationNameUnknown, { what: "region of the simulation", written: each, candidates: regions }),
      );
    if (kind === undefined || unknown.length > 0) return [];
    return [
      {
        kind,
        region: regions.indexOf(region),
        ...(otherRegion === undefined ? {} : { otherRegion: regions.indexOf(otherRegion) }),
      },
    ];
  });
}
