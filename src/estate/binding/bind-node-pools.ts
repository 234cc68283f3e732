import type { AssumptionRule } from "../assumptions/assumption-rule.ts";
import {
  defaultMaxPods,
  defaultNodePools,
  defaultOperatingSystem,
  defaultOsDisk,
  defaultPoolMode,
  defaultVmSize,
  poolWithoutZones,
} from "../assumptions/estate-rules.ts";
import { boundsInverted, exclusiveFields } from "../diagnostics/reference-diagnostics.ts";
import type { NodePoolSpec } from "../kinds/node-pool.ts";
import type { ValidDocument } from "../kinds/validate-document.ts";
import type { NodePool } from "../model/cluster.ts";
import { parseDuration } from "../quantities/duration.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import type { BindingLog } from "./binding-log.ts";
import { declaredPart } from "./declared-part.ts";
import { definedFields } from "./defined-fields.ts";
import { type NamedEntry, namedEntries } from "./named-entries.ts";

export const DEFAULT_VM_SIZE = "Standard_D4s_v5";

/** AKS advises three nodes in a system pool. */
const DEFAULT_SYSTEM_NODES = 3;

/** Most nodes that AKS puts into one pool. */
const MOST_NODES = 1000;

/** Most pods a node that AKS sets by network plugin when nothing is said. */
const MAX_PODS_BY_PLUGIN: { readonly [plugin: string]: number } = {
  azureOverlay: 250,
  azurePodSubnet: 110,
  azureNodeSubnet: 30,
  kubenet: 110,
  none: 250,
};

/** What a pool takes over from its cluster. */
export interface PoolSurroundings {
  readonly cluster: string;
  readonly plugin: string;
  /** Zones of the region; undefined when no region is declared, so that every zone is taken. */
  readonly zones: readonly string[] | undefined;
}

/** The declared pools with every default filled in; without one, a system and a user pool over the region's zones. */
export function bindNodePools(
  document: ValidDocument<"Cluster">,
  surroundings: PoolSurroundings,
  defaultZones: readonly string[],
  log: BindingLog,
): readonly NodePool[] {
  const entries = namedEntries(document.value.spec?.nodePools, ["spec", "nodePools"], document, log);
  if (entries.length === 0) {
    const nodes = systemNodes(defaultZones);
    log.assume(defaultNodePools, document.id, { vmSize: DEFAULT_VM_SIZE, zones: defaultZones.length, nodes });
    return assumedNodePools(surroundings, defaultZones);
  }
  const systemPool =
    entries.find(({ item }) => item.mode === "System") ?? entries.find(({ item }) => item.mode === undefined);
  return entries.map((entry) => bindNodePool(entry, entry === systemPool, document, surroundings, log));
}

