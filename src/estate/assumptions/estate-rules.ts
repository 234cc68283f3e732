import type { AssumptionRule } from "./assumption-rule.ts";

/** Parameters of a rule that fills in one text. */
interface Filled {
  readonly value: string;
}

export const defaultCluster: AssumptionRule<{
  readonly region: string;
  readonly zones: number;
  readonly vmSize: string;
}> = {
  id: "ASM-001",
  name: "default-cluster",
  text: ({ region, zones, vmSize }) =>
    `No Cluster is declared that could be used: everything runs on one AKS cluster in ${region} over ${zones} zones with ${vmSize} nodes.`,
  value: ({ region, vmSize }) => `one cluster in ${region}, ${vmSize}`,
  replaceBy: "a Cluster document",
};

export const defaultRegion: AssumptionRule<Filled> = {
  id: "ASM-002",
  name: "default-region",
  text: ({ value }) => `No region is declared, so prices, zones and SLAs are those of ${value}.`,
  value: ({ value }) => value,
  replaceBy: "Cluster.spec.region",
};

export const defaultEnvironment: AssumptionRule<Filled> = {
  id: "ASM-003",
  name: "default-environment",
  text: ({ value }) =>
    `No environment is declared, so everything is one environment "${value}", as critical as production and on at all hours.`,
  value: ({ value }) => value,
  replaceBy: "Estate.spec.environments",
};

export const defaultNodePools: AssumptionRule<{
  readonly vmSize: string;
  readonly zones: number;
  readonly nodes: number;
}> = {
  id: "ASM-004",
  name: "default-node-pools",
  text: ({ vmSize, zones, nodes }) =>
    `No node pool is declared: a system pool of ${nodes} nodes kept for system pods, as AKS advises, and a user pool for the workloads, both ${vmSize}${zones === 0 ? "" : ` over ${zones} zones`}.`,
  value: ({ vmSize }) => `system and user pool, ${vmSize}`,
  replaceBy: "Cluster.spec.nodePools",
};

export const defaultVmSize: AssumptionRule<Filled> = {
  id: "ASM-005",
  name: "default-vm-size",
  text: ({ value }) => `The node pool names no size, so its nodes are ${value}.`,
  value: ({ value }) => value,
  replaceBy: "Cluster.spec.nodePools[].vmSize",
};

export const defaultClusterTier: AssumptionRule<Filled> = {
  id: "ASM-006",
  name: "default-cluster-tier",
  text: ({ value }) =>
    `The tier is not declared, so the cluster is of tier ${value}, the one with an SLA on the API server.`,
  value: ({ value }) => value,
  replaceBy: "Cluster.spec.tier",
};

export const defaultKubernetesVersion: AssumptionRule<Filled> = {
  id: "ASM-007",
  name: "kubernetes-version",
  text: ({ value }) =>
    `The Kubernetes version is not declared, so it is ${value}: AKS creates clusters one minor version below the newest.`,
  value: ({ value }) => value,
  replaceBy: "Cluster.spec.kubernetesVersion",
};

export const tenantPerNamespace: AssumptionRule<{ readonly namespace: string }> = {
  id: "ASM-008",
  name: "tenant-per-namespace",
  text: ({ namespace }) => `No Tenant is declared, so namespace ${namespace} is a tenant of its own.`,
  value: ({ namespace }) => namespace,
  replaceBy: "a Tenant document",
};

export const journeyFromEntryPoint: AssumptionRule<{ readonly entryPoint: string; readonly origin: string }> = {
  id: "ASM-009",
  name: "journey-from-entry-point",
  text: ({ entryPoint, origin }) =>
    `No journey is declared for entry point ${entryPoint} (${origin}), so one journey comes in by it and needs what its workloads depend on.`,
  value: ({ entryPoint }) => entryPoint,
  replaceBy: "Application.spec.journeys",
};

export const defaultMaxPods: AssumptionRule<{ readonly maxPods: number; readonly plugin: string }> = {
  id: "ASM-010",
  name: "default-max-pods",
  text: ({ maxPods, plugin }) =>
    `The node pool sets no maximum of pods, so it is ${maxPods}, what AKS sets for network plugin ${plugin} (AKS documentation, concepts-network-ip-address-planning).`,
  value: ({ maxPods }) => `${maxPods} pods a node`,
  replaceBy: "Cluster.spec.nodePools[].maxPods",
};

export const defaultNetworkPlugin: AssumptionRule<Filled> = {
  id: "ASM-011",
  name: "default-network-plugin",
  text: ({ value }) => `The network plugin is not declared, so it is ${value}.`,
  value: ({ value }) => value,
  replaceBy: "Cluster.spec.network.plugin",
};

export const defaultOutbound: AssumptionRule<Filled> = {
  id: "ASM-012",
  name: "default-outbound",
  text: ({ value }) => `The way out of the cluster is not declared, so it is ${value}, as AKS sets it.`,
  value: ({ value }) => value,
  replaceBy: "Cluster.spec.network.outbound",
};

