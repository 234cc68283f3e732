import { defaultClusterRoleBindings } from "../../catalog/default-cluster-roles.ts";
import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { RoleReference } from "./roles.ts";
import { type Subject, userSubject } from "./subject.ts";

/** A RoleBinding or ClusterRoleBinding of one cluster. */
export interface Binding {
  readonly kind: "RoleBinding" | "ClusterRoleBinding";
  readonly name: string;
  /** Where it grants; undefined: everywhere, and on cluster-scoped kinds. */
  readonly namespace: string | undefined;
  readonly role: RoleReference;
  readonly subjects: readonly Subject[];
  /** Who ships it; `platform` for what every cluster has. */
  readonly tenant: string;
  /** Absent for what every cluster has. */
  readonly place?: Place;
}

/** A binding, or a part of one, that the API server refuses or that grants nothing. */
export interface BrokenBinding {
  readonly binding: string;
  readonly problem: "no-role" | "cluster-binding-of-role" | "service-account-without-namespace" | "unknown-subject";
  readonly place: Place;
}

/** The bindings among the objects, and those that every cluster has. */
export function readBindings(objects: readonly PlacedObject[]): {
  readonly bindings: readonly Binding[];
  readonly broken: readonly BrokenBinding[];
} {
  const bindings: Binding[] = defaultClusterRoleBindings.map(({ name, role, groups }) => ({
    kind: "ClusterRoleBinding",
    name,
    namespace: undefined,
    role: { kind: "ClusterRole", namespace: undefined, name: role },
    subjects: groups.map((group) => ({ kind: "Group", name: group })),
    tenant: "platform",
  }));
  const broken: BrokenBinding[] = [];
  for (const placed of objects) {
    const binding = readBinding(placed, broken);
    if (binding !== undefined) bindings.push(binding);
  }
  return { bindings, broken };
}

function readBinding(placed: PlacedObject, broken: BrokenBinding[]): Binding | undefined {
  const { object, tenant } = placed;
  if (object.kind !== "RoleBinding" && object.kind !== "ClusterRoleBinding") return undefined;
  const namespace = object.kind === "RoleBinding" ? (placed.namespace ?? "default") : undefined;
  const label = `${object.kind} ${namespace === undefined ? "" : `${namespace}/`}${object.name}`;
  const report = (problem: BrokenBinding["problem"], ...path: (string | number)[]) => {
    broken.push({ binding: label, problem, place: object.locate(path) });
  };
  const { kind, name: roleName } = asObject(object.value.roleRef);
  const name = asText(roleName);
  if (name === undefined || (kind !== "Role" && kind !== "ClusterRole")) {
    report("no-role", "roleRef");
    return undefined;
  }
  if (kind === "Role" && namespace === undefined) {
    report("cluster-binding-of-role", "roleRef", "kind");
    return undefined;
  }
  const subjects = asList(object.value.subjects).flatMap((value, index): Subject[] => {
    const subject = readSubject(value, namespace);
    if (typeof subject !== "string") return [subject];
    report(subject, "subjects", index);
    return [];
  });
  const role: RoleReference = { kind, namespace: kind === "Role" ? namespace : undefined, name };
  return { kind: object.kind, name: object.name, namespace, role, subjects, tenant, place: object.locate([]) };
}

function readSubject(value: unknown, bindingNamespace: string | undefined): Subject | BrokenBinding["problem"] {
  const { kind, name, namespace } = asObject(value);
  const named = asText(name);
  if (named === undefined) return "unknown-subject";
  switch (kind) {
    case "User":
      return userSubject(named);
    case "Group":
      return { kind: "Group", name: named };
    case "ServiceAccount": {
      // Tools fill in the namespace of the binding on their way to the API server, which asks for it.
      const within = asText(namespace) ?? bindingNamespace;
      return within === undefined
        ? "service-account-without-namespace"
        : { kind: "ServiceAccount", namespace: within, name: named };
    }
    default:
      return "unknown-subject";
  }
}
