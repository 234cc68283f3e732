import type { ValidDocument } from "../kinds/validate-document.ts";
import type { ObjectiveIndicator } from "../model/estate.ts";
import type { BindingLog } from "./binding-log.ts";

/**
 * The SLI of one objective: its own by name (a part of a composite SLO), else that of the SLO, in place or by name. A
 * name that stands for no document is reported.
 */
export function bindIndicator(
  document: ValidDocument<"SLO">,
  objective: number,
  indicators: readonly ValidDocument<"SLI">[],
  log: BindingLog,
): ObjectiveIndicator | undefined {
  const { spec } = document.value;
  const own = spec.objectives[objective]?.indicatorRef;
  if (own !== undefined) return named(own, ["spec", "objectives", objective, "indicatorRef"]);
  if (spec.indicator?.spec !== undefined) return { name: spec.indicator.metadata?.name, spec: spec.indicator.spec };
  return spec.indicatorRef === undefined ? undefined : named(spec.indicatorRef, ["spec", "indicatorRef"]);

  function named(name: string, path: readonly (string | number)[]): ObjectiveIndicator | undefined {
    const found = indicators.find((candidate) => candidate.name === name);
    if (found !== undefined) return { name, spec: found.value.spec };
    const candidates = indicators.map((candidate) => candidate.name);
    const context = { place: document.locate(path), affects: [document.id] };
    log.dangling({ field: document.id, what: "SLI", target: name, candidates }, context);
    return undefined;
  }
}
