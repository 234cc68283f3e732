import { defaultClusterRoles } from "../../catalog/default-cluster-roles.ts";
import { asList, asObject, asStringMap, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import { type LabelSelector, matchesLabels, readLabelSelector } from "../../estate/kubernetes/selector.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import { type AccessRule, readAccessRules } from "./access-rule.ts";

/** The role that a binding names. */
export interface RoleReference {
  readonly kind: "Role" | "ClusterRole";
  /** Undefined for a ClusterRole. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Roles of one cluster with their rules, aggregation worked out. */
export interface RoleBook {
  /** Undefined when the role is neither among the manifests nor one that every cluster has. */
  rulesOf(reference: RoleReference): readonly AccessRule[] | undefined;
}

interface ClusterRole {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  readonly rules: readonly AccessRule[];
  /** Undefined: not aggregated. */
  readonly selectors: readonly LabelSelector[] | undefined;
}

/** Reads roles by name; a role that several environments of the cluster give counts with the rules of all. */
export function readRoles(objects: readonly PlacedObject[]): RoleBook {
  const roles = new Map<string, AccessRule[]>();
  const clusterRoles: ClusterRole[] = defaultClusterRoles.map(defaultRole);
  for (const { object, namespace } of objects) {
    if (object.kind === "ClusterRole") clusterRoles.push(readClusterRole(object));
    if (object.kind !== "Role" || namespace === undefined) continue;
    const key = `${namespace}/${object.name}`;
    roles.set(key, [...(roles.get(key) ?? []), ...readAccessRules(object.value.rules)]);
  }
  const clusterRules = resolveClusterRoles(clusterRoles);
  return {
    rulesOf: ({ kind, namespace, name }) =>
      kind === "ClusterRole" ? clusterRules.get(name) : roles.get(`${namespace ?? ""}/${name}`),
  };
}

function defaultRole({ name, labels = {}, aggregates, rules }: (typeof defaultClusterRoles)[number]): ClusterRole {
  const selectors =
    aggregates === undefined
      ? undefined
      : [{ requirements: [{ key: aggregates, operator: "In" as const, values: ["true"] }] }];
  return { name, labels, rules: readAccessRules(rules), selectors };
}

function readClusterRole({ name, value }: PlacedObject["object"]): ClusterRole {
  const { aggregationRule } = value;
  return {
    name,
    labels: asStringMap(asObject(value.metadata).labels),
    rules: readAccessRules(value.rules),
    selectors: isJsonObject(aggregationRule)
      ? asList(aggregationRule.clusterRoleSelectors).flatMap((selector) => readLabelSelector(selector) ?? [])
      : undefined,
  };
}

/**
 * The controller writes the rules of an aggregated role, whatever the manifest says: the union of those it selects, and of
 * what these select in turn.
 */
function resolveClusterRoles(clusterRoles: readonly ClusterRole[]): ReadonlyMap<string, readonly AccessRule[]> {
  const byName = Map.groupBy(clusterRoles, ({ name }) => name);
  return new Map([...byName].map(([name, given]) => [name, aggregatedRules(given, clusterRoles)]));
}

function aggregatedRules(given: readonly ClusterRole[], all: readonly ClusterRole[]): readonly AccessRule[] {
  const reached = new Set(given);
  for (const role of reached) {
    const { selectors } = role;
    if (selectors === undefined) continue;
    for (const candidate of all) {
      if (selectors.some((selector) => matchesLabels(selector, candidate.labels))) reached.add(candidate);
    }
  }
  return [...reached].flatMap(({ rules, selectors }) => (selectors === undefined ? rules : []));
}
