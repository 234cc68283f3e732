import { evaluatePod } from "../../../audit/pod-security/evaluate-pod.ts";
import { policiesOfNamespace } from "../../../audit/pod-security/pod-security-policy.ts";
import { podsOfWorkload } from "../../../audit/pod-security/workload-pods.ts";
import { listed } from "../../../estate/diagnostics/wording.ts";
import { asObject, asStringMap } from "../../../estate/kubernetes/json-value.ts";
import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { PlacedObject } from "../../../estate/model/estate.ts";
import { type BoundedResource, boundedResources } from "./bounded-resource.ts";
import { containerSizes, type NamespaceBounds, podSizes, type SizeBound } from "./namespace-bounds.ts";

/** Why the API server will take no pod of a workload, as the end of a sentence, and what to do about it. */
export interface Refusal {
  readonly reason: string;
  readonly remedy: string;
  /** Other manifests refuse it, not what is rendered beside it and not every API server. */
  readonly byManifests: boolean;
}

/** What the pods of a namespace meet on their cluster, as it is delivered. */
export interface NamespaceAdmission {
  readonly cluster: Cluster;
  /** Undefined: not delivered, so that its labels are not known. */
  readonly namespace: PlacedObject | undefined;
  /** The Namespace is among the manifests of the estate. */
  readonly isDeclared: boolean;
  readonly bounds: NamespaceBounds;
}

/** Why no pod of a workload would be taken; none where each would. */
export function refusalsOf(workload: Workload, admission: NamespaceAdmission): readonly Refusal[] {
  if (workload.opaque) return [];
  const { bounds } = admission;
  return [
    ...podSecurity(workload, admission),
    ...limitsBelowRequests(workload, bounds),
    ...bySize(workload, bounds).map((refusal) => ({ ...refusal, byManifests: true })),
  ];
}

function podSecurity(workload: Workload, { cluster, namespace, isDeclared }: NamespaceAdmission): readonly Refusal[] {
  if (namespace === undefined) return [];
  const { enforce } = policiesOfNamespace(asStringMap(asObject(namespace.object.value.metadata).labels));
  if (enforce.level === "privileged") return [];
  const minor = enforce.minor === "latest" ? minorOf(cluster.kubernetesVersion) : enforce.minor;
  const policy = { level: enforce.level, minor: minor ?? enforce.minor };
  const words = evaluatePod(podsOfWorkload(workload).pod, policy)
    .filter(({ verdict }) => verdict === "fail")
    .flatMap(({ deviations }) => deviations)
    .map((each) =>
      each.container === undefined ? `it ${each.words}` : `container ${each.container.name} ${each.words}`,
    );
  if (words.length === 0) return [];
  const { level } = enforce;
  return [
    {
      byManifests: isDeclared,
      reason: `namespace ${workload.namespace} enforces ${level} of the Pod Security Standards, and ${listed([...new Set(words)])}`,
      remedy: `scantling audit --pod-security ${level} --fix writes what it can into the manifests; a Namespace among them can name another level.`,
    },
  ];
}

function minorOf(version: string): number | undefined {
  const minor = /^1\.(\d+)/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

function limitsBelowRequests(workload: Workload, bounds: NamespaceBounds): readonly Refusal[] {
  return ownContainers(workload).flatMap((container) => {
    const { requests, limits } = containerSizes(container, bounds);
    return boundedResources.flatMap((resource) => {
      const [request, limit] = [resource.of(requests), resource.of(limits)];
      if (request === undefined || limit === undefined || request <= limit) return [];
      return [
        {
          byManifests: false,
          reason: `container ${container.name} requests ${resource.format(request)} of ${resource.name} and may use ${resource.format(limit)}`,
          remedy: "Raise the limit, or lower the request.",
        },
      ];
    });
  });
}

type SizeRefusal = Omit<Refusal, "byManifests">;

/** LimitRanges bound each container and each pod; a quota that counts a resource wants every container to state it. */
function bySize(workload: Workload, bounds: NamespaceBounds): readonly SizeRefusal[] {
  const containers = ownContainers(workload).map((container) => ({
    name: container.name,
    ...containerSizes(container, bounds),
  }));
  const ofContainers = containers.flatMap(({ name, requests, limits }) =>
    boundedResources.flatMap((resource) => [
      ...outOfBounds(`container ${name}`, resource, resource.of(requests), resource.of(limits), bounds.containers),
      ...bounds.counted
        .filter(
          (counted) =>
            counted.resource === resource && resource.of(counted.side === "limits" ? limits : requests) === undefined,
        )
        .map(({ quota, side }) => ({
          reason: `ResourceQuota ${quota} counts the ${resource.name} ${side}, and container ${name} states none`,
          remedy: "State it, or give the namespace a LimitRange with a default.",
        })),
    ]),
  );
  const { requests, limits } = podSizes(workload, bounds);
  const pod = boundedResources.flatMap((resource) =>
    outOfBounds("a pod", resource, resource.of(requests), resource.of(limits), bounds.pods),
  );
  return [...ofContainers, ...pod];
}

function outOfBounds(
  subject: string,
  resource: BoundedResource,
  request: number | undefined,
  limit: number | undefined,
  bounds: readonly SizeBound[],
): readonly SizeRefusal[] {
  return bounds.flatMap(({ range, minimum, maximum }): SizeRefusal[] => {
    const most = resource.of(maximum);
    const least = resource.of(minimum);
    const used = limit ?? request;
    if (most !== undefined && used !== undefined && used > most) {
      const reason = `${subject} may use ${resource.format(used)} of ${resource.name}, and LimitRange ${range} allows ${resource.format(most)}`;
      return [{ reason, remedy: "Raise the maximum of the LimitRange, or lower the limit." }];
    }
    if (least !== undefined && request !== undefined && request < least) {
      const reason = `${subject} requests ${resource.format(request)} of ${resource.name}, and LimitRange ${range} asks for ${resource.format(least)}`;
      return [{ reason, remedy: "Lower the minimum of the LimitRange, or raise the request." }];
    }
    return [];
  });
}

/** Ephemeral containers come later, by hand, and have no resources. */
function ownContainers({ containers }: Workload): readonly Container[] {
  return containers.filter(({ role }) => role !== "ephemeral");
}
