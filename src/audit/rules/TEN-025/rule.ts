import { intersectPorts, isEmptyPortSet, type PortSet, portsOf } from "../../../estate/kubernetes/port-set.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { readAddressRange } from "../../../tenancy/reachability/address-range.ts";
import type { ClusterNetwork } from "../../../tenancy/reachability/estate-reach.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { clusterNetworks } from "../../tenancy/cluster-networks.ts";
import { namespaceOutcome } from "../../tenancy/subject-outcome.ts";
import { type TenantNamespace, tenantNamespaces } from "../../tenancy/tenant-namespaces.ts";

/** Where every virtual machine of Azure asks who it is. */
const metadataAddress = "169.254.169.254";
const metadataPort = portsOf("TCP", 80, 80);

/** TEN-025: pods cannot ask for tokens of the node. */
export const metadataClosed: Rule = {
  id: "TEN-025",
  name: "instance-metadata-closed",
  title: "Pods of tenants cannot reach the instance metadata service of their node.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "cluster"],
  judges: "objects",
  peers: [{ tool: "kubescape", check: "C-0052" }],
  *evaluate({ estate }) {
    const networks = new Map(clusterNetworks(estate).map((network) => [network.cluster.name, withPositions(network)]));
    for (const namespace of tenantNamespaces(estate)) {
      const network = networks.get(namespace.cluster);
      const pods = namespace.workloads.filter(({ opaque }) => !opaque);
      if (network !== undefined && pods.length > 0) yield judge(estate, namespace, reachOf(network, pods));
    }
  },
};

/** A network with the position of each of its workloads, by id. */
interface PositionedNetwork extends ClusterNetwork {
  readonly positions: ReadonlyMap<string, number>;
}

function withPositions(network: ClusterNetwork): PositionedNetwork {
  return { ...network, positions: new Map(network.reach.workloads.map(({ id }, position) => [id, position])) };
}

interface MetadataReach {
  readonly network: PositionedNetwork;
  /** Pods on the network of the node, which no policy restricts. */
  readonly host: readonly Workload[];
  readonly open: readonly Workload[];
  readonly undecided: readonly Workload[];
  readonly count: number;
}

function reachOf(network: PositionedNetwork, pods: readonly Workload[]): MetadataReach {
  const { reach, positions } = network;
  const reading = readAddressRange(`${metadataAddress}/32`);
  if (reading.kind !== "ipv4") throw new Error("the address of the metadata service is one of IPv4");
  const { interval } = reading;
  const boundsOf = ({ id }: Workload) =>
    reach.outsider(reach.classOf[positions.get(id) ?? 0] ?? 0, "egress", { kind: "addresses", interval });
  const touches = (ports: PortSet) => !isEmptyPortSet(intersectPorts(ports, metadataPort));
  const own = pods.filter(({ hostNetwork }) => !hostNetwork);
  const open = own.filter((pod) => touches(boundsOf(pod).certain));
  const isOpen = new Set(open);
  const undecided = own.filter((pod) => !isOpen.has(pod) && touches(boundsOf(pod).possible));
  return { network, host: pods.filter(({ hostNetwork }) => hostNetwork), open, undecided, count: pods.length };
}

function judge(estate: Estate, namespace: TenantNamespace, reach: MetadataReach): RuleOutcome {
  const { network, host, open, undecided, count } = reach;
  const [onHost] = host;
  const [first] = open;
  const name = namespace.namespace;
  if (onHost !== undefined) {
    return namespaceOutcome(namespace, {
      verdict: "fail",
      part: "3",
      place: onHost.place,
      message: `${onHost.label} of namespace ${name} runs on the network of its node, where nothing keeps it from ${metadataAddress} and so from tokens of the node's identity.`,
      fix: { description: "Run it on the pod network." },
    });
  }
  const isolated = first === undefined ? undefined : isIsolated(network, first);
  const missing = isolated === false && network.engine !== "none" ? missingForAbsence(estate) : [];
  if (first !== undefined && missing.length === 0) {
    return namespaceOutcome(namespace, {
      verdict: "fail",
      part: isolated === true ? "2" : "1",
      place: first.place,
      message: `${open.length} of ${count} ${count === 1 ? "workload" : "workloads"} of namespace ${name}, ${first.label} first, may reach ${metadataAddress}: ${isolated === true ? "an egress rule covers it" : network.engine === "none" ? "the cluster has no policy engine" : "no policy isolates its egress"}, so its pods can ask for tokens of the node's identity.`,
      fix: {
        description: `Isolate egress, and except ${metadataAddress}/32 where a rule opens every address.`,
      },
    });
  }
  if (first !== undefined || undecided.length > 0) {
    const witness = first ?? undecided[0];
    return namespaceOutcome(namespace, {
      verdict: "notEvaluable",
      missing: missing.length > 0 ? missing : ["unknown-kind"],
      message: `${witness?.label ?? name} of namespace ${name} may reach ${metadataAddress}: ${missing.length > 0 ? "no policy that forbids it was seen, but the input does not prove that there is none" : "its policies leave it open"}.`,
    });
  }
  if (network.engine === "api-standard") {
    return namespaceOutcome(namespace, {
      verdict: "notEvaluable",
      missing: ["engine-undefined"],
      message: `Policies keep the pods of namespace ${name} from ${metadataAddress}, but nothing says which engine of cluster ${namespace.cluster} would enforce them.`,
    });
  }
  return namespaceOutcome(namespace, { verdict: "pass", message: "" });
}

function isIsolated({ reach, positions }: PositionedNetwork, { id }: Workload): boolean {
  const own = reach.classes[reach.classOf[positions.get(id) ?? -1] ?? -1];
  return own !== undefined && reach.bindings(own, "egress").length > 0;
}
