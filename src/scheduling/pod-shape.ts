import type { Catalog } from "../catalog/catalog.ts";
import type { Assumption } from "../estate/assumptions/assumption.ts";
import { assume } from "../estate/assumptions/assumption-rule.ts";
import { sandboxOverhead } from "../estate/assumptions/capacity-rules.ts";
import { asList, asObject, asText, isJsonObject, type StringMap } from "../estate/kubernetes/json-value.ts";
import type { SpreadRule, Workload } from "../estate/kubernetes/workload.ts";
import { type NodeAffinity, readNodeAffinity } from "./node-affinity.ts";
import { bytesPerMiB, type PodDemand, podDemand } from "./pod-demand.ts";
import type { RuntimeClass } from "./runtime-class.ts";
import { daemonSetTolerations, readTolerations, type Toleration } from "./tolerations.ts";

/** Everything the scheduler reads from one workload's pods, all of which are alike. */
export interface PodShape {
  /** Workload id, or the name of a platform component. */
  readonly id: string;
  readonly demand: PodDemand;
  readonly nodeSelector: StringMap;
  readonly affinity: NodeAffinity;
  readonly tolerations: readonly Toleration[];
  readonly operatingSystem: "linux" | "windows";
  readonly sandboxed: boolean;
  readonly runtimeClassName: string | undefined;
  /** Fixed to a node by name, which no declared estate can know. */
  readonly nodeName: string | undefined;
  readonly spread: readonly SpreadRule[];
  /** Host ports keep two replicas from one node. */
  readonly hostPorts: boolean;
}

export interface ShapeReading {
  readonly shape: PodShape;
  readonly assumptions: readonly Assumption[];
}

/** Reads the shape of a workload's pods; `runtimeClass` is the class its pods name. */
export function readPodShape(
  workload: Workload,
  runtimeClass: RuntimeClass | undefined,
  catalog: Catalog,
): ShapeReading {
  const { demand, assumptions } = podDemand(workload);
  const overhead = sandboxDemand(workload, runtimeClass, catalog);
  const nodeSelector = { ...workload.nodeSelector, ...runtimeClass?.nodeSelector };
  const ownTolerations = readTolerations(workload.tolerations);
  return {
    shape: {
      id: workload.id,
      demand: { ...demand, memoryBytes: demand.memoryBytes + overhead.memoryBytes },
      nodeSelector,
      affinity: readNodeAffinity(workload.podSpec),
      tolerations: [
        ...ownTolerations,
        ...(runtimeClass?.tolerations ?? []),
        ...(workload.run === "perNode" ? daemonSetTolerations : []),
      ],
      operatingSystem: operatingSystemOf(workload, nodeSelector),
      sandboxed: runtimeClass?.sandboxed === true,
      runtimeClassName: runtimeClass?.name,
      nodeName: asText(workload.podSpec.nodeName),
      spread: workload.spread,
      hostPorts: workload.containers.some((container) => usesHostPort(container.value.ports, workload.hostNetwork)),
    },
    assumptions: [...assumptions, ...overhead.assumptions],
  };
}

/**
 * The workload's requests hold the overhead that the pod or a declared RuntimeClass states; for a sandbox class that only
 * the cluster knows, the overhead of AKS's default class is added.
 */
function sandboxDemand(workload: Workload, runtimeClass: RuntimeClass | undefined, catalog: Catalog) {
  const nothing = { memoryBytes: 0, assumptions: [] };
  if (runtimeClass?.sandboxed !== true || runtimeClass.declared) return nothing;
  if (isJsonObject(workload.podSpec.overhead)) return nothing;
  const fact = catalog.kataOverhead("default", workload.podLimits.memoryBytes ?? 0)?.memoryBytes;
  if (fact === undefined) return nothing;
  const memoryMiB = Math.round(fact.value / bytesPerMiB);
  const source = `${fact.source}, ${fact.asOf}`;
  return { memoryBytes: fact.value, assumptions: [assume(sandboxOverhead, workload.id, { memoryMiB, source })] };
}

/** Stated by `spec.os.name` or by selector; Linux otherwise, as images are. */
function operatingSystemOf(workload: Workload, nodeSelector: StringMap): "linux" | "windows" {
  const stated = asText(asObject(workload.podSpec.os).name) ?? nodeSelector["kubernetes.io/os"];
  return stated?.toLowerCase() === "windows" ? "windows" : "linux";
}

function usesHostPort(ports: unknown, hostNetwork: boolean): boolean {
  return asList(ports).some((port) => {
    const { hostPort, containerPort } = asObject(port);
    return (typeof hostPort === "number" && hostPort > 0) || (hostNetwork && typeof containerPort === "number");
  });
}
