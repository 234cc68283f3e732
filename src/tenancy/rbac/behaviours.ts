/** What a tenant must not be able to do by its roles, by admission, what it must have, and what it must be free to do. */
type BehaviourSort = "deniedByRbac" | "deniedByAdmission" | "present" | "allowed";

/**
 * The tenancy behaviours that make a fence, in the order of the audit rule's parts. Source: the multi-tenancy benchmarks of
 * the Kubernetes working group, profile levels 1 and 2.
 */
export const tenancyBehaviours = {
  clusterScoped: { sort: "deniedByRbac", text: "does nothing to cluster-scoped objects" },
  foreignNamespaces: { sort: "deniedByRbac", text: "does nothing in other namespaces" },
  quotas: { sort: "deniedByRbac", text: "leaves its quotas and limit ranges alone" },
  platformObjects: { sort: "deniedByRbac", text: "leaves bindings, policies and labels of its namespaces alone" },
  escalation: { sort: "deniedByRbac", text: "gives itself no further rights" },
  privileged: { sort: "deniedByAdmission", text: "runs no privileged container" },
  capabilities: { sort: "deniedByAdmission", text: "adds no capabilities" },
  privilegeEscalation: { sort: "deniedByAdmission", text: "lets no process gain privileges" },
  runAsRoot: { sort: "deniedByAdmission", text: "runs nothing as root" },
  hostPath: { sort: "deniedByAdmission", text: "mounts nothing of the node" },
  hostNetwork: { sort: "deniedByAdmission", text: "uses neither network nor ports of the node" },
  hostPid: { sort: "deniedByAdmission", text: "sees no processes of the node" },
  hostIpc: { sort: "deniedByAdmission", text: "shares no memory with the node" },
  nodePort: { sort: "deniedByAdmission", text: "opens no port on the nodes" },
  imagePull: { sort: "deniedByAdmission", text: "runs no image that it did not pull itself" },
  computeQuota: { sort: "present", text: "has a quota on CPU and memory" },
  objectQuota: { sort: "present", text: "has a quota on object counts" },
  ownPolicies: { sort: "allowed", text: "may write NetworkPolicies of its own" },
  ownRoles: { sort: "allowed", text: "may write Roles and RoleBindings of its own" },
} as const satisfies { readonly [name: string]: { readonly sort: BehaviourSort; readonly text: string } };

export type TenancyBehaviour = keyof typeof tenancyBehaviours;

export const tenancyBehaviourNames = Object.keys(tenancyBehaviours) as readonly TenancyBehaviour[];

/** Whether one behaviour holds for a tenant on a cluster. */
export interface BehaviourVerdict {
  readonly behaviour: TenancyBehaviour;
  readonly verdict: "holds" | "broken" | "notEvaluable";
  /** What makes it so, as a clause with names. */
  readonly because: string;
}
