import { expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import {
  givenCluster,
  givenEstate,
  givenObject,
  givenPlacedObject,
  givenTenant,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import { describeSharing } from "../tenancy-report.ts";

const workloads = ["a", "b"].map((name) =>
  givenWorkload({ name, namespace: name, tenant: name, cpu: 100, memoryMiB: 100 }),
);
const accepts = { egress: "separate", nodeEndpoints: "separate" } as const;

function layerOf(layer: "egress" | "nodeEndpoints", objects: readonly PlacedObject[], policyEngine = "cilium") {
  const cluster = givenCluster();
  const estate = givenEstate({
    tenants: [givenTenant("a"), givenTenant("b", { accepts })],
    clusters: [{ ...cluster, network: { ...cluster.network, policyEngine, podCidr: "10.244.0.0/16" } }],
    workloads,
    objects,
    complete: true,
  });
  const [pair] = describeSharing(estate, defaultCatalog).pairs;
  return pair?.layers.find((each) => each.layer === layer);
}

function policy(namespace: string, apiVersion: string, kind: string, spec: object): PlacedObject {
  const value = { apiVersion, kind, metadata: { name: "p", namespace }, spec };
  return givenPlacedObject({ ...givenObject(kind, "p", value), apiVersion }, { namespace, tenant: namespace });
}

function standard(namespace: string, egress: readonly object[]): PlacedObject {
  return policy(namespace, "networking.k8s.io/v1", "NetworkPolicy", {
    podSelector: {},
    policyTypes: ["Egress"],
    egress,
  });
}

function cilium(namespace: string, spec: object): PlacedObject {
  return policy(namespace, "cilium.io/v2", "CiliumNetworkPolicy", { endpointSelector: {}, ...spec });
}

const toCidr = (cidr: string, ports: object = {}) => ({ to: [{ ipBlock: { cidr } }], ...ports });

test("policies of Cilium hold pods back as those of Kubernetes do", () => {
  const inside = { egress: [{ toEndpoints: [{}] }] };
  const objects = [cilium("a", inside), cilium("b", inside)];
  expect(layerOf("egress", objects)?.sharing).toBe("separate");
  expect(layerOf("nodeEndpoints", objects)?.sharing).toBe("separate");
  // On another engine they do nothing.
  expect(layerOf("egress", objects, "azure")?.sharing).toBe("shared");
});

test("a rule of Cilium that denies takes back what another allows", () => {
  const web = { egress: [{ toEntities: ["world"] }] };
  const closed = { ...web, egressDeny: [{ toCIDR: ["169.254.169.254/32"] }] };
  expect(layerOf("nodeEndpoints", [cilium("a", web), cilium("b", web)])?.sharing).toBe("shared");
  expect(layerOf("nodeEndpoints", [cilium("a", closed), cilium("b", closed)])?.sharing).toBe("separate");
});

test.each([
  [[{}], "shared"],
  [[toCidr("20.0.0.0/8")], "bounded"],
  [[toCidr("10.244.1.0/24")], "separate"],
  [[toCidr("169.254.10.10/32", { ports: [{ port: 53 }] })], "separate"],
  [[], "separate"],
])("egress rules %j: %s", (egress, sharing) => {
  expect(layerOf("egress", [standard("a", egress), standard("b", egress)], "azure")?.sharing).toBe(sharing);
});

test.each([
  [[toCidr("0.0.0.0/0", { ports: [{ port: 443 }] })], "separate"],
  [[toCidr("0.0.0.0/0", { ports: [{ port: 1, endPort: 90 }] })], "shared"],
  [[toCidr("0.0.0.0/0")], "shared"],
])("metadata by egress rules %j: %s", (egress, sharing) => {
  expect(layerOf("nodeEndpoints", [standard("a", egress), standard("b", egress)], "azure")?.sharing).toBe(sharing);
});

test("metadata that is closed for one tenant alone still gives the other the tokens of the node", () => {
  expect(layerOf("nodeEndpoints", [standard("b", [])])).toMatchObject({
    sharing: "bounded",
    met: false,
    because: "nothing keeps Deployment/a of a from the tokens of its node on main",
    lift: "egress policies without instance metadata (169.254.169.254) for every pod of a",
  });
  expect(layerOf("nodeEndpoints", [])).toMatchObject({
    sharing: "shared",
    lift: expect.stringContaining("for every pod of a and b"),
  });
});

test("a policy that cannot be decided leaves the verdict open", () => {
  const unread = cilium("a", { egress: [{ toEndpoints: [{}], toFQDNs: [{ matchName: "example.com" }] }] });
  expect(
    layerOf("egress", [unread, cilium("b", { egress: [{ toFQDNs: [{ matchName: "example.com" }] }] })]),
  ).toMatchObject({
    sharing: "unknown",
    met: "notEvaluable",
  });
});
