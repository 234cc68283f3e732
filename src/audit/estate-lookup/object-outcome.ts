import { formatFieldPath } from "../../estate/kubernetes/field-path.ts";
import { objectId } from "../../estate/kubernetes/object-index.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { RuleOutcome } from "../rule.ts";

/** What a rule adds to the object it speaks of. */
export type ObjectVerdict = Pick<RuleOutcome, "verdict" | "message"> &
  Partial<Pick<RuleOutcome, "part" | "missing" | "fix" | "severity" | "tenant" | "monthlyCost">> & {
    /** The field inside the object that decides; the object itself when absent. */
    readonly field?: FieldPath;
    /** Its place, where it stands in another object. */
    readonly place?: Place;
  };

const nowhere: Place = { precision: "file", source: "" };

/**
 * An outcome about an object that runs no pods by itself: a Service, an autoscaler, a storage class. A pass is only counted,
 * so neither its place nor its shortest name is worked out.
 */
export function objectOutcome(
  estate: Estate,
  placed: PlacedObject,
  { field, place, ...verdict }: ObjectVerdict,
): RuleOutcome {
  const isPass = verdict.verdict === "pass";
  return {
    tenant: placed.tenant,
    ...verdict,
    subject: objectId(placed),
    subjectLabel: isPass ? placed.object.name : objectLabel(estate, placed),
    environment: placed.environment,
    namespace: placed.namespace,
    place: place ?? (isPass ? nowhere : placed.object.locate(field ?? [])),
    ...(field === undefined ? {} : { path: formatFieldPath(field) }),
  };
}

/** A pass; nothing is said of it. */
export function passedObject(estate: Estate, placed: PlacedObject): RuleOutcome {
  return objectOutcome(estate, placed, { verdict: "pass", message: "" });
}

const namesakes = new WeakMap<Estate, ReadonlyMap<string, number>>();

/** The object as people name it: `Kind/name`, and its whole id where several objects share that. */
function objectLabel(estate: Estate, placed: PlacedObject): string {
  let counts = namesakes.get(estate);
  if (counts === undefined) {
    const counted = new Map<string, number>();
    for (const each of estate.objects) counted.set(shortName(each), (counted.get(shortName(each)) ?? 0) + 1);
    counts = counted;
    namesakes.set(estate, counted);
  }
  const short = shortName(placed);
  return (counts.get(short) ?? 0) > 1 ? objectId(placed) : short;
}

function shortName({ object }: PlacedObject): string {
  return `${object.kind}/${object.name}`;
}
