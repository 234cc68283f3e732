import type { JsonObject, KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type {
  ComputeResources,
  Container,
  ServiceEndpoint,
  SpreadRule,
  StandaloneClaim,
  VolumeClaim,
  Workload,
} from "../../estate/kubernetes/workload.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import type { Place } from "../../estate/sources/place.ts";

export const givenPlace: Place = { precision: "exact", source: "given.yaml", line: 1, column: 1 };

const mebibyte = 1024 ** 2;

/** A Kubernetes object with everything at one place. */
export function givenObject(kind: string, name: string, value: JsonObject = {}): KubernetesObject {
  const apiVersion = typeof value.apiVersion === "string" ? value.apiVersion : "v1";
  return {
    apiVersion,
    kind,
    name,
    namespace: undefined,
    value: { apiVersion, kind, ...value },
    locate: () => givenPlace,
  };
}

/** An object placed on cluster `main` in environment `prod`. */
export function givenPlacedObject(object: KubernetesObject, placed: Partial<PlacedObject> = {}): PlacedObject {
  return {
    environment: "prod",
    cluster: "main",
    namespace: "shop",
    application: undefined,
    tenant: "retail",
    ...placed,
    object,
  };
}

/** CPU in millicores and memory in MiB. */
function givenResources(cpuMillicores?: number, memoryMiB?: number): ComputeResources {
  return {
    ...(cpuMillicores === undefined ? {} : { cpuMillicores }),
    ...(memoryMiB === undefined ? {} : { memoryBytes: memoryMiB * mebibyte }),
  };
}

/** What a test may say about a workload; the rest is a Deployment of one replica in `prod/main/shop`. */
export interface GivenWorkload {
  readonly name: string;
  readonly environment?: string;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly kind?: string;
  readonly application?: string;
  readonly tenant?: string;
  readonly run?: Workload["run"];
  readonly opaque?: boolean;
  readonly replicas?: number;
  readonly maximum?: number;
  readonly cpu?: number | undefined;
  readonly memoryMiB?: number | undefined;
  readonly podSpec?: JsonObject;
  readonly podLabels?: { readonly [key: string]: string };
  readonly containers?: readonly Container[];
  readonly spread?: readonly SpreadRule[];
  readonly claims?: readonly VolumeClaim[];
  readonly nodeSelector?: { readonly [key: string]: string };
  readonly tolerations?: readonly JsonObject[];
  readonly runtimeClassName?: string;
}

export function givenContainer(name = "app", value: JsonObject = {}): Container {
  return {
    name,
    image: "example.azurecr.io/app:1",
    role: "main",
    requests: {},
    limits: {},
    value,
    path: ["spec", "template", "spec", "containers", 0],
  };
}

export function givenWorkload(given: GivenWorkload): Workload {
  const { name, environment = "prod", cluster = "main", namespace = "shop", kind = "Deployment" } = given;
  const replicas = given.replicas ?? 1;
  return {
    id: `${environment}/${cluster}/${namespace}/${kind}/${name}`,
    label: `${kind}/${name}`,
    environment,
    cluster,
    namespace,
    kind,
    name,
    application: given.application,
    tenant: given.tenant ?? "retail",
    run: given.run ?? (kind === "DaemonSet" ? "perNode" : "serving"),
    opaque: given.opaque ?? false,
    object: givenObject(kind, name),
    replicas: { declared: replicas, minimum: replicas, maximum: given.maximum ?? replicas },
    podLabels: given.podLabels ?? { app: name },
    podSpec: given.podSpec ?? {},
    podSpecPath: ["spec", "template", "spec"],
    containers: given.containers ?? [givenContainer()],
    podRequests: givenResources(given.cpu, given.memoryMiB),
    podLimits: {},
    spread: given.spread ?? [],
    claims: given.claims ?? [],
    disruptionBudgets: [],
    nodeSelector: given.nodeSelector ?? {},
    tolerations: given.tolerations ?? [],
    runtimeClassName: given.runtimeClassName,
    hostNetwork: false,
    unreadable: [],
    place: givenPlace,
  };
}

/** A spread constraint over zones, or anti-affinity over hosts. */
export function givenSpread(
  topologyKey: "topology.kubernetes.io/zone" | "kubernetes.io/hostname",
  strength: SpreadRule["strength"],
  origin: SpreadRule["origin"] = "topologySpreadConstraint",
  maxSkew = 1,
): SpreadRule {
  return { topologyKey, strength, maxSkew, origin, place: givenPlace };
}

export function givenService(name: string, given: Partial<ServiceEndpoint> = {}): ServiceEndpoint {
  const { environment = "prod", cluster = "main", namespace = "shop" } = given;
  return {
    id: `${environment}/${cluster}/${namespace}/Service/${name}`,
    environment,
    cluster,
    namespace,
    name,
    type: "ClusterIP",
    headless: false,
    externalName: undefined,
    ports: [{ port: 80, protocol: "TCP" }],
    workloads: [],
    internal: false,
    object: givenObject("Service", name),
    place: givenPlace,
    ...given,
  };
}

/** A claim template (`perReplica`) or a claim by name. */
export function givenClaim(name: string, sizeGiB: number | undefined, given: Partial<VolumeClaim> = {}): VolumeClaim {
  return {
    name,
    storageClassName: undefined,
    accessModes: ["ReadWriteOnce"],
    sizeBytes: sizeGiB === undefined ? undefined : sizeGiB * 1024 ** 3,
    perReplica: true,
    place: givenPlace,
    ...given,
  };
}

export function givenStandaloneClaim(
  name: string,
  sizeGiB: number | undefined,
  given: Partial<StandaloneClaim> = {},
): StandaloneClaim {
  const { environment = "prod", cluster = "main", namespace = "shop" } = given;
  return {
    ...givenClaim(name, sizeGiB, { perReplica: false }),
    id: `${environment}/${cluster}/${namespace}/PersistentVolumeClaim/${name}`,
    environment,
    cluster,
    namespace,
    ...given,
  };
}
