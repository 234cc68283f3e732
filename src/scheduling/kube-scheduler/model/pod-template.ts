import {
  asInteger,
  asList,
  asObject,
  asStringMap,
  asText,
  type StringMap,
} from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { type NodeAffinity, readNodeAffinity } from "../../node-affinity.ts";
import { readTolerations, type Toleration } from "../../tolerations.ts";
import type { SchedulerVersion } from "../scheduler-version.ts";
import { type PodAffinity, readPodAffinity } from "./affinity-term.ts";
import { type HostPort, readHostPorts } from "./host-port.ts";
import { type PodRequests, readPodRequests } from "./pod-requests.ts";
import type { ReadingProblem } from "./reading-problem.ts";
import { readSpreadConstraints, type SpreadConstraint } from "./spread-constraint.ts";

/** The controller that owns a pod, which decides the selector of default spreading. */
interface PodOwner {
  readonly kind: string;
  readonly name: string;
}

/** Everything the scheduler reads of a pod that pods of one revision have in common. Plain data. */
export interface PodTemplate {
  /** The same for templates with the same content. */
  readonly key: string;
  readonly namespace: string;
  readonly labels: StringMap;
  readonly owner: PodOwner | undefined;
  readonly requests: PodRequests;
  readonly hostPorts: readonly HostPort[];
  /** `spec.nodeName` of a pod that waits: only that node will do. */
  readonly nodeName: string | undefined;
  readonly nodeSelector: StringMap;
  readonly nodeAffinity: NodeAffinity;
  readonly tolerations: readonly Toleration[];
  readonly podAffinity: PodAffinity;
  readonly podAntiAffinity: PodAffinity;
  /** The pod's own, of either kind; without any the profile's defaults apply. */
  readonly spread: readonly SpreadConstraint[];
  readonly images: readonly string[];
  /** Containers that ImageLocality measures its bounds by. */
  readonly imageContainers: number;
  /** Names of the claims that its volumes use, in its namespace; `<claim>` or `<pod>-<volume>` for ephemeral ones. */
  readonly claims: readonly string[];
  readonly isGated: boolean;
  readonly priority: number;
  readonly neverPreempts: boolean;
}

/** Reads what pods of a template have in common from one of them. */
export function readPodTemplate(
  pod: JsonObject,
  key: string,
  version: SchedulerVersion,
  problems: ReadingProblem[],
): PodTemplate {
  const metadata = asObject(pod.metadata);
  const spec = asObject(pod.spec);
  const affinity = asObject(spec.affinity);
  const namespace = asText(metadata.namespace) ?? "default";
  const labels = asStringMap(metadata.labels);
  const owner = { namespace, labels, readsMatchLabelKeys: version.readsAffinityMatchLabelKeys };
  const imageContainers = [
    ...asList(spec.containers),
    ...(version.scoresInitImages ? asList(spec.initContainers) : []),
  ];
  const at = ["spec", "affinity"];
  return {
    key,
    namespace,
    labels,
    owner: readOwner(metadata.ownerReferences),
    requests: readPodRequests(spec, version, problems),
    hostPorts: readHostPorts(spec, version),
    nodeName: asText(spec.nodeName),
    nodeSelector: asStringMap(spec.nodeSelector),
    nodeAffinity: readNodeAffinity(spec),
    tolerations: readTolerations(asList(spec.tolerations)),
    podAffinity: readPodAffinity(affinity.podAffinity, owner, [...at, "podAffinity"], problems),
    podAntiAffinity: readPodAffinity(affinity.podAntiAffinity, owner, [...at, "podAntiAffinity"], problems),
    spread: readSpreadConstraints(spec.topologySpreadConstraints, labels, version, problems),
    images: imageContainers.flatMap((container) => normalImageName(asObject(container).image)),
    imageContainers: imageContainers.length,
    claims: readClaims(spec, asText(metadata.name) ?? ""),
    isGated: version.readsSchedulingGates && asList(spec.schedulingGates).length > 0,
    priority: asInteger(spec.priority) ?? 0,
    neverPreempts: spec.preemptionPolicy === "Never",
  };
}

function readOwner(value: unknown): PodOwner | undefined {
  const controller = asList(value).find((reference) => asObject(reference).controller === true);
  const kind = asText(asObject(controller).kind);
  const name = asText(asObject(controller).name);
  return kind === undefined || name === undefined ? undefined : { kind, name };
}

/** Nodes list images with their tag, so a name without one stands for `latest`. */
function normalImageName(value: unknown): readonly string[] {
  const name = asText(value);
  if (name === undefined) return [];
  return [name.lastIndexOf(":") <= name.lastIndexOf("/") ? `${name}:latest` : name];
}

function readClaims(spec: JsonObject, podName: string): readonly string[] {
  return asList(spec.volumes).flatMap((entry) => {
    const volume = asObject(entry);
    const claim = asText(asObject(volume.persistentVolumeClaim).claimName);
    if (claim !== undefined) return [claim];
    const name = asText(volume.name);
    return volume.ephemeral !== undefined && name !== undefined ? [`${podName}-${name}`] : [];
  });
}
