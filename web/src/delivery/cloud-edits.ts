import { kubernetesVersion } from "../../../src/catalog/kubernetes-versions.ts";
import { vmSizes } from "../../../src/catalog/vm-sizes.ts";
import type { Cluster, NodePool } from "../../../src/estate/model/cluster.ts";
import type { Estate } from "../../../src/estate/model/estate.ts";
import type { CloudEdit, EditablePart } from "./delivery-request.ts";

/** A field that can be tried, as a text. */
interface Field<Part> {
  readonly field: string;
  readonly label: string;
  /** Undefined where this part cannot have it. */
  readonly read: (part: Part) => string | undefined;
  /** Undefined where the text is no value of it. */
  readonly write: (part: Part, text: string) => Part | undefined;
  readonly propose: (current: string) => string;
  readonly options?: () => readonly string[];
  /** What a value looks like, for the sentence that refuses one. */
  readonly form: string;
}

const minors = Array.from({ length: 20 }, (_, index) => `1.${27 + index}`);
const versions = () => minors.filter((minor) => kubernetesVersion(minor) !== undefined);
const cidr = /^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/;
const onOff = () => ["on", "off"];

const clusterFields: readonly Field<Cluster>[] = [
  {
    field: "kubernetesVersion",
    label: "Kubernetes version",
    read: (cluster) => cluster.kubernetesVersion,
    write: (cluster, text) =>
      versionOf(text) === undefined
        ? undefined
        : { ...cluster, kubernetesVersion: text, nodePools: cluster.nodePools.map((pool) => withVersion(pool, text)) },
    propose: nextMinor,
    options: versions,
    form: "a version such as 1.35",
  },
  chosen("tier", "Tier", ["Free", "Standard", "Premium"], {
    read: ({ tier }) => tier,
    write: (cluster, tier) => ({ ...cluster, tier }),
  }),
  networkText("podCidr", "Range of pods (CIDR)", "10.244.0.0/16", "100.64.0.0/16"),
  networkText("serviceCidr", "Range of services (CIDR)", "172.16.0.0/16", "172.20.0.0/16"),
  chosen("plugin", "Network plugin", ["azureOverlay", "azureNodeSubnet", "azurePodSubnet", "kubenet", "none"], {
    read: ({ network }) => network.plugin,
    write: (cluster, plugin) => withNetwork(cluster, { plugin }),
  }),
  chosen("dataPlane", "Network data plane", ["azure", "cilium"], {
    read: ({ network }) => network.dataPlane ?? "azure",
    write: (cluster, dataPlane) => withNetwork(cluster, { dataPlane }),
  }),
  chosen("policyEngine", "Network policy engine", ["none", "azure", "calico", "cilium"], {
    read: ({ network }) => network.policyEngine ?? "none",
    write: (cluster, policyEngine) => withNetwork(cluster, { policyEngine }),
  }),
  chosen("outbound", "Way out", ["loadBalancer", "managedNATGateway", "userAssignedNATGateway", "userDefinedRouting"], {
    read: ({ network }) => network.outbound,
    write: (cluster, outbound) => withNetwork(cluster, { outbound }),
  }),
  chosen("privateApiServer", "Private API server", onOff(), {
    read: ({ network }) => switchText(network.privateApiServer),
    write: (cluster, text) => withNetwork(cluster, { privateApiServer: text === "on" }),
  }),
  chosen("oidcIssuer", "OIDC issuer", onOff(), {
    read: ({ identity }) => switchText(identity.oidcIssuer ?? identity.workloadIdentity),
    write: (cluster, text) => ({ ...cluster, identity: { ...cluster.identity, oidcIssuer: text === "on" } }),
  }),
];

