import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { danglingReference } from "../diagnostics/manifest-diagnostics.ts";
import type { PlacedObject } from "../model/estate.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import { apiGroup } from "./group-kind.ts";
import { asObject, asStringMap, asText, isJsonObject, type StringMap, valueAt } from "./json-value.ts";
import type { JsonObject, KubernetesObject } from "./kubernetes-object.ts";
import { type ObjectIndex, objectId } from "./object-index.ts";
import { type WorkloadKind, workloadKindOf } from "./workload-kinds.ts";

/** The pod template of a workload, and the object inside which its path holds. */
export interface PodTemplate {
  readonly object: KubernetesObject;
  readonly podLabels: StringMap;
  readonly podSpec: JsonObject;
  readonly podSpecPath: FieldPath;
  /** The workload refers to a template that is not in the input. */
  readonly missing?: true;
}

/** Reads the template from the object itself or, for a Rollout with `workloadRef`, from the workload it names. */
export function readPodTemplate(
  placed: PlacedObject,
  kind: WorkloadKind,
  index: ObjectIndex,
): { readonly template: PodTemplate; readonly diagnostics: readonly Diagnostic[] } {
  const reference = asObject(valueAt(placed.object.value, ["spec", "workloadRef"]));
  const name = asText(reference.name);
  if (placed.object.kind !== "Rollout" || name === undefined) {
    return { template: templateAt(placed.object, kind.templatePath), diagnostics: [] };
  }
  const referredKind = asText(reference.kind) ?? "Deployment";
  const group = apiGroup(asText(reference.apiVersion) ?? "apps/v1");
  const referred = index.find(placed, group === "" ? referredKind : `${referredKind}.${group}`, name)?.object;
  const referredTemplate = referred === undefined ? undefined : workloadKindOf(referred)?.templatePath;
  if (referred === undefined || referredTemplate === undefined) {
    const parameters = { from: objectId(placed), target: `${referredKind}/${name}`, suggestion: undefined };
    const place = placed.object.locate(["spec", "workloadRef"]);
    return {
      template: { ...templateAt(placed.object, kind.templatePath), missing: true },
      diagnostics: [diagnose(danglingReference, parameters, { place, affects: [objectId(placed)] })],
    };
  }
  const combined = withTemplateOf(placed.object, kind.templatePath, referred, referredTemplate);
  return { template: templateAt(combined, kind.templatePath), diagnostics: [] };
}

function templateAt(object: KubernetesObject, templatePath: FieldPath): PodTemplate {
  const template = asObject(valueAt(object.value, templatePath));
  const podSpec = template.spec;
  return {
    object,
    podLabels: asStringMap(asObject(template.metadata).labels),
    podSpec: isJsonObject(podSpec) ? podSpec : {},
    podSpecPath: [...templatePath, "spec"],
  };
}

/** The object with another one's template in the place of its own; each field still knows where it was written. */
function withTemplateOf(
  object: KubernetesObject,
  path: FieldPath,
  other: KubernetesObject,
  otherPath: FieldPath,
): KubernetesObject {
  const spec = { ...asObject(object.value.spec), template: valueAt(other.value, otherPath) };
  return {
    ...object,
    value: { ...object.value, spec },
    locate: (field) =>
      field.length >= path.length && path.every((step, position) => field[position] === step)
        ? other.locate([...otherPath, ...field.slice(path.length)])
        : object.locate(field),
  };
}
