import { kustomizeFieldMismatch } from "../diagnostics/kustomize-diagnostics.ts";
import type { BuildLog } from "./build-log.ts";
import { type FieldSpec, type FieldVisit, visitFields } from "./field-spec.ts";
import { attempt } from "./kustomize-fault.ts";
import { currentId, type Resource, typeOf } from "./resource.ts";
import { formatId } from "./resource-id.ts";

/** Visits the fields of one resource that a spec names; a field that cannot be changed is reported. */
export function changeFields(
  resource: Resource,
  spec: FieldSpec,
  log: BuildLog,
  change: Pick<FieldVisit, "created" | "visit">,
): void {
  const outcome = attempt(() => visitFields(resource.root, { type: typeOf(resource), spec, ...change }));
  if (!("reason" in outcome)) return;
  const id = formatId(currentId(resource));
  log.report(kustomizeFieldMismatch, { id, field: spec.path, reason: outcome.reason }, resource.root.origin, [id]);
}
