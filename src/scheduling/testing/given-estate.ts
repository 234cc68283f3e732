import { noAuditSettings } from "../../estate/model/audit-settings.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { CloudService, DataStore } from "../../estate/model/service.ts";
import type { Tenant } from "../../estate/model/tenant.ts";

export * from "./given-workload.ts";

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
    audit: noAuditSettings,
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
