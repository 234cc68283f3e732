import { readQuantity } from "../../../estate/kubernetes/compute-resources.ts";
import {
  asInteger,
  asList,
  asObject,
  asStringMap,
  asText,
  type StringMap,
} from "../../../estate/kubernetes/json-value.ts";
import { bytes } from "../../../estate/quantities/quantity.ts";
import { type NodeAffinity, readNodeAffinity } from "../../node-affinity.ts";

/** Which nodes reach a volume; `key` is the same for rules that are alike. */
export interface NodeReach {
  readonly key: string;
  readonly affinity: NodeAffinity;
}

/** A PersistentVolume. */
export interface PersistentVolume {
  readonly name: string;
  readonly storageClass: string;
  readonly capacityBytes: number;
  readonly accessModes: readonly string[];
  readonly reach: NodeReach;
  /** Zone and region labels of the volume itself, which VolumeZone checks. */
  readonly zoneLabels: readonly { readonly key: string; readonly values: readonly string[] }[];
  /** CSI driver, if any; limits on attached volumes are by driver. */
  readonly driver: string | undefined;
  /** `namespace/name` of the claim that it is reserved for. */
  readonly claim: string | undefined;
}

/** A PersistentVolumeClaim. */
export interface VolumeClaimObject {
  /** `namespace/name`. */
  readonly id: string;
  readonly storageClass: string;
  readonly sizeBytes: number;
  readonly accessModes: readonly string[];
  /** Volume that it is bound to. */
  readonly volume: string | undefined;
  readonly isLost: boolean;
  readonly isDeleting: boolean;
  /** Node that a provisioner has already been asked for. */
  readonly selectedNode: string | undefined;
}

/** A StorageClass. */
export interface StorageClassObject {
  readonly name: string;
  readonly provisioner: string;
  readonly waitsForPod: boolean;
  /** Undefined: volumes can be made anywhere. */
  readonly allowedTopologies: NodeReach | undefined;
  /** Azure disks of a zone-redundant SKU are reached from every zone. */
  readonly isZoneRedundant: boolean;
}

/** Room that a CSI driver reports for the nodes that a selector names. */
interface StorageCapacity {
  readonly storageClass: string;
  readonly capacityBytes: number;
  readonly reach: NodeReach;
}

/** The storage objects of a cluster. */
export interface VolumeObjects {
  readonly volumes: ReadonlyMap<string, PersistentVolume>;
  readonly claims: ReadonlyMap<string, VolumeClaimObject>;
  readonly classes: ReadonlyMap<string, StorageClassObject>;
  /** `node/driver` to the most volumes that may be attached. */
  readonly attachLimits: ReadonlyMap<string, number>;
  /** Drivers whose free room is checked. */
  readonly driversWithCapacity: ReadonlySet<string>;
  readonly capacities: readonly StorageCapacity[];
}

export const emptyVolumes: VolumeObjects = {
  volumes: new Map(),
  claims: new Map(),
  classes: new Map(),
  attachLimits: new Map(),
  driversWithCapacity: new Set(),
  capacities: [],
};

const zoneKeys = [
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
];

/** Reads the storage objects among Kubernetes objects; others are passed over. */
export function readVolumeObjects(objects: readonly unknown[]): VolumeObjects {
  const volumes = new Map<string, PersistentVolume>();
  const claims = new Map<string, VolumeClaimObject>();
  const classes = new Map<string, StorageClassObject>();
  const attachLimits = new Map<string, number>();
  const driversWithCapacity = new Set<string>();
  const capacities: StorageCapacity[] = [];
  for (const value of objects) {
    const object = asObject(value);
    const name = asText(asObject(object.metadata).name) ?? "";
    switch (object.kind) {
      case "PersistentVolume":
        volumes.set(name, readVolume(name, object));
        break;
      case "PersistentVolumeClaim": {
        const claim = readClaim(name, object);
        claims.set(claim.id, claim);
        break;
      }
      case "StorageClass":
        classes.set(name, readClass(name, object));
        break;
      case "CSINode":
        for (const [driver, limit] of readLimits(object)) attachLimits.set(`${name}/${driver}`, limit);
        break;
      case "CSIDriver":
        if (asObject(object.spec).storageCapacity === true) driversWithCapacity.add(name);
        break;
      case "CSIStorageCapacity":
        capacities.push(readCapacity(object));
        break;
      default:
        break;
    }
  }
  return { volumes, claims, classes, attachLimits, driversWithCapacity, capacities };
}

