import { kustomizeNamespaceConflict } from "../diagnostics/kustomize-diagnostics.ts";
import type { BuildLog } from "./build-log.ts";
import { changeFields } from "./change-fields.ts";
import { isClusterScoped } from "./cluster-scope.ts";
import type { Evaluation } from "./evaluation.ts";
import { type MapNode, type ScalarNode, stringNode, textOf } from "./field-node.ts";
import type { FieldOrigin } from "./field-origin.ts";
import type { FieldSlot } from "./field-slot.ts";
import type { FieldSpec } from "./field-spec.ts";
import { KustomizeFault } from "./kustomize-fault.ts";
import { currentId, type Resource, rememberId, typeOf } from "./resource.ts";
import { formatId, idKey } from "./resource-id.ts";
import type { ResourceType } from "./resource-type.ts";

const metadataNamespace: FieldSpec = { path: "metadata/namespace", create: true };

/** `namespace`: puts every namespaced resource into one namespace, and renames Namespaces to it. */
export function transformNamespace(evaluation: Evaluation): void {
  const { kustomization, resources, configuration, log } = evaluation;
  const namespace = kustomization.fields.text("namespace") ?? "";
  if (namespace === "") return;
  const origin = kustomization.fields.originOf("namespace");
  for (const resource of resources.list) {
    rememberId(resource);
    setNamespace(resource, stringNode(namespace, origin), configuration.namespace, log);
  }
  dropConflicts(evaluation, namespace, origin);
}

function setNamespace(resource: Resource, namespace: ScalarNode, specs: readonly FieldSpec[], log: BuildLog): void {
  const type = typeOf(resource);
  const visit = (slot: FieldSlot): void => {
    if (slot.node.kind !== "scalar") throw new KustomizeFault("a namespace must be a text");
    slot.replace(namespace);
  };
  const created = { kind: "scalar", origin: namespace.origin } as const;
  if (!isClusterScoped(type)) changeFields(resource, metadataNamespace, log, { created, visit });
  if (isRoleBinding(type)) setDefaultSubjects(resource.root, namespace);
  for (const spec of specs) {
    if (appliesTo(type, spec)) changeFields(resource, spec, log, { created, visit });
  }
}

/** Namespaces are renamed only in the core API; subjects of role bindings follow a rule of their own. */
function appliesTo(type: ResourceType, spec: FieldSpec): boolean {
  if (spec.path === "metadata/namespace") return false;
  if (spec.path === "metadata/name") return type.group === "" && type.version === "v1";
  const ofRoleBinding = spec.kind === "RoleBinding" || spec.kind === "ClusterRoleBinding";
  return !(ofRoleBinding && isRoleBinding(type) && spec.path === "subjects/namespace");
}

function isRoleBinding({ kind }: ResourceType): boolean {
  return kind === "RoleBinding" || kind === "ClusterRoleBinding";
}

/** Only subjects named `default` get the namespace here; other ServiceAccounts follow as references. */
function setDefaultSubjects(root: MapNode, namespace: ScalarNode): void {
  const subjects = root.fields.get("subjects");
  if (subjects?.kind !== "list") return;
  for (const subject of subjects.items) {
    if (subject.kind !== "map" || textOf(subject.fields.get("name")) !== "default") continue;
    subject.fields.set("namespace", namespace);
  }
}

function dropConflicts({ resources, log }: Evaluation, namespace: string, origin: FieldOrigin): void {
  const known = new Set<string>();
  resources.list = resources.list.filter((resource) => {
    const id = currentId(resource);
    const key = idKey(id);
    if (!known.has(key)) return known.add(key);
    log.report(kustomizeNamespaceConflict, { id: formatId(id), namespace }, origin, [formatId(id)]);
    return false;
  });
}