const poolFields: readonly Field<NodePool>[] = [
  {
    field: "vmSize",
    label: "VM size",
    read: ({ vmSize }) => vmSize,
    write: (pool, text) => (vmSizes().some(({ name }) => name === text) ? { ...pool, vmSize: text } : undefined),
    propose: twiceTheSize,
    options: () => vmSizes().map(({ name }) => name),
    form: "a size that the catalog has, such as Standard_D8s_v5",
  },
  {
    field: "zones",
    label: "Zones",
    read: ({ zones }) => (zones.length === 0 ? "none" : zones.join(" ")),
    write: (pool, text) => {
      const zones = text === "none" ? [] : text.split(/[\s,]+/).filter((zone) => zone !== "");
      return zones.every((zone) => /^[123]$/.test(zone)) && new Set(zones).size === zones.length
        ? { ...pool, zones }
        : undefined;
    },
    propose: (current) => (current === "1 2 3" ? "1 2" : "1 2 3"),
    options: () => ["none", "1", "2", "3", "1 2", "1 2 3"],
    form: "none, or zones such as 1 2 3",
  },
  count("maxPods", "Pods a node, at most", [10, 250]),
  count("minimumNodes", "Nodes, at least", [0, 1000]),
  count("maximumNodes", "Nodes, at most", [1, 1000]),
  {
    field: "kubernetesVersion",
    label: "Kubernetes version of the nodes",
    read: (pool) => pool.kubernetesVersion ?? "as the cluster",
    write: (pool, text) => (versionOf(text) === undefined ? undefined : { ...pool, kubernetesVersion: text }),
    propose: nextMinor,
    options: versions,
    form: "a version such as 1.35",
  },
  chosen("osSku", "Operating system", ["Ubuntu", "AzureLinux"], {
    read: ({ osSku }) => osSku,
    write: (pool, osSku) => ({ ...pool, osSku }),
  }),
  chosen("osDiskType", "OS disk", ["Ephemeral", "Managed"], {
    read: ({ osDisk }) => osDisk.type,
    write: (pool, type) => ({ ...pool, osDisk: { ...pool.osDisk, type } }),
  }),
  {
    field: "labels",
    label: "Labels",
    read: ({ labels }) => pairsText(labels),
    write: (pool, text) => {
      const labels = pairsOf(text);
      return labels === undefined ? undefined : { ...pool, labels };
    },
    propose: (current) => (current === "none" ? "class=spare" : `${current} class=spare`),
    form: "none, or labels such as class=batch disk=fast",
  },
  {
    field: "taints",
    label: "Taints",
    read: ({ taints }) =>
      taints.length === 0
        ? "none"
        : taints.map(({ key, value, effect }) => `${key}${value === undefined ? "" : `=${value}`}:${effect}`).join(" "),
    write: (pool, text) => {
      const taints = taintsOf(text);
      return taints === undefined ? undefined : { ...pool, taints };
    },
    propose: (current) => (current === "none" ? "class=spare:NoSchedule" : "none"),
    form: "none, or taints such as class=batch:NoSchedule",
  },
  chosen("spot", "Spot", onOff(), {
    read: ({ spot }) => switchText(spot),
    write: (pool, text) => ({ ...pool, spot: text === "on" }),
  }),
  chosen("workloadRuntime", "Runtime of containers", ["OCIContainer", "KataVmIsolation"], {
    read: ({ workloadRuntime }) => workloadRuntime,
    write: (pool, workloadRuntime) => ({ ...pool, workloadRuntime }),
  }),
];

/** Declared clusters and their pools: what is assumed is written by no cloud side. */
export function editableParts({ clusters }: Estate): readonly EditablePart[] {
  return clusters
    .filter(({ declared }) => declared !== undefined)
    .flatMap((cluster) => [
      { key: `cluster/${cluster.name}`, label: `Cluster ${cluster.name}`, fields: fieldsOf(clusterFields, cluster) },
      ...cluster.nodePools.map((pool) => ({
        key: `pool/${cluster.name}/${pool.name}`,
        label: `Pool ${cluster.name}/${pool.name}`,
        fields: fieldsOf(poolFields, pool).map((field) =>
          // Nodes are never of a later version than their cluster.
          field.field === "kubernetesVersion" ? { ...field, proposed: cluster.kubernetesVersion } : field,
        ),
      })),
    ]);
}

/** The estate after an edit, or why there is none. */
export type EditedEstate =
  | { readonly kind: "refused"; readonly problem: string }
  | { readonly kind: "edited"; readonly estate: Estate; readonly before: string };

export function editEstate(estate: Estate, { part, field, value }: CloudEdit): EditedEstate {
  const [kind, clusterName, poolName] = part.split("/");
  const cluster = estate.clusters.find(({ name }) => name === clusterName);
  if (cluster === undefined) return refused(`No cluster is called ${clusterName ?? part}.`);
  if (kind === "cluster") {
    const edited = editPart(clusterFields, cluster, field, value);
    return edited.kind === "refused" ? edited : withCluster(estate, edited.part, edited.before);
  }
  const pool = cluster.nodePools.find(({ name }) => name === poolName);
  if (pool === undefined) return refused(`${cluster.name} has no pool ${poolName ?? ""}.`);
  const edited = editPart(poolFields, pool, field, value);
  if (edited.kind === "refused") return edited;
  const nodePools = cluster.nodePools.map((each) => (each === pool ? edited.part : each));
  return withCluster(estate, { ...cluster, nodePools }, edited.before);
}

function editPart<Part>(
  fields: readonly Field<Part>[],
  part: Part,
  name: string,
  text: string,
):
  | { readonly kind: "refused"; readonly problem: string }
  | { readonly kind: "edited"; readonly part: Part; readonly before: string } {
  const field = fields.find((each) => each.field === name);
  const before = field?.read(part);
  if (field === undefined || before === undefined) return refused(`There is no field ${name} to change here.`);
  const edited = field.write(part, text.trim());
  if (edited === undefined) return refused(`“${text}” is no value of “${field.label}”: it takes ${field.form}.`);
  return { kind: "edited", part: edited, before };
}

