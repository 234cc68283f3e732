import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type DependencyReading, inferDependencies } from "../../src/estate/dependencies/infer-dependencies.ts";
import { includesPorts, portsOf } from "../../src/estate/kubernetes/port-set.ts";
import { type ClusterState, readClusterState } from "../../src/estate/kubernetes/read-cluster-state.ts";
import { readObjects } from "../../src/estate/kubernetes/read-objects.ts";
import { givenCluster } from "../../src/scheduling/testing/given-estate.ts";
import { estateReach } from "../../src/tenancy/reachability/estate-reach.ts";
import { filesUnder, placeFiles, readDocuments, sharedFolder } from "./placed-files.ts";

const corpora = join(sharedFolder, "corpora");

function read(...paths: readonly string[]): {
  readonly state: ClusterState;
  readonly reading: DependencyReading;
  readonly placed: ReturnType<typeof placeFiles>;
} {
  const placed = placeFiles(paths.flatMap((path) => filesUnder(join(corpora, path))));
  const state = readClusterState(placed);
  return { state, reading: inferDependencies(state, placed), placed };
}

/** Edges as `caller -> target`, by the shortest names. */
function edges({ state, reading }: ReturnType<typeof read>): string[] {
  const labels = new Map(state.workloads.map(({ id, label }) => [id, label]));
  return reading.dependencies.map(({ from, to }) => {
    const target = to.kind === "workload" ? labels.get(to.id) : "host" in to ? `${to.kind}:${to.host}` : `${to.kind}`;
    return `${labels.get(from)} -> ${target}`;
  });
}

/** Service ports behind the names, by which the policies' pod ports are checked. */
const boutiqueEdges: readonly (readonly [caller: string, target: string, podPort: number])[] = [
  ["cartservice", "redis-cart", 6379],
  ["checkoutservice", "cartservice", 7070],
  ["checkoutservice", "currencyservice", 7000],
  ["checkoutservice", "emailservice", 8080],
  ["checkoutservice", "paymentservice", 50051],
  ["checkoutservice", "productcatalogservice", 3550],
  ["checkoutservice", "shippingservice", 50051],
  ["frontend", "adservice", 9555],
  ["frontend", "cartservice", 7070],
  ["frontend", "checkoutservice", 5050],
  ["frontend", "currencyservice", 7000],
  ["frontend", "productcatalogservice", 3550],
  ["frontend", "recommendationservice", 8080],
  ["frontend", "shippingservice", 50051],
  ["loadgenerator", "frontend", 8080],
  ["recommendationservice", "productcatalogservice", 3550],
];

