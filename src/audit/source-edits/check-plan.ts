import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { asObject, asText, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { objectId, scopeKey } from "../../estate/kubernetes/object-index.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { Finding } from "../finding.ts";
import { withEdit } from "./document-edit.ts";
import type { EditPlan, FixRefusal } from "./edit-plan.ts";

/**
 * Holds what the edited texts render to against what was planned: every object as it should become, everything else as it
 * was, nothing that cannot be read any more. Gives the fixes that must not be written.
 */
export function planFaults(plan: EditPlan, before: Estate, after: Estate): readonly FixRefusal[] {
  const blamed = new Map<Finding, string>();
  const blame = (findings: Iterable<Finding>, reason: string): void => {
    for (const finding of findings) if (!blamed.has(finding)) blamed.set(finding, reason);
  };
  const rendered = new Map(after.objects.map((placed) => [objectId(placed), placed]));
  for (const placed of before.objects) {
    const changes = plan.changes.get(placed.object) ?? [];
    const result = rendered.get(objectId(placed))?.object;
    if (result !== undefined && isAsPlanned(placed.object, changes, result)) continue;
    const touching = editing(plan, placed.object.locate([]).source);
    const missed = changes.filter(({ path, value }) => !equalValues(valueAt(result?.value, path), value));
    if (missed.length > 0)
      blame(
        missed.map(({ finding }) => finding),
        "what is applied after it sets the field again",
      );
    else if (changes.length > 0)
      blame(
        changes.map(({ finding }) => finding),
        "the object would not come out as it should",
      );
    else
      blame(
        touching.length > 0 ? touching : plan.made,
        `${placed.object.kind}/${placed.object.name} would change with it`,
      );
  }
  for (const { manifest, subjects, finding } of plan.additions) {
    const isMissing = before.objects.some(
      (placed) => subjects.has(placed.object) && !isAdded(placed, manifest, rendered),
    );
    if (isMissing) blame([finding], "the new object would not be part of the estate");
  }
  for (const { source, message } of newErrors(before, after)) {
    const touching = source === undefined ? [] : editing(plan, source);
    blame(touching.length > 0 ? touching : plan.made, `it would bring an error: ${message.replace(/\.$/, "")}`);
  }
  return [...blamed].map(([finding, reason]) => ({ finding, reason }));
}

function isAsPlanned(
  object: KubernetesObject,
  changes: readonly { readonly path: readonly (string | number)[]; readonly value: unknown }[],
  result: KubernetesObject,
): boolean {
  const wanted = changes.reduce<unknown>((value, change) => withEdit(value, change.path, change.value), object.value);
  return result === object || equalValues(wanted, result.value);
}

function isAdded(
  subject: PlacedObject,
  manifest: { readonly [key: string]: unknown },
  rendered: ReadonlyMap<string, PlacedObject>,
): boolean {
  const { name, namespace } = asObject(manifest["metadata"]);
  const { environment, cluster } = subject;
  const scope = scopeKey({ environment, cluster, namespace: asText(namespace) });
  return rendered.has(`${scope}/${asText(manifest["kind"])}/${asText(name)}`);
}

function editing(plan: EditPlan, path: string): readonly Finding[] {
  return plan.made.filter((finding) => plan.paths.get(finding)?.has(path) === true);
}

function newErrors(
  before: Estate,
  after: Estate,
): readonly { readonly source: string | undefined; readonly message: string }[] {
  const known = new Set(before.diagnostics.map(({ code, message }) => `${code} ${message}`));
  return after.diagnostics
    .filter(({ severity, code, message }) => severity === "error" && !known.has(`${code} ${message}`))
    .map(({ place, message }) => ({ source: place?.source, message }));
}
