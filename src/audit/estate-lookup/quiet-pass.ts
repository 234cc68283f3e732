import { objectId } from "../../estate/kubernetes/object-index.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import type { RuleOutcome } from "../rule.ts";

const nowhere = { precision: "file", source: "" } as const;

/** A pass of an object among many: it is only counted, so neither its place nor its shortest name is worked out. */
export function quietPass(placed: PlacedObject): RuleOutcome {
  return {
    verdict: "pass",
    message: "",
    subject: objectId(placed),
    subjectLabel: placed.object.name,
    environment: placed.environment,
    tenant: placed.tenant,
    namespace: placed.namespace,
    place: nowhere,
  };
}