export const defaultOperatingSystem: AssumptionRule<Filled> = {
  id: "ASM-013",
  name: "default-os-sku",
  text: ({ value }) => `The node pool names no operating system, so it is ${value}, as AKS sets it.`,
  value: ({ value }) => value,
  replaceBy: "Cluster.spec.nodePools[].osSku",
};

export const defaultOsDisk: AssumptionRule<Filled> = {
  id: "ASM-014",
  name: "default-os-disk",
  text: ({ value }) => `The node pool names no kind of operating system disk, so it is ${value}, which is priced.`,
  value: ({ value }) => value,
  replaceBy: "Cluster.spec.nodePools[].osDisk",
};

export const poolWithoutZones: AssumptionRule<{ readonly pool: string }> = {
  id: "ASM-015",
  name: "pool-without-zones",
  text: ({ pool }) =>
    `Pool ${pool} names no zones, so its nodes are in none, as AKS creates it: nothing survives a zone.`,
  value: () => "no zones",
  replaceBy: "Cluster.spec.nodePools[].zones",
};

export const tenantAcceptance: AssumptionRule<{ readonly trust: string; readonly layers: string }> = {
  id: "ASM-016",
  name: "tenant-acceptance",
  text: ({ trust, layers }) =>
    `What the tenant accepts to share follows from its trust (${trust}) and its classification, as the AKS documentation on multi-tenancy advises: ${layers}.`,
  value: ({ layers }) => layers,
  replaceBy: "Tenant.spec.accepts",
};

export const tenantTrust: AssumptionRule<Filled> = {
  id: "ASM-017",
  name: "tenant-trust",
  text: ({ value }) => `How far the tenant is trusted is not declared, so it is ${value}.`,
  value: ({ value }) => value,
  replaceBy: "Tenant.spec.trust",
};

export const applicationEnvironments: AssumptionRule<{ readonly environments: readonly string[] }> = {
  id: "ASM-018",
  name: "application-environments",
  text: ({ environments }) =>
    `The Application names no environments, so it runs in all of them: ${environments.join(", ")}.`,
  value: ({ environments }) => environments.join(", "),
  replaceBy: "Application.spec.environments",
};

export const defaultNamespace: AssumptionRule<{ readonly objects: number; readonly example: string }> = {
  id: "ASM-019",
  name: "default-namespace",
  text: ({ objects, example }) =>
    `${objects === 1 ? `${example} names` : `${objects} objects such as ${example} name`} no namespace and neither does an Application, so ${objects === 1 ? "it lands" : "they land"} in namespace default.`,
  value: () => "default",
  replaceBy: "Application.spec.namespace",
};

export const namespaceUnassigned: AssumptionRule<{ readonly namespace: string }> = {
  id: "ASM-020",
  name: "namespace-unassigned",
  text: ({ namespace }) =>
    `No Tenant and no Application of one names namespace ${namespace}, so it belongs to tenant unassigned.`,
  value: () => "unassigned",
  replaceBy: "Tenant.spec.namespaces",
};

export const environmentTerms: AssumptionRule<{ readonly criticality: string; readonly hours: string }> = {
  id: "ASM-021",
  name: "environment-terms",
  text: ({ criticality, hours }) =>
    `The environment does not say all of its terms: criticality ${criticality} (rising with promotion), hours ${hours}.`,
  value: ({ criticality, hours }) => `${criticality}, ${hours}`,
  replaceBy: "Estate.spec.environments[]",
};

export const clusterEnvironments: AssumptionRule<{ readonly environments: readonly string[] }> = {
  id: "ASM-022",
  name: "cluster-environments",
  text: ({ environments }) =>
    `The Cluster names no environments, so it serves all of them: ${environments.join(", ")}.`,
  value: ({ environments }) => environments.join(", "),
  replaceBy: "Cluster.spec.environments",
};

export const manifestsEverywhere: AssumptionRule<{ readonly sources: number; readonly example: string }> = {
  id: "ASM-023",
  name: "manifests-everywhere",
  text: ({ sources, example }) =>
    `${sources === 1 ? `${example} is` : `${sources} files and folders such as ${example} are`} named by no Application, so ${sources === 1 ? "it runs" : "they run"} on every cluster of every environment.`,
  value: () => "every environment",
  replaceBy: "Application.spec.manifests",
};

export const manifestsByFolder: AssumptionRule<{ readonly source: string; readonly environment: string }> = {
  id: "ASM-024",
  name: "manifests-by-folder",
  text: ({ source, environment }) =>
    `${source} is named by no Application; its path names environment ${environment}, so it runs there.`,
  value: ({ environment }) => environment,
  replaceBy: "Application.spec.manifests",
};

export const manifestsByClusterFolder: AssumptionRule<{ readonly source: string; readonly cluster: string }> = {
  id: "ASM-304",
  name: "manifests-by-cluster-folder",
  text: ({ source, cluster }) =>
    `${source} is named by no Application; its path names cluster ${cluster}, so it runs there.`,
  value: ({ cluster }) => cluster,
  replaceBy: "Application.spec.manifests",
};

