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
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { CloudService, DataStore } from "../../estate/model/service.ts";
import type { Tenant } from "../../estate/model/tenant.ts";
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

/** A user pool of D4s_v5 over three zones, autoscaling from 0 to 20. */
export function givenPool(given: Partial<NodePool> = {}): NodePool {
  return {
    name: "user",
    cluster: "main",
    mode: "User",
    vmSize: "Standard_D4s_v5",
    zones: ["1", "2", "3"],
    minimumNodes: 0,
    maximumNodes: 20,
    autoscaling: true,
    countDeclared: true,
    maxPods: 110,
    osSku: "AzureLinux",
    osDisk: { type: "Managed", sizeGiB: undefined },
    taints: [],
    labels: {},
    spot: false,
    spotMaxPrice: undefined,
    workloadRuntime: "OCIContainer",
    upgrade: {},
    linux: { sysctls: {} },
    ...given,
  };
}

/** Cluster `main` in westeurope with the pools given (one `user` pool by default), each taken into it. */
export function givenCluster(given: Partial<Cluster> = {}): Cluster {
  const name = given.name ?? "main";
  return {
    name,
    region: "westeurope",
    environments: ["prod"],
    ring: undefined,
    subscription: undefined,
    operatingModel: "rawAks",
    tier: "Standard",
    kubernetesVersion: "1.34",
    channels: { cluster: undefined, nodeOs: undefined },
    maintenance: [],
    network: {
      name: undefined,
      plugin: "azureOverlay",
      dataPlane: undefined,
      policyEngine: undefined,
      outbound: "loadBalancer",
      privateApiServer: undefined,
      serviceMesh: undefined,
    },
    identity: { entraIntegrated: undefined, localAccounts: undefined, workloadIdentity: undefined },
    monitoring: { containerInsights: undefined, managedPrometheus: undefined, defender: undefined },
    backupEnabled: undefined,
    components: [],
    ...given,
    nodePools: (given.nodePools ?? [givenPool()]).map((pool) => ({ ...pool, cluster: name })),
  };
}

export function givenTenant(name: string, given: Partial<Tenant> = {}): Tenant {
  return {
    name,
    owners: [],
    namespaces: [],
    classification: undefined,
    trust: "internal",
    accepts: {},
    quota: {},
    budgetMonthly: undefined,
    exemptions: [],
    ...given,
  };
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

export function givenCloudService(name: string, service: string, given: Partial<CloudService> = {}): CloudService {
  return {
    name,
    service,
    tier: undefined,
    regions: ["westeurope"],
    zoneRedundant: undefined,
    quantity: 1,
    unavailability: undefined,
    price: undefined,
    spec: {},
    ...given,
  };
}

export function givenDataStore(name: string, service: string, given: Partial<DataStore> = {}): DataStore {
  return {
    name,
    application: undefined,
    service,
    sku: undefined,
    workload: undefined,
    regions: { readers: ["westeurope"], writers: ["westeurope"] },
    zoneRedundant: undefined,
    sizeGiB: undefined,
    recovery: {},
    price: undefined,
    unavailability: undefined,
    spec: {},
    ...given,
  };
}

/** One environment `prod`, one cluster `main`, tenants `platform`, `unassigned` and `retail`. */
export function givenEstate(given: Partial<Estate> = {}): Estate {
  return {
    name: "given",
    complete: false,
    currency: "USD",
    exchangeRate: undefined,
    classifications: ["public", "internal", "confidential", "secret"],
    regions: [{ name: "westeurope", zones: ["1", "2", "3"] }],
    environments: [{ name: "prod", criticality: "high", hours: "always", timeZone: "UTC" }],
    networks: [],
    delivery: { agent: undefined, packaging: undefined, cloudTarget: undefined },
    commercial: { discounts: [], reservations: [], savingsPlans: [], operatorHourCost: undefined },
    failureModel: new Map(),
    clusters: [givenCluster()],
    tenants: [givenTenant("platform"), givenTenant("unassigned"), givenTenant("retail")],
    applications: [],
    entryPoints: [],
    journeys: [],
    dataStores: [],
    cloudServices: [],
    loadProfiles: [],
    serviceLevelObjectives: [],
    workloads: [],
    services: [],
    claims: [],
    dependencies: [],
    objects: [],
    assumptions: [],
    diagnostics: [],
    ...given,
  };
}
