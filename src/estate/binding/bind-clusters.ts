import {
  clusterEnvironments,
  componentReplicas,
  defaultCluster,
  defaultClusterTier,
  defaultKubernetesVersion,
  defaultNetworkPlugin,
  defaultNodePools,
  defaultOutbound,
  defaultRegion,
  operatingModelRaw,
} from "../assumptions/estate-rules.ts";
import type { ClusterDocument } from "../kinds/cluster-document.ts";
import type { ValidDocument } from "../kinds/validate-document.ts";
import type { Cluster, ClusterComponent } from "../model/cluster.ts";
import type { Environment, Network, Region } from "../model/estate.ts";
import { parseDuration } from "../quantities/duration.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import { assumedNodePools, bindNodePools, DEFAULT_VM_SIZE } from "./bind-node-pools.ts";
import { DEFAULT_REGION, DEFAULT_ZONES } from "./bind-regions.ts";
import type { BindingLog } from "./binding-log.ts";
import { declaredResources } from "./compute-resources.ts";
import { declaredPart } from "./declared-part.ts";
import { definedFields } from "./defined-fields.ts";
import type { DocumentSet } from "./document-set.ts";
import { namedEntries } from "./named-entries.ts";

const DEFAULT_CLUSTER = "default";

/** AKS creates clusters one minor version below the newest that it offers, 1.37 since late 2026. */
const DEFAULT_KUBERNETES_VERSION = "1.36";
const DEFAULT_PLUGIN = "azureOverlay";
const DEFAULT_OUTBOUND = "loadBalancer";
const DEFAULT_TIER = "Standard";

type ClusterSpec = NonNullable<ClusterDocument["spec"]>;

/** What clusters refer to. */
export interface ClusterSurroundings {
  readonly environments: readonly Environment[];
  readonly networks: readonly Network[];
  /** Undefined when the Estate declares no region, so that every name is taken. */
  readonly regions: readonly Region[] | undefined;
}

/** The declared clusters with every default filled in; without one, a default cluster for everything. */
export function bindClusters(
  { clusters }: DocumentSet,
  surroundings: ClusterSurroundings,
  log: BindingLog,
): readonly Cluster[] {
  if (clusters.length === 0) return [assumedCluster(surroundings, log)];
  return clusters.map((document) => bindCluster(document, surroundings, log));
}

function assumedCluster({ environments, regions }: ClusterSurroundings, log: BindingLog): Cluster {
  const region = regions?.[0] ?? { name: DEFAULT_REGION, zones: DEFAULT_ZONES };
  const subject = `Cluster/${DEFAULT_CLUSTER}`;
  const zones = region.zones.length;
  log.assume(defaultCluster, subject, { region: region.name, zones, vmSize: DEFAULT_VM_SIZE });
  if (regions === undefined) log.assume(defaultRegion, subject, { value: region.name });
  log.assume(defaultClusterTier, subject, { value: DEFAULT_TIER });
  log.assume(defaultKubernetesVersion, subject, { value: DEFAULT_KUBERNETES_VERSION });
  const pools = assumedNodePools({ cluster: DEFAULT_CLUSTER, plugin: DEFAULT_PLUGIN, zones: undefined }, region.zones);
  const nodes = pools[0]?.minimumNodes ?? 0;
  log.assume(defaultNodePools, subject, { vmSize: DEFAULT_VM_SIZE, zones, nodes });
  return {
    ...bindSettings({}),
    name: DEFAULT_CLUSTER,
    region: region.name,
    environments: environments.map(({ name }) => name),
    network: bindNetwork({}),
    components: [],
    nodePools: pools,
  };
}

function bindCluster(document: ValidDocument<"Cluster">, surroundings: ClusterSurroundings, log: BindingLog): Cluster {
  const spec = document.value.spec ?? {};
  const region = bindRegion(document, surroundings, log);
  checkNetwork(document, surroundings, log);
  assumeSettings(document, spec, log);
  const plugin = spec.network?.plugin ?? DEFAULT_PLUGIN;
  const knownZones = surroundings.regions?.find(({ name }) => name === region)?.zones;
  const pools = bindNodePools(
    document,
    { cluster: document.name, plugin, zones: knownZones },
    knownZones ?? DEFAULT_ZONES,
    log,
  );
  return {
    ...bindSettings(spec),
    name: document.name,
    region,
    ...(spec.region === undefined ? {} : { regionPlace: document.locate(["spec", "region"]) }),
    environments: bindServedEnvironments(document, surroundings, log),
    network: bindNetwork(spec),
    components: bindComponents(document, log),
    nodePools: pools,
    place: document.locate([]),
    declared: declaredPart(document, ["spec"]),
  };
}

function bindRegion(document: ValidDocument<"Cluster">, { regions }: ClusterSurroundings, log: BindingLog): string {
  const region = document.value.spec?.region;
  if (region === undefined) {
    const fallback = regions?.[0]?.name ?? DEFAULT_REGION;
    log.assume(defaultRegion, document.id, { value: fallback }, document.locate(["spec"]));
    return fallback;
  }
  if (regions !== undefined && !regions.some(({ name }) => name === region)) {
    reportDangling(
      document,
      ["spec", "region"],
      "region",
      region,
      regions.map(({ name }) => name),
      log,
    );
  }
  return region;
}

function checkNetwork(document: ValidDocument<"Cluster">, { networks }: ClusterSurroundings, log: BindingLog): void {
  const name = document.value.spec?.network?.name;
  const names = networks.map((network) => network.name);
  if (name === undefined || names.includes(name)) return;
  reportDangling(document, ["spec", "network", "name"], "network", name, names, log);
}

