import type { CutSet } from "../../../src/availability/availability-report.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { Box } from "./box.ts";

/**
 * Labels of the journeys that something in the box takes down alone, by box id. Failures common to all replicas are
 * left out: every workload has one, and it is no place in the estate.
 */
export function journeysTakenDown(
  assessment: Assessment,
  boxes: readonly Box[],
): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, Set<string>>();
  const names = boxes.flatMap((box) => namesOf(box).map((name) => ({ name, id: box.id })));
  for (const journey of assessment.availability.journeys) {
    const places = new Set(journey.singlePointsOfFailure.flatMap(placesOf));
    for (const { name, id } of names) {
      if (!places.has(name)) continue;
      const labels = result.get(id) ?? new Set<string>();
      result.set(id, labels.add(`${journey.label} (${journey.environment})`));
    }
  }
  return new Map([...result].map(([id, labels]) => [id, [...labels]]));
}

/** Under which names the events of the fault tree speak of a box. */
function namesOf(box: Box): readonly string[] {
  switch (box.kind) {
    case "workload":
    case "group":
      return box.workloads;
    case "pool":
    case "cluster":
    case "region":
    case "target":
      return [box.id.slice(box.kind.length + 1)];
    case "outside":
    case "waiting":
      return [];
  }
}

/**
 * What the events of a cut set are about: the workload, pool, region or outside target. An event id is its category and
 * the names of what fails, such as `pod/prod/weu/shop/Deployment/web/1`, `node/weu/user` or `zone/westeurope/1`.
 */
function placesOf(cut: CutSet): readonly string[] {
  if (cut.events.some((event) => event.startsWith("commonCause/"))) return [];
  return cut.events.flatMap((event) => {
    const [category = "", ...parts] = event.split("/");
    switch (category) {
      case "pod":
      case "disk":
      case "window":
        return parts.length < 5 ? [] : [parts.slice(0, 5).join("/")];
      case "node":
        return [parts.slice(0, parts.length > 2 ? 5 : 2).join("/")];
      case "zone":
      case "region":
      case "controlPlane":
        return parts.slice(0, 1);
      case "service":
      case "dataStore":
      case "external":
        return [parts.join("/")];
      default:
        return [];
    }
  });
}
