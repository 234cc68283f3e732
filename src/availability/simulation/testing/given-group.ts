import type { ReplicaGroup } from "../../from-estate/replica-group.ts";

/** Two replicas on cluster `main`, both needed. */
export function givenGroup(id: string, given: Partial<ReplicaGroup> = {}): ReplicaGroup {
  const shape = { zones: [], replicas: 2 };
  return {
    id,
    label: id,
    place: undefined,
    cluster: "main",
    region: "westeurope",
    pool: "main",
    shapes: { expected: shape, worst: shape },
    replicas: 2,
    needed: 2,
    neededReasons: [],
    stateful: false,
    options: { nodes: 4, zones: 2, grows: false, growsInZones: false },
    disks: [],
    deploy: undefined,
    ...given,
  };
}
