import { asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";

const ownerLabel = "app-id";
const policyName = "own-storage-classes";

/** Above this many foreign classes a quota in every namespace grows past what etcd should hold; one policy says the same. */
export const mostWallKeys = 300;

/** A StorageClass that belongs to one application. */
export interface OwnedClass {
  readonly name: string;
  readonly owner: string;
}

/** The classes among emitted objects that carry an owner: walls are made from what is written, never from a second list. */
export function ownedClasses(objects: Iterable<JsonObject>): readonly OwnedClass[] {
  const owned: OwnedClass[] = [];
  for (const { kind, metadata } of objects) {
    const { name, labels } = asObject(metadata);
    const owner = asText(asObject(labels)[ownerLabel]);
    if (kind === "StorageClass" && typeof name === "string" && owner !== undefined) owned.push({ name, owner });
  }
  return owned.toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/** Keeps a namespace off the classes of other applications: not one claim of each. Undefined where there are none. */
export function quotaWall(
  namespace: string,
  application: string | undefined,
  classes: readonly OwnedClass[],
): JsonObject | undefined {
  const foreign = classes.filter(({ owner }) => owner !== application);
  if (foreign.length === 0) return undefined;
  const keys = foreign.map(({ name }): [string, string] => [
    `${name}.storageclass.storage.k8s.io/persistentvolumeclaims`,
    "0",
  ]);
  return {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "foreign-storage-classes", namespace },
    spec: { hard: Object.fromEntries(keys) },
  };
}

/**
 * The same wall for all namespaces at once: a claim may name a class that belongs to an application only in a namespace
 * of that application.
 */
export function storageClassPolicy(classes: readonly OwnedClass[]): readonly JsonObject[] {
  const owners = [...new Set(classes.map(({ owner }) => owner))].sort();
  const list = `[${owners.map((owner) => `'${owner}'`).join(", ")}]`;
  const expression = [
    "!has(object.spec.storageClassName)",
    `!${list}.exists(app, object.spec.storageClassName.startsWith(app + '-azdisk-'))`,
    `(has(namespaceObject.metadata.labels) && '${ownerLabel}' in namespaceObject.metadata.labels && object.spec.storageClassName.startsWith(namespaceObject.metadata.labels['${ownerLabel}'] + '-azdisk-'))`,
  ].join(" || ");
  return [
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: policyName },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: [""],
              apiVersions: ["v1"],
              operations: ["CREATE", "UPDATE"],
              resources: ["persistentvolumeclaims"],
            },
          ],
        },
        validations: [{ expression, message: "This storage class belongs to another application." }],
      },
    },
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: policyName },
      spec: { policyName, validationActions: ["Deny"] },
    },
  ];
}
