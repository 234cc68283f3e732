import { failureModelUnknown } from "../diagnostics/objective-diagnostics.ts";
import type { Estate } from "../model/estate.ts";
import { parseDuration } from "../quantities/duration.ts";
import { parsePercentage } from "../quantities/percentage.ts";
import type { Place } from "../sources/place.ts";
import type { BindingLog } from "./binding-log.ts";
import type { DocumentSet } from "./document-set.ts";

/** Overrides of the failure model as numbers: percentages as ratios, durations in hours. `known` are the names it has. */
export function bindFailureModel(
  { estate }: DocumentSet,
  known: readonly string[],
  log: BindingLog,
): Estate["failureModel"] {
  const overrides = new Map<string, { readonly value: number; readonly place: Place }>();
  if (estate === undefined) return overrides;
  for (const [name, written] of Object.entries(estate.value.spec?.failureModel ?? {})) {
    const place = estate.locate(["spec", "failureModel", name]);
    if (!known.includes(name)) {
      log.report(failureModelUnknown, { name, candidates: known }, { place, affects: [estate.id] });
    }
    const value = typeof written === "number" ? written : numberOf(written);
    if (value !== undefined) overrides.set(name, { value, place });
  }
  return overrides;
}

function numberOf(text: string): number | undefined {
  const ratio = parsePercentage(text);
  if (ratio !== undefined) return ratio;
  const seconds = parseDuration(text);
  return seconds === undefined ? undefined : seconds / 3600;
}
