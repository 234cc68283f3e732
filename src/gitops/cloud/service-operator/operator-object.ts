import type { ServiceOperatorKind } from "../../../catalog/service-operator-kinds.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";

/** A custom resource of the operator while it is put together. */
export interface OperatorObject {
  readonly kind: ServiceOperatorKind;
  readonly namespace: string;
  readonly name: string;
  /** By its name in the estate. */
  readonly subscription: string;
  readonly spec: JsonObject;
  /** Values that the user gives, by the path of the field in the object. */
  readonly parameters: readonly FieldParameter[];
  /** Whether the resource stays in Azure when the object goes. */
  readonly staysBehind: boolean;
  /** Folder of the files that are written together. */
  readonly part: string;
  readonly tells: string;
}

export interface FieldParameter {
  /** As a kustomize replacement writes it, such as `spec.aadProfile.adminGroupObjectIDs.0`. */
  readonly fieldPath: string;
  readonly parameter: string;
}

/** What the operator cannot say of a resource. */
export interface OperatorGap {
  /** Key of the resource. */
  readonly resource: string;
  /** Path of the ARM property; empty for the whole resource. */
  readonly path: string;
  readonly reason: string;
}

/** Secret in the namespace of a subscription that holds what no file may. */
export const SECRETS = "estate-secrets";

/** ConfigMap whose values replacements put into the objects; it is not delivered itself. */
export const PARAMETERS = "estate-parameters";

/** Annotation of a namespace: the subscription that its objects are written to, by its name in the estate. */
export const SUBSCRIPTION = "scantling/subscription";

/** Annotation that tells the operator what to do with the resource of an object that is deleted. */
export const RECONCILE_POLICY = "serviceoperator.azure.com/reconcile-policy";

/** ConfigMap into which the operator writes what is known only once a resource is there. */
export function factsOf(name: string): string {
  return `${name.slice(0, 57)}-facts`;
}
