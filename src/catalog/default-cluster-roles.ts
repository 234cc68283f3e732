import type { SourceTable } from "./catalog-source.ts";
import table from "./tables/kubernetes-default-roles.json" with { type: "json" };

export const defaultRoleSources: SourceTable = table.sources;

/** A rule of a role as Kubernetes writes it. */
interface WrittenRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** A ClusterRole that every cluster has from the start; with `aggregates` it is the union of all that carry that label. */
interface DefaultClusterRole {
  readonly name: string;
  readonly labels?: { readonly [key: string]: string };
  readonly aggregates?: string;
  readonly rules?: readonly WrittenRule[];
}

/** A ClusterRoleBinding that every cluster has from the start. */
interface DefaultClusterRoleBinding {
  readonly name: string;
  readonly role: string;
  readonly groups: readonly string[];
}

/** Roles that users and platform components are bound to; those of the control plane itself are left out. */
export const defaultClusterRoles = table.roles as unknown as readonly DefaultClusterRole[];

export const defaultClusterRoleBindings: readonly DefaultClusterRoleBinding[] = table.bindings;