describe("online-boutique", () => {
  const plain = read("online-boutique/kubernetes-manifests.yaml");
  const withPolicies = read(
    "online-boutique/kubernetes-manifests.yaml",
    "online-boutique/kustomize/components/network-policies",
  );

  test("has the 16 edges that its environment variables state, and one name that nobody answers to", () => {
    expect(edges(plain).filter((edge) => !edge.includes("dangling:"))).toEqual(
      boutiqueEdges.map(([caller, target]) => `${caller} -> ${target}`),
    );
    expect(edges(plain).filter((edge) => edge.includes("dangling:"))).toEqual([
      "frontend -> dangling:shoppingassistantservice",
    ]);
    expect(plain.reading.diagnostics.map(({ code }) => code)).toEqual(["EST-330"]);
  });

  test("the evidence of each edge is the line that states it", () => {
    for (const { evidence } of plain.reading.dependencies) {
      for (const { origin, text, place } of evidence) {
        expect(origin).toBe("environmentVariable");
        expect(text).toMatch(/^[A-Z_]+_ADDR=[a-z-]+:\d+$/);
        expect(place).toMatchObject({ precision: "exact", line: expect.any(Number) });
      }
    }
  });

  test("its policies make no edge", () => {
    expect(edges(withPolicies)).toEqual(edges(plain));
  });

  test("its policies allow each edge on the port of the target's pods, and beyond them only the way into frontend", () => {
    const { workloads } = withPolicies.state;
    const clusters = [...new Set(workloads.map(({ cluster }) => cluster))].map((name) => ({ ...givenCluster(), name }));
    const [network] = estateReach({
      clusters,
      workloads,
      objects: withPolicies.placed,
      networks: [],
      complete: true,
    });
    const connections = workloads.flatMap((from, source) =>
      workloads.flatMap((to, target) => {
        const ports = network?.reach.between(source, target).certain;
        const isOpen = source !== target && ports !== undefined && ports.size > 0;
        return isOpen ? [{ from: from.name, to: to.name, ports }] : [];
      }),
    );
    for (const [caller, target, port] of boutiqueEdges) {
      const connection = connections.find(({ from, to }) => from === caller && to === target);
      expect(connection && includesPorts(connection.ports, portsOf("TCP", port, port)), `${caller} -> ${target}`).toBe(
        true,
      );
    }
    const stated = new Set(boutiqueEdges.map(([caller, target]) => `${caller} -> ${target}`));
    const beyond = connections.filter(({ from, to }) => !stated.has(`${from} -> ${to}`));
    expect(new Set(beyond.map(({ to }) => to))).toEqual(new Set(["frontend"]));
    const fromOutside = workloads.filter((_, position) =>
      network?.reach
        .addresses(network.reach.classOf[position] ?? 0, "ingress")
        .some(({ bounds }) => bounds.possible.size > 0),
    );
    expect(fromOutside.map(({ name }) => name)).toEqual(["frontend"]);
  });

  test("is reached by its LoadBalancer", () => {
    expect(plain.state.entryPoints).toMatchObject([
      { name: "frontend-external", exposure: "public", origin: "loadBalancer" },
    ]);
  });
});

describe("aks-store-demo", () => {
  test("the rendered file states five edges by variables and a ConfigMap, and one name that nobody answers to", () => {
    const store = read("aks-store-demo/aks-store-all-in-one.yaml");
    expect(edges(store)).toEqual([
      "makeline-service -> documentdb",
      "makeline-service -> rabbitmq",
      "order-service -> rabbitmq",
      "product-service -> dangling:ai-service",
      "virtual-customer -> order-service",
      "virtual-worker -> makeline-service",
    ]);
    const fromConfigMap = store.reading.dependencies.find(({ from }) => from.endsWith("/order-service"));
    expect(fromConfigMap?.evidence).toMatchObject([{ origin: "configMap", text: "ORDER_QUEUE_HOSTNAME=rabbitmq" }]);
  });

  test("the model workspace of the kaito overlay answers by its own name", () => {
    expect(edges(read("aks-store-demo/kustomize/overlays/kaito"))).toEqual(["ai-service -> workspace-phi-3-5-mini"]);
  });
});

describe("kube-prometheus", () => {
  const documents = readDocuments(filesUnder(join(corpora, "kube-prometheus/manifests")));
  const prometheus = read("kube-prometheus/manifests");

  test("nothing is dropped: 95 documents are 131 objects", () => {
    const { objects, scantlingDocuments, diagnostics } = readObjects(documents);
    expect([documents.length, objects.length]).toEqual([95, 131]);
    expect(scantlingDocuments).toEqual([]);
    expect(diagnostics).toEqual([]);
  });

  test("its manifests have no problem, and two workloads that only their operator knows", () => {
    expect(prometheus.state.diagnostics.map(({ code }) => code)).toEqual(["EST-325", "EST-325"]);
    expect(
      prometheus.state.workloads.filter(({ opaque }) => opaque).map(({ label, replicas }) => [label, replicas.minimum]),
    ).toEqual([
      ["main", 3],
      ["k8s", 2],
    ]);
  });

  test("every Service leads to a workload", () => {
    expect(prometheus.state.services.map(({ workloads }) => workloads.length)).toEqual(
      prometheus.state.services.map(() => 1),
    );
  });

  test("Grafana and the adapter call Prometheus; what Grafana's Secret says is not shown", () => {
    expect(edges(prometheus)).toEqual(["grafana -> k8s", "prometheus-adapter -> k8s"]);
    expect(prometheus.reading.dependencies[0]?.evidence[0]?.text).toBe("datasources.yaml=[redacted]");
  });
});