function bindServedEnvironments(
  document: ValidDocument<"Cluster">,
  { environments }: ClusterSurroundings,
  log: BindingLog,
): readonly string[] {
  const names = environments.map(({ name }) => name);
  const declared = document.value.spec?.environments;
  if (declared === undefined) {
    if (names.length > 1)
      log.assume(clusterEnvironments, document.id, { environments: names }, document.locate(["spec"]));
    return names;
  }
  declared.forEach((name, index) => {
    if (!names.includes(name))
      reportDangling(document, ["spec", "environments", index], "environment", name, names, log);
  });
  return names.filter((name) => declared.includes(name));
}

function reportDangling(
  document: ValidDocument<"Cluster">,
  path: FieldPath,
  what: string,
  target: string,
  names: readonly string[],
  log: BindingLog,
): void {
  const parameters = { field: document.id, what, target, candidates: names };
  log.dangling(parameters, { place: document.locate(path), affects: [document.id] });
}

function assumeSettings(document: ValidDocument<"Cluster">, spec: ClusterSpec, log: BindingLog): void {
  const place = document.locate(["spec"]);
  const { id } = document;
  if (spec.tier === undefined) log.assume(defaultClusterTier, id, { value: DEFAULT_TIER }, place);
  if (spec.kubernetesVersion === undefined) {
    log.assume(defaultKubernetesVersion, id, { value: DEFAULT_KUBERNETES_VERSION }, place);
  }
  if (spec.network?.plugin === undefined) log.assume(defaultNetworkPlugin, id, { value: DEFAULT_PLUGIN }, place);
  if (spec.network?.outbound === undefined) log.assume(defaultOutbound, id, { value: DEFAULT_OUTBOUND }, place);
  if (spec.operatingModel === undefined) log.assume(operatingModelRaw, id, { value: "rawAks" }, place);
}

type ClusterSettings = Omit<
  Cluster,
  "name" | "region" | "regionPlace" | "environments" | "network" | "components" | "nodePools" | "place" | "declared"
>;

function bindSettings(spec: ClusterSpec): ClusterSettings {
  return {
    ring: spec.ring,
    subscription: spec.subscription,
    operatingModel: spec.operatingModel ?? "rawAks",
    tier: spec.tier ?? DEFAULT_TIER,
    kubernetesVersion: spec.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION,
    channels: { cluster: spec.channels?.cluster, nodeOs: spec.channels?.nodeOs },
    maintenance: (spec.maintenance ?? []).map((window) => ({ ...window, timeZone: window.timeZone ?? "UTC" })),
    identity: {
      entraIntegrated: spec.identity?.entraIntegrated,
      localAccounts: spec.identity?.localAccounts,
      workloadIdentity: spec.identity?.workloadIdentity,
      ...definedFields({
        oidcIssuer: spec.identity?.oidcIssuer,
        azureRbac: spec.identity?.azureRbac,
        podIdentity: spec.identity?.podIdentity,
      }),
    },
    monitoring: {
      containerInsights: spec.monitoring?.containerInsights,
      managedPrometheus: spec.monitoring?.managedPrometheus,
      defender: spec.monitoring?.defender,
      ...definedFields({
        azurePolicy: spec.monitoring?.azurePolicy,
        controlPlaneLogs: spec.monitoring?.controlPlaneLogs,
      }),
    },
    backupEnabled: spec.backup?.enabled,
    ...bindOperation(spec),
  };
}

/** How the cluster is kept up: what a document leaves out is not known, and nothing is assumed in its place. */
function bindOperation({
  backup,
  autoscaler,
  sku,
  supportPlan,
  nodeAutoProvisioning,
  stopsOutsideHours,
  diskEncryptionSet,
  vcpuQuotas,
}: ClusterSpec): Partial<ClusterSettings> {
  const drillEverySeconds = backup?.drillEvery === undefined ? undefined : parseDuration(backup.drillEvery);
  return definedFields({
    backup:
      backup === undefined
        ? undefined
        : definedFields({
            namespaces: backup.namespaces,
            lastRestoreDrill: backup.lastRestoreDrill,
            drillEverySeconds,
          }),
    autoscaler: autoscaler === undefined ? undefined : definedFields(autoscaler),
    sku,
    supportPlan,
    nodeAutoProvisioning,
    stopsOutsideHours,
    diskEncryptionSet,
    vcpuQuotas,
  });
}

function bindNetwork({ network }: ClusterSpec): Cluster["network"] {
  return {
    name: network?.name,
    plugin: network?.plugin ?? DEFAULT_PLUGIN,
    dataPlane: network?.dataPlane,
    policyEngine: network?.policyEngine,
    outbound: network?.outbound ?? DEFAULT_OUTBOUND,
    privateApiServer: network?.privateApiServer,
    serviceMesh: network?.serviceMesh,
    ...definedFields({
      authorizedRanges: network?.authorizedRanges,
      podCidr: network?.podCidr,
      serviceCidr: network?.serviceCidr,
      outboundPortsPerNode: network?.outboundPortsPerNode,
      outboundAddresses: network?.outboundAddresses,
      natGateway: network?.natGateway === undefined ? undefined : definedFields(network.natGateway),
    }),
  };
}

function bindComponents(document: ValidDocument<"Cluster">, log: BindingLog): readonly ClusterComponent[] {
  const entries = namedEntries(document.value.spec?.components, ["spec", "components"], document, log);
  return entries.map(({ item, path }) => {
    const place = document.locate(path);
    if (item.requests !== undefined && item.replicas === undefined) {
      log.assume(componentReplicas, `${document.id}/${item.name}`, { replicas: 1 }, place);
    }
    return {
      name: item.name,
      version: item.version,
      namespace: item.namespace ?? item.name,
      crds: item.crds ?? [],
      requests: declaredResources(item.requests),
      replicas: item.replicas ?? 1,
      place,
    };
  });
}
