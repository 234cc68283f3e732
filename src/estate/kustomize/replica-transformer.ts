import { kustomizeReplicasMatchNothing } from "../diagnostics/kustomize-diagnostics.ts";
import { changeFields } from "./change-fields.ts";
import type { Evaluation } from "./evaluation.ts";
import { inStyleOf, scalarNode } from "./field-node.ts";
import type { FieldSpec } from "./field-spec.ts";
import { KustomizeFault } from "./kustomize-fault.ts";
import { currentId, previousIdsOf, type Resource } from "./resource.ts";
import { isSelectedType } from "./resource-type.ts";
import type { Section } from "./section.ts";

/** `replicas`: sets the number of replicas of the workloads with a name. */
export function transformReplicas(evaluation: Evaluation): void {
  for (const entry of evaluation.kustomization.fields.sections("replicas")) {
    entry.expectOnly(["name", "count"]);
    changeReplicas(evaluation, entry, evaluation.configuration.replicas);
  }
}

/** Sets the replicas that one entry asks for. */
export function changeReplicas(evaluation: Evaluation, entry: Section, specs: readonly FieldSpec[]): void {
  const name = entry.text("name") ?? "";
  const count = entry.integer("count") ?? (entry.has("count") ? undefined : 0);
  if (count === undefined) return;
  const node = scalarNode(count, entry.has("count") ? entry.originOf("count") : entry.origin);
  let found = false;
  for (const spec of specs) {
    const named = evaluation.resources.list.filter((resource) => isOrWasNamed(resource, name, spec));
    if (named.length > 0) found = true;
    for (const resource of named) setCount(evaluation, resource, spec, node);
  }
  if (!found) evaluation.log.report(kustomizeReplicasMatchNothing, { name }, entry.origin);
}

function isOrWasNamed(resource: Resource, name: string, spec: FieldSpec): boolean {
  return [...previousIdsOf(resource), currentId(resource)].some((id) => id.name === name && isSelectedType(id, spec));
}

function setCount(
  { log }: Evaluation,
  resource: Resource,
  spec: FieldSpec,
  count: ReturnType<typeof scalarNode>,
): void {
  changeFields(resource, spec, log, {
    created: { kind: "scalar", origin: count.origin },
    visit: ({ node, replace }) => {
      if (node.kind !== "scalar") throw new KustomizeFault("replicas must be a number");
      replace(inStyleOf(node, count));
    },
  });
}
