import { asInteger, asObject } from "../../estate/kubernetes/json-value.ts";
import type { Container, Workload } from "../../estate/kubernetes/workload.ts";

/** What the pods that one pool may take of a tenant do to its nodes; workloads are the first of their kind, as examples. */
export interface NodeTraits {
  /** One whose containers do not all state a CPU request and a memory limit. */
  readonly withoutLimits: Workload | undefined;
  readonly withoutStorageLimit: Workload | undefined;
  /** One that uses the kernel's own user ids. */
  readonly onHostUsers: Workload | undefined;
  /** Ids of users on the node, each with a workload; pods in user namespaces count as root, whoever they are inside. */
  readonly users: ReadonlyMap<number, Workload>;
  /** One that does not say whom it runs as: the image decides. */
  readonly userUnknown: Workload | undefined;
}

/** Of a tenant's pods, of which a pool takes some without a sandbox; sandboxed ones have a kernel of their own. */
export function readNodeTraits(takers: readonly Workload[], isSandboxed: (workload: Workload) => boolean): NodeTraits {
  const onKernel = takers.filter((workload) => !isSandboxed(workload));
  const users = new Map<number, Workload>();
  let userUnknown: Workload | undefined;
  for (const workload of onKernel) {
    for (const user of hostUsersOf(workload)) {
      if (user === undefined) userUnknown ??= workload;
      else if (!users.has(user)) users.set(user, workload);
    }
  }
  return {
    withoutLimits: takers.find((workload) => !isLimited(workload)),
    withoutStorageLimit: takers.find(
      ({ podLimits, opaque }) => opaque || podLimits.ephemeralStorageBytes === undefined,
    ),
    onHostUsers: onKernel.find((workload) => !hasUserNamespace(workload)),
    users,
    userUnknown,
  };
}

/** True when the pod has a user namespace of its own, which host namespaces rule out. */
function hasUserNamespace({ podSpec }: Pick<Workload, "podSpec">): boolean {
  return podSpec.hostUsers === false && ![podSpec.hostNetwork, podSpec.hostPID, podSpec.hostIPC].includes(true);
}

function isLimited({ podRequests, podLimits, containers, opaque }: Workload): boolean {
  if (opaque) return false;
  const bounds = (container: Container) =>
    container.requests.cpuMillicores !== undefined && container.limits.memoryBytes !== undefined;
  const podLevel = podRequests.cpuMillicores !== undefined && podLimits.memoryBytes !== undefined;
  return podLevel && containers.filter(({ role }) => role !== "ephemeral").every(bounds);
}

/** User ids that the pod's containers have on the node; undefined for one that the image decides. */
export function hostUsersOf(workload: Workload): readonly (number | undefined)[] {
  // The runtime makes user namespaces as root, and the kernel charges root for what is done in them.
  if (hasUserNamespace(workload)) return [0];
  const ofPod = asInteger(asObject(workload.podSpec.securityContext).runAsUser);
  if (workload.opaque || workload.containers.length === 0) return [undefined];
  const users = workload.containers.map(({ value }) => asInteger(asObject(value.securityContext).runAsUser) ?? ofPod);
  return [...new Set(users)];
}