/** The pools of a cluster that declares none. Their node counts follow from the workloads. */
export function assumedNodePools(surroundings: PoolSurroundings, zones: readonly string[]): readonly NodePool[] {
  const common = {
    cluster: surroundings.cluster,
    vmSize: DEFAULT_VM_SIZE,
    zones,
    autoscaling: true,
    countDeclared: false,
    maxPods: maxPodsOf(surroundings.plugin),
    osSku: "Ubuntu",
    osDisk: { type: "Managed" as const, sizeGiB: undefined },
    labels: {},
    spot: false,
    spotMaxPrice: undefined,
    workloadRuntime: "OCIContainer",
    upgrade: {},
    linux: { sysctls: {} },
  };
  const reserved = { key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" as const };
  const nodes = systemNodes(zones);
  return [
    { ...common, name: "system", mode: "System", minimumNodes: nodes, maximumNodes: nodes, taints: [reserved] },
    {
      ...common,
      name: "user",
      mode: "User",
      minimumNodes: Math.max(1, zones.length),
      maximumNodes: MOST_NODES,
      taints: [],
    },
  ];
}

/** Enough for one in each zone. */
function systemNodes(zones: readonly string[]): number {
  return Math.max(DEFAULT_SYSTEM_NODES, zones.length);
}

function maxPodsOf(plugin: string): number {
  return MAX_PODS_BY_PLUGIN[plugin] ?? 110;
}

function bindNodePool(
  { item, path }: NamedEntry<NodePoolSpec>,
  systemByDefault: boolean,
  document: ValidDocument<"Cluster">,
  surroundings: PoolSurroundings,
  log: BindingLog,
): NodePool {
  const place = document.locate(path);
  const subject = `${document.id}/${item.name}`;
  if (item.mode === undefined && systemByDefault) log.assume(defaultPoolMode, subject, { pool: item.name }, place);
  if (item.vmSize === undefined) log.assume(defaultVmSize, subject, { value: DEFAULT_VM_SIZE }, place);
  return {
    name: item.name,
    cluster: surroundings.cluster,
    mode: item.mode ?? (systemByDefault ? "System" : "User"),
    vmSize: item.vmSize ?? DEFAULT_VM_SIZE,
    ...(item.vmSize === undefined ? {} : { vmSizePlace: document.locate([...path, "vmSize"]) }),
    zones: bindZones(item, path, document, surroundings, log),
    ...bindCounts(item, path, document, log),
    ...bindNodeSettings(item, surroundings.plugin, (rule, parameters) => log.assume(rule, subject, parameters, place)),
    taints: (item.taints ?? []).map(({ key, value, effect }) => ({
      key,
      effect,
      ...(value === undefined ? {} : { value }),
    })),
    labels: item.labels ?? {},
    spot: item.spot ?? false,
    spotMaxPrice: item.spotMaxPrice,
    workloadRuntime: item.workloadRuntime ?? "OCIContainer",
    upgrade: bindUpgrade(item.upgrade),
    linux: bindLinux(item.linux),
    ...definedFields({
      subnet: item.subnet,
      podSubnet: item.podSubnet,
      kubernetesVersion: item.kubernetesVersion,
      hostEncryption: item.hostEncryption,
    }),
    place,
    declared: declaredPart(document, path),
  };
}

/** What AKS sets on each node when nothing is said. */
function bindNodeSettings(
  item: NodePoolSpec,
  plugin: string,
  assume: <Parameters>(rule: AssumptionRule<Parameters>, parameters: Parameters) => void,
): Pick<NodePool, "maxPods" | "osSku" | "osDisk"> {
  const maxPods = item.maxPods ?? maxPodsOf(plugin);
  if (item.maxPods === undefined) assume(defaultMaxPods, { maxPods, plugin });
  if (item.osSku === undefined) assume(defaultOperatingSystem, { value: "Ubuntu" });
  if (item.osDisk?.type === undefined) assume(defaultOsDisk, { value: "a managed disk" });
  return {
    maxPods,
    osSku: item.osSku ?? "Ubuntu",
    osDisk: { type: item.osDisk?.type ?? "Managed", sizeGiB: item.osDisk?.sizeGiB },
  };
}

function bindZones(
  item: NodePoolSpec,
  path: FieldPath,
  document: ValidDocument<"Cluster">,
  { zones }: PoolSurroundings,
  log: BindingLog,
): readonly string[] {
  if (item.zones === undefined) {
    log.assume(poolWithoutZones, `${document.id}/${item.name}`, { pool: item.name }, document.locate(path));
    return [];
  }
  item.zones.forEach((zone, index) => {
    if (zones === undefined || zones.includes(zone)) return;
    const parameters = { field: `pool ${item.name}`, what: "zone", target: zone, candidates: zones };
    const place = document.locate([...path, "zones", index]);
    log.dangling(parameters, { place, affects: [document.id] });
  });
  return [...new Set(item.zones)];
}

function bindCounts(
  item: NodePoolSpec,
  path: FieldPath,
  document: ValidDocument<"Cluster">,
  log: BindingLog,
): Pick<NodePool, "minimumNodes" | "maximumNodes" | "autoscaling" | "countDeclared"> {
  const { autoscaling, count } = item;
  if (autoscaling === undefined) {
    if (count !== undefined)
      return { minimumNodes: count, maximumNodes: count, autoscaling: false, countDeclared: true };
    const minimumNodes = Math.max(1, item.zones?.length ?? 0);
    return { minimumNodes, maximumNodes: MOST_NODES, autoscaling: true, countDeclared: false };
  }
  const context = { place: document.locate([...path, "autoscaling"]), affects: [document.id] };
  if (count !== undefined) {
    log.report(exclusiveFields, { field: `count of pool ${item.name}`, other: "autoscaling" }, context);
  }
  const { min, max } = autoscaling;
  if (min > max) log.report(boundsInverted, { field: `autoscaling of pool ${item.name}`, min, max }, context);
  return { minimumNodes: Math.min(min, max), maximumNodes: Math.max(min, max), autoscaling: true, countDeclared: true };
}

function bindLinux({ sysctls = {}, ...stated }: NonNullable<NodePoolSpec["linux"]> = {}): NodePool["linux"] {
  return { sysctls, ...definedFields(stated) };
}

function bindUpgrade(upgrade: NodePoolSpec["upgrade"]): NodePool["upgrade"] {
  const drain = upgrade?.drainTimeout === undefined ? undefined : parseDuration(upgrade.drainTimeout);
  const soak = upgrade?.soakDuration === undefined ? undefined : parseDuration(upgrade.soakDuration);
  return {
    ...(upgrade?.maxSurge === undefined ? {} : { maxSurge: String(upgrade.maxSurge) }),
    ...(drain === undefined ? {} : { drainTimeoutSeconds: drain }),
    ...(soak === undefined ? {} : { soakDurationSeconds: soak }),
    ...(upgrade?.maxUnavailable === undefined ? {} : { maxUnavailable: String(upgrade.maxUnavailable) }),
    ...definedFields({ undrainableNodeBehavior: upgrade?.undrainableNodeBehavior }),
  };
}