function withCluster(estate: Estate, cluster: Cluster, before: string): EditedEstate {
  const clusters = estate.clusters.map((each) => (each.name === cluster.name ? cluster : each));
  return { kind: "edited", estate: { ...estate, clusters }, before };
}

function refused(problem: string): { readonly kind: "refused"; readonly problem: string } {
  return { kind: "refused", problem };
}

function fieldsOf<Part>(fields: readonly Field<Part>[], part: Part): EditablePart["fields"] {
  return fields.flatMap(({ field, label, read, propose, options }) => {
    const current = read(part);
    if (current === undefined) return [];
    return [{ field, label, current, proposed: propose(current), options: options?.() ?? [] }];
  });
}

/** A field with few values; another than the current one is proposed. */
function chosen<Part, Value extends string>(
  field: string,
  label: string,
  values: readonly Value[],
  access: { readonly read: (part: Part) => string; readonly write: (part: Part, value: Value) => Part },
): Field<Part> {
  return {
    field,
    label,
    read: access.read,
    write: (part, text) => {
      const value = values.find((each) => each === text);
      return value === undefined ? undefined : access.write(part, value);
    },
    propose: (current) => {
      const known: readonly string[] = values;
      return known[known.indexOf(current) + 1] ?? known[0] ?? current;
    },
    options: () => values,
    form: values.join(", "),
  };
}

function count(
  field: "maxPods" | "minimumNodes" | "maximumNodes",
  label: string,
  [least, most]: readonly [number, number],
): Field<NodePool> {
  return {
    field,
    label,
    // Without an autoscaler there is one number of nodes.
    read: (pool) => (field === "maximumNodes" && !pool.autoscaling ? undefined : String(pool[field])),
    write: (pool, text) => {
      const value = /^\d{1,4}$/.test(text) ? Number(text) : undefined;
      return value === undefined || value < least || value > most ? undefined : { ...pool, [field]: value };
    },
    propose: (current) =>
      String(Number(current) * 2 > most ? Math.ceil(Number(current) / 2) : Number(current) * 2 || 1),
    form: `a number from ${least} to ${most}`,
  };
}

function networkText(
  field: "podCidr" | "serviceCidr",
  label: string,
  fallback: string,
  proposed: string,
): Field<Cluster> {
  return {
    field,
    label,
    read: ({ network }) =>
      field === "podCidr" && network.plugin !== "azureOverlay" && network.plugin !== "kubenet"
        ? undefined
        : (network[field] ?? fallback),
    write: (cluster, text) => (cidr.test(text) ? withNetwork(cluster, { [field]: text }) : undefined),
    propose: (current) => (current === proposed ? fallback : proposed),
    form: `a range such as ${fallback}`,
  };
}

function withNetwork(cluster: Cluster, change: Partial<Cluster["network"]>): Cluster {
  return { ...cluster, network: { ...cluster.network, ...change } };
}

/** Pools that say their version follow their cluster; the others do so by themselves. */
function withVersion(pool: NodePool, version: string): NodePool {
  return pool.kubernetesVersion === undefined ? pool : { ...pool, kubernetesVersion: version };
}

function versionOf(text: string): string | undefined {
  return /^1\.\d{1,3}(?:\.\d{1,3})?$/.exec(text)?.[0];
}

function nextMinor(version: string): string {
  const minor = /^1\.(\d+)/.exec(version)?.[1];
  return minor === undefined ? (versions().at(-1) ?? version) : `1.${Number(minor) + 1}`;
}

/** The same size with twice the cores, where the catalog has it. */
function twiceTheSize(size: string): string {
  const doubled = size.replace(/\d+/, (cores) => String(Number(cores) * 2));
  return vmSizes().some(({ name }) => name === doubled) ? doubled : "Standard_D8s_v5";
}

function switchText(value: boolean | undefined): string {
  return value === true ? "on" : "off";
}

function pairsText(pairs: { readonly [key: string]: string }): string {
  const entries = Object.entries(pairs);
  return entries.length === 0 ? "none" : entries.map(([key, value]) => `${key}=${value}`).join(" ");
}

function pairsOf(text: string): { readonly [key: string]: string } | undefined {
  if (text === "none" || text === "") return {};
  const pairs = text.split(/\s+/).map((pair) => /^([\w./-]+)=([\w.-]*)$/.exec(pair));
  if (pairs.includes(null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""]));
}

function taintsOf(text: string): NodePool["taints"] | undefined {
  if (text === "none" || text === "") return [];
  const taints = text.split(/\s+/).map((taint) => {
    const [, key = "", value, effect] =
      /^([\w./-]+)(?:=([\w.-]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(taint) ?? [];
    const known = (["NoSchedule", "PreferNoSchedule", "NoExecute"] as const).find((each) => each === effect);
    return known === undefined ? undefined : { key, ...(value === undefined ? {} : { value }), effect: known };
  });
  const whole = taints.filter((taint) => taint !== undefined);
  return whole.length === taints.length ? whole : undefined;
}
