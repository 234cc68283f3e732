import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { namespaceLabels } from "../../src/estate/kubernetes/namespace-labels.ts";
import { readNetworkPolicies } from "../../src/estate/kubernetes/network-policy.ts";
import { indexObjects } from "../../src/estate/kubernetes/object-index.ts";
import { formatPorts } from "../../src/estate/kubernetes/port-set.ts";
import { readClusterState } from "../../src/estate/kubernetes/read-cluster-state.ts";
import { allowedConnections } from "../../src/tenancy/network-reachability.ts";
import { plainReading } from "../../src/tenancy/peer-reading.ts";
import { placeFiles } from "../corpus/placed-files.ts";

const shared = process.env.SCANTLING_SHARED ?? join(import.meta.dirname, "../../../shared");
const root = join(shared, "conformance/network-reachability");

/** Pods there name an owner without a kind, which no API server accepts; the analyzer shows them under that owner. */
const invalidOwners = /^example_pods_w_same_owner/;

/** Cases of plain NetworkPolicy; the admin tiers and ingress controllers are evaluated elsewhere. */
const cases = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => !invalidOwners.test(name))
  .filter(
    (name) => !filesOf(name).some((file) => /kind: (?:Baseline)?AdminNetworkPolicy/.test(readFileSync(file, "utf8"))),
  );

function filesOf(name: string): string[] {
  return readdirSync(join(root, name))
    .filter((file) => /\.(?:ya?ml|json)$/.test(file) && !file.startsWith("connlist"))
    .map((file) => join(root, name, file));
}

/** Connections between workloads only: `namespace/name[Kind] => … : ports`. */
function expectedConnections(name: string): string[] {
  return readFileSync(join(root, name, "expected.txt"), "utf8")
    .split("\n")
    .filter((line) => line.includes("=>") && !line.includes("[External]") && !line.includes("{ingress-controller}"))
    .map((line) => line.replace("All Connections", "all").trim())
    .sort();
}

describe("connections between workloads equal those of an independent analyzer", () => {
  test("there are cases", () => {
    expect(cases.length).toBeGreaterThan(15);
  });

  test.each(cases)("%s", (name) => {
    const placed = placeFiles(filesOf(name));
    const { index } = indexObjects(placed);
    const { workloads } = readClusterState(placed);
    const byId = new Map(workloads.map((workload) => [workload.id, workload]));
    const nameOf = (id: string) => {
      const workload = byId.get(id);
      return `${workload?.namespace}/${workload?.name}[${workload?.kind}]`;
    };
    // The analyzer treats pods on the host network as any others; real engines do not (a unit test covers that).
    const subjects = workloads.map((workload) => ({ ...workload, hostNetwork: false }));
    const connections = allowedConnections(
      subjects,
      readNetworkPolicies(index),
      plainReading((scope) => namespaceLabels(index, scope)),
    )
      .filter(({ from, to }) => from !== "outside" && to !== "outside")
      .map(({ from, to, ports }) => `${nameOf(from)} => ${nameOf(to)} : ${formatPorts(ports)}`)
      .sort();
    expect(connections).toEqual(expectedConnections(name));
  });
});
