import type { JsonObject, KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { Fix } from "../finding.ts";
import type { ChangeTarget, ManifestChange } from "../manifest-change.ts";
import { changesAsPatch } from "./changes-as-patch.ts";

/** An edit of one object: a value to set at a path, or (undefined) a field to take away. */
export interface FieldEdit {
  readonly path: FieldPath;
  readonly value: unknown;
}

/** A fix that edits fields of one object. */
export function editFix(description: string, placed: PlacedObject, edits: readonly FieldEdit[]): Fix {
  return fixOf(description, targetOf(placed.object, placed.namespace), placed.object.value, edits);
}

/**
 * A fix that edits the workload's own object. Of a Rollout whose template stands in another workload, only a description is
 * given: its fields are not where they seem to be. The same holds for pods whose owner is not in the input.
 */
export function workloadFix(description: string, workload: Workload, edits: readonly FieldEdit[]): Fix {
  const { object, namespace, kind, name } = workload;
  if (borrowsTemplate(object) || object.kind !== kind || object.name !== name) return { description };
  return fixOf(description, targetOf(object, namespace), object.value, edits);
}

/** A fix that adds an object. */
export function additionFix(description: string, manifest: JsonObject): Fix {
  const changes: readonly ManifestChange[] = [{ kind: "add", manifest }];
  return { description, patch: changesAsPatch(changes, () => undefined), changes };
}

function targetOf({ apiVersion, kind, name }: KubernetesObject, namespace: string | undefined): ChangeTarget {
  return { apiVersion, kind, namespace, name };
}

function fixOf(description: string, target: ChangeTarget, value: JsonObject, edits: readonly FieldEdit[]): Fix {
  const changes = edits.map(
    ({ path, value: edited }): ManifestChange =>
      edited === undefined ? { kind: "remove", target, path } : { kind: "set", target, path, value: edited },
  );
  return { description, patch: changesAsPatch(changes, () => value), changes };
}

function borrowsTemplate({ kind, value }: KubernetesObject): boolean {
  const spec = value["spec"];
  return kind === "Rollout" && typeof spec === "object" && spec !== null && "workloadRef" in spec;
}