export const defaultZones: AssumptionRule<{ readonly region: string; readonly zones: readonly string[] }> = {
  id: "ASM-025",
  name: "region-zones",
  text: ({ region, zones }) => `The zones of ${region} are not declared, so they are ${zones.join(", ")}.`,
  value: ({ zones }) => zones.join(", "),
  replaceBy: "Estate.spec.regions[].zones",
};

export const regionMode: AssumptionRule<{ readonly mode: string; readonly regions: readonly string[] }> = {
  id: "ASM-026",
  name: "region-mode",
  text: ({ mode, regions }) =>
    `The Application runs in ${regions.join(" and ")} and does not say how they stand in for one another, so it is ${mode}.`,
  value: ({ mode }) => mode,
  replaceBy: "Application.spec.regions.mode",
};

export const entryPointExposure: AssumptionRule<Filled> = {
  id: "ASM-027",
  name: "entry-point-exposure",
  text: ({ value }) => `The entry point does not say who can reach it, so it is ${value}.`,
  value: ({ value }) => value,
  replaceBy: "Application.spec.entryPoints[].exposure",
};

export const dependencyTypeHard: AssumptionRule<{ readonly to: string }> = {
  id: "ASM-028",
  name: "dependency-type",
  text: ({ to }) =>
    `The declared dependency on ${to} does not say its type, so it is hard: without it the caller fails.`,
  value: () => "hard",
  replaceBy: "Application.spec.dependencies[].type",
};

export const objectiveWindow: AssumptionRule<{ readonly days: number }> = {
  id: "ASM-029",
  name: "objective-window",
  text: ({ days }) => `The SLO names no time window, so it is ${days} days.`,
  value: ({ days }) => `${days} days`,
  replaceBy: "SLO.spec.timeWindow",
};

export const componentReplicas: AssumptionRule<{ readonly replicas: number }> = {
  id: "ASM-030",
  name: "component-replicas",
  text: ({ replicas }) =>
    `The component asks for resources and does not say how many replicas it has, so it has ${replicas}.`,
  value: ({ replicas }) => String(replicas),
  replaceBy: "Cluster.spec.components[].replicas",
};

export const defaultPoolMode: AssumptionRule<{ readonly pool: string }> = {
  id: "ASM-031",
  name: "default-pool-mode",
  text: ({ pool }) => `No pool of the cluster is a system pool, and AKS needs one, so ${pool} is.`,
  value: () => "System",
  replaceBy: "Cluster.spec.nodePools[].mode",
};

export const operatingModelRaw: AssumptionRule<Filled> = {
  id: "ASM-032",
  name: "operating-model",
  text: ({ value }) =>
    `The operating model is not declared, so it is ${value}: each team owns what AKS leaves to its user.`,
  value: ({ value }) => value,
  replaceBy: "Cluster.spec.operatingModel",
};

export const chartRelease: AssumptionRule<{ readonly chart: string; readonly release: string }> = {
  id: "ASM-033",
  name: "chart-release",
  text: ({ chart, release }) =>
    `Chart ${chart} is named by no Application, so it is rendered with its own values as release ${release}.`,
  value: ({ release }) => release,
  replaceBy: "Application.spec.manifests",
};

export const cloudServiceRegion: AssumptionRule<{ readonly region: string }> = {
  id: "ASM-034",
  name: "cloud-service-region",
  text: ({ region }) => `The service names no region, so it is in ${region}, where the first cluster is.`,
  value: ({ region }) => region,
  replaceBy: "CloudService.spec.regions",
};

export const journeyTermsOfProduction: AssumptionRule<{ readonly environment: string }> = {
  id: "ASM-035",
  name: "journey-terms-of-production",
  text: ({ environment }) =>
    `Objective and cost of downtime are users' terms, so they hold in ${environment}, the last environment of promotion that the application runs in, and in no other.`,
  value: ({ environment }) => `in ${environment} alone`,
  replaceBy: "SLO.spec.service as environment/application/journey",
};

/** Every rule that fills gaps of the documents, for the catalogue. */
export const estateRules = [
  defaultCluster,
  defaultRegion,
  defaultEnvironment,
  defaultNodePools,
  defaultVmSize,
  defaultClusterTier,
  defaultKubernetesVersion,
  tenantPerNamespace,
  journeyFromEntryPoint,
  defaultMaxPods,
  defaultNetworkPlugin,
  defaultOutbound,
  defaultOperatingSystem,
  defaultOsDisk,
  poolWithoutZones,
  tenantAcceptance,
  tenantTrust,
  applicationEnvironments,
  defaultNamespace,
  namespaceUnassigned,
  environmentTerms,
  clusterEnvironments,
  manifestsEverywhere,
  manifestsByFolder,
  manifestsByClusterFolder,
  defaultZones,
  regionMode,
  entryPointExposure,
  dependencyTypeHard,
  objectiveWindow,
  componentReplicas,
  defaultPoolMode,
  operatingModelRaw,
  chartRelease,
  cloudServiceRegion,
  journeyTermsOfProduction,
] as const;
