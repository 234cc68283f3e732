import { readClusterState } from "../src/estate/kubernetes/read-cluster-state.ts";
import { placeYaml } from "../src/estate/kubernetes/testing/place-yaml.ts";
import { givenCluster } from "../src/scheduling/testing/given-estate.ts";
import { estateReach, type NetworkEstate } from "../src/tenancy/reachability/estate-reach.ts";
import { tenantConnections } from "../src/tenancy/reachability/tenant-connections.ts";
import { type BenchResult, median } from "./bench-result.ts";

const COUNTS = [100, 1_000, 5_000];
const RUNS = 3;
/** Workloads of one namespace, which is a tenant. */
const PER_NAMESPACE = 25;

/** Seconds from policies to reachability tenant by tenant, by number of workloads, with as many policies. */
export function run(): BenchResult[] {
  return [...COUNTS.map((count) => measure(count, "sparse")), ...COUNTS.map((count) => measure(count, "ingress-only"))];
}

/**
 * `sparse`: default deny and one caller a workload; `ingress-only`: each workload lets in its namespace and a team, and may
 * itself go everywhere.
 */
function measure(count: number, shape: "sparse" | "ingress-only"): BenchResult {
  const estate = givenNetwork(count, shape);
  const seconds = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    for (const { cluster, reach } of estateReach(estate)) tenantConnections(reach, cluster.name);
    return (performance.now() - start) / 1000;
  });
  return {
    bench: "reachability",
    case: `${count} workloads, ${count} policies, ${shape}`,
    metric: "elapsed",
    value: Number(median(seconds).toFixed(3)),
    unit: "s",
  };
}

function givenNetwork(count: number, shape: "sparse" | "ingress-only"): NetworkEstate {
  const namespaces = Math.ceil(count / PER_NAMESPACE);
  const texts: string[] = [];
  for (let index = 0; index < namespaces; index += 1) {
    const metadata = { name: `ns${index}`, labels: { team: `t${index % 10}` } };
    texts.push(JSON.stringify({ apiVersion: "v1", kind: "Namespace", metadata }));
  }
  for (let index = 0; index < count; index += 1) texts.push(podText(index), policyText(index, count, shape));
  const placed = placeYaml(texts.join("\n---\n"), { environment: "prod", cluster: "weu" });
  const objects = placed.map((each) => ({ ...each, tenant: each.namespace ?? "unassigned" }));
  const { workloads } = readClusterState(objects);
  const plain = givenCluster();
  const cluster = { ...plain, name: "weu", network: { ...plain.network, policyEngine: "cilium" } };
  return { clusters: [cluster], workloads, objects, networks: [], complete: true };
}

function podText(index: number): string {
  const metadata = { name: `w${index}`, namespace: namespaceOf(index), labels: { app: `w${index}` } };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Pod",
    metadata,
    spec: { containers: [{ name: "main", image: "x" }] },
  });
}

function policyText(index: number, count: number, shape: "sparse" | "ingress-only"): string {
  const caller = (index * 7 + 1) % count;
  const callee = (index + count - 1) % count;
  const peer = (other: number) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespaceOf(other) } },
    podSelector: { matchLabels: { app: `w${other}` } },
  });
  const ports = [{ port: 8000 + (index % 50) }];
  const team = { namespaceSelector: { matchLabels: { team: `t${index % 10}` } } };
  const spec =
    shape === "sparse"
      ? {
          podSelector: { matchLabels: { app: `w${index}` } },
          policyTypes: ["Ingress", "Egress"],
          ingress: [{ from: [peer(caller)], ports }],
          egress: [{ to: [peer(callee), team] }],
        }
      : {
          podSelector: { matchLabels: { app: `w${index}` } },
          policyTypes: ["Ingress"],
          ingress: [{ from: [{ podSelector: {} }, team], ports }],
        };
  const metadata = { name: `p${index}`, namespace: namespaceOf(index) };
  return JSON.stringify({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec });
}

function namespaceOf(index: number): string {
  return `ns${Math.floor(index / PER_NAMESPACE)}`;
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(run(), undefined, 2)}\n`);