/** A reach that a required node affinity describes; without terms every node. */
function nodeReach(required: unknown): NodeReach {
  const affinity = readNodeAffinity({
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } },
  });
  return { key: JSON.stringify(affinity.required ?? null), affinity };
}

/** Nodes with one of the values under the key. */
export function reachOfLabel(key: string, values: readonly string[]): NodeReach {
  return nodeReach({ nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "In", values }] }] });
}

function readVolume(name: string, object: { readonly [field: string]: unknown }): PersistentVolume {
  const spec = asObject(object.spec);
  const labels: StringMap = asStringMap(asObject(object.metadata).labels);
  const claim = asObject(spec.claimRef);
  const claimName = asText(claim.name);
  return {
    name,
    storageClass: asText(spec.storageClassName) ?? "",
    capacityBytes: sizeOf(asObject(spec.capacity).storage),
    accessModes: texts(spec.accessModes),
    reach: nodeReach(asObject(spec.nodeAffinity).required),
    zoneLabels: zoneKeys.flatMap((key) => {
      const value = labels[key];
      return value === undefined ? [] : [{ key, values: value.split("__") }];
    }),
    driver: asText(asObject(spec.csi).driver),
    claim: claimName === undefined ? undefined : `${asText(claim.namespace) ?? "default"}/${claimName}`,
  };
}

function readClaim(name: string, object: { readonly [field: string]: unknown }): VolumeClaimObject {
  const metadata = asObject(object.metadata);
  const spec = asObject(object.spec);
  return {
    id: `${asText(metadata.namespace) ?? "default"}/${name}`,
    storageClass: asText(spec.storageClassName) ?? "",
    sizeBytes: sizeOf(asObject(asObject(spec.resources).requests).storage),
    accessModes: texts(spec.accessModes),
    volume: asText(spec.volumeName),
    isLost: asObject(object.status).phase === "Lost",
    isDeleting: asText(metadata.deletionTimestamp) !== undefined,
    selectedNode: asText(asObject(metadata.annotations)["volume.kubernetes.io/selected-node"]),
  };
}

function readClass(name: string, object: { readonly [field: string]: unknown }): StorageClassObject {
  const terms = asList(object.allowedTopologies).map((term) => ({
    matchExpressions: asList(asObject(term).matchLabelExpressions).map((entry) => ({
      key: asObject(entry).key,
      operator: "In",
      values: asList(asObject(entry).values),
    })),
  }));
  const parameters = asObject(object.parameters);
  const sku = asText(parameters.skuName) ?? asText(parameters.skuname) ?? asText(parameters.storageaccounttype) ?? "";
  return {
    name,
    provisioner: asText(object.provisioner) ?? "",
    waitsForPod: object.volumeBindingMode === "WaitForFirstConsumer",
    allowedTopologies: terms.length === 0 ? undefined : nodeReach({ nodeSelectorTerms: terms }),
    isZoneRedundant: /_ZRS$/i.test(sku),
  };
}

function readLimits(object: { readonly [field: string]: unknown }): readonly (readonly [string, number])[] {
  return asList(asObject(object.spec).drivers).flatMap((entry) => {
    const driver = asText(asObject(entry).name);
    const count = asInteger(asObject(asObject(entry).allocatable).count);
    return driver === undefined || count === undefined ? [] : [[driver, count] as const];
  });
}

function readCapacity(object: { readonly [field: string]: unknown }): StorageCapacity {
  const labels = asObject(asObject(object.nodeTopology).matchLabels);
  const expressions = asList(asObject(object.nodeTopology).matchExpressions);
  return {
    storageClass: asText(object.storageClassName) ?? "",
    capacityBytes: sizeOf(object.maximumVolumeSize ?? object.capacity),
    reach: nodeReach({
      nodeSelectorTerms: [
        {
          matchExpressions: [
            ...Object.entries(labels).map(([key, value]) => ({ key, operator: "In", values: [value] })),
            ...expressions,
          ],
        },
      ],
    }),
  };
}

function sizeOf(value: unknown): number {
  const quantity = readQuantity(value);
  return quantity === undefined ? 0 : bytes(quantity);
}

function texts(value: unknown): readonly string[] {
  return asList(value).flatMap((each) => asText(each) ?? []);
}
