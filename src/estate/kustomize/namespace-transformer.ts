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

/** Which subjects of role bindings get the namespace at once; other ServiceAccounts follow as references. */
export type SubjectMode = "defaultOnly" | "allServiceAccounts" | "none";

export interface NamespaceChange {
  readonly namespace: ScalarNode;
  /** Fields besides `metadata.namespace`. */
  readonly specs: readonly FieldSpec[];
  /** Only where no namespace is set yet. */
  readonly unsetOnly: boolean;
  readonly subjects: SubjectMode;
}

/** `namespace`: puts every namespaced resource into one namespace, and renames Namespaces to it. */
export function transformNamespace(evaluation: Evaluation): void {
  const { kustomization, configuration } = evaluation;
  const text = kustomization.fields.text("namespace") ?? "";
  if (text === "") return;
  const namespace = stringNode(text, kustomization.fields.originOf("namespace"));
  changeNamespace(evaluation, {
    namespace,
    specs: configuration.namespace,
    unsetOnly: false,
    subjects: "defaultOnly",
  });
}

export function changeNamespace(evaluation: Evaluation, change: NamespaceChange): void {
  for (const resource of evaluation.resources.list) {
    rememberId(resource);
    setNamespace(resource, change, evaluation.log);
  }
  dropConflicts(evaluation, textOf(change.namespace), change.namespace.origin);
}

function setNamespace(resource: Resource, change: NamespaceChange, log: BuildLog): void {
  const type = typeOf(resource);
  const { namespace } = change;
  const visit = (slot: FieldSlot): void => {
    if (slot.node.kind !== "scalar") throw new KustomizeFault("a namespace must be a text");
    if (!change.unsetOnly || textOf(slot.node) === "") slot.replace(namespace);
  };
  const created = { kind: "scalar", origin: namespace.origin } as const;
  if (!isClusterScoped(type)) changeFields(resource, metadataNamespace, log, { created, visit });
  if (isRoleBinding(type)) setSubjects(resource.root, change);
  for (const spec of change.specs) {
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

function setSubjects(root: MapNode, { namespace, unsetOnly, subjects: mode }: NamespaceChange): void {
  const subjects = root.fields.get("subjects");
  if (subjects?.kind !== "list" || mode === "none") return;
  for (const subject of subjects.items) {
    if (subject.kind !== "map") continue;
    const chosen =
      mode === "defaultOnly"
        ? textOf(subject.fields.get("name")) === "default"
        : textOf(subject.fields.get("kind")) === "ServiceAccount";
    if (!chosen || (unsetOnly && textOf(subject.fields.get("namespace")) !== "")) continue;
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
