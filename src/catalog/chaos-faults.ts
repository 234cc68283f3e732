import table from "./tables/chaos-faults.json" with { type: "json" };

/** A fault of Azure Chaos Studio, with the resource that it is aimed at. */
export interface StudioFault {
  readonly targetType: string;
  readonly resourceType: string;
  readonly capability: string;
  readonly urn: string;
  readonly type: string;
  /** What the identity of the experiment must be allowed to do. */
  readonly role: string;
}

/** Faults of Chaos Studio that act on resources of Azure. */
export type StudioFaultName = Exclude<keyof typeof table.faults, "delay">;

/** Kinds of Chaos Mesh that experiments use. */
export type ChaosMeshKind = "PodChaos" | "NetworkChaos" | "IOChaos";

/** The API that all objects of Chaos Mesh have. */
export const chaosMeshApiVersion: string = table.chaosMesh.apiVersion;

/** Version of the resources of Chaos Studio. */
export const studioApiVersion: string = table.experiment.apiVersion;

/** The waiting step between two actions. */
export const studioDelayUrn: string = table.faults.delay.urn;

/** Seconds for which a new deny rule leaves connections alone that are in use. */
export const idleConnectionSeconds: number = table.idleConnections.seconds;

export function studioFault(name: StudioFaultName): StudioFault {
  return table.faults[name];
}

/** The fault by which Chaos Studio hands a specification to Chaos Mesh on a cluster. */
export function clusterFault(kind: ChaosMeshKind): StudioFault {
  const { targetType, resourceType, urnPrefix, version, kinds, role } = table.aks;
  return {
    targetType,
    resourceType,
    capability: `${kind}-${version}`,
    urn: `${urnPrefix}${kinds[kind]}/${version}`,
    type: "continuous",
    role,
  };
}
