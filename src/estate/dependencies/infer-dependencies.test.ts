import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readClusterState } from "../kubernetes/read-cluster-state.ts";
import { deployment, placeYaml, service } from "../kubernetes/testing/place-yaml.ts";
import type { Dependency } from "./dependency.ts";
import { type DependencyReading, inferDependencies } from "./infer-dependencies.ts";

function infer(text: string): DependencyReading {
  const placed = placeYaml(text);
  return inferDependencies(readClusterState(placed), placed);
}

function targetOf({ to }: Dependency): string {
  return "id" in to
    ? `${to.kind} ${to.id.split("/").slice(2).join("/")}`
    : "host" in to
      ? `${to.kind} ${to.host}`
      : to.name;
}

/** Targets of `web`, whose container or pod is given. */
function targets(container: string, rest: string, pod = ""): string[] {
  const { dependencies } = infer(deployment("web", { container, pod }) + rest);
  return dependencies.filter(({ from }) => from.endsWith("/web")).map(targetOf);
}

const backend = deployment("orders") + service("orders", 8080);
const toOrders = ["workload shop/Deployment/orders"];

describe("where a host may stand", () => {
  test.each([
    ["a variable", "env: [{name: ORDERS_URL, value: 'http://orders:8080'}]"],
    ["an argument", "args: ['--orders=orders:8080']"],
    ["an argument of two words", "args: [--orders-host, orders]"],
    ["a command", "command: [sh, -c, 'curl -f http://orders:8080/health && exec app']"],
    ["a word of a script", "command: [sh, -c, 'wait-for orders:8080 -- app']"],
    [
      "a variable made of variables",
      "env: [{name: H, value: orders}, {name: P, value: '8080'}, {name: X, value: 'http://$(H):$(P)'}]",
    ],
    ["an argument made of variables", "env: [{name: H, value: orders}], args: ['http://$(H):8080']"],
    [
      "the variables that the kubelet makes of Services",
      "args: ['http://$(ORDERS_SERVICE_HOST):$(ORDERS_SERVICE_PORT)']",
    ],
  ])("%s", (_what, container) => {
    expect(targets(container.replace(/\], args/, "]\nargs"), backend)).toEqual(toOrders);
  });

  test("an init container", () => {
    const pod = "initContainers: [{name: wait, command: [wait-for, 'orders:8080']}]";
    expect(targets("", backend, pod)).toEqual(toOrders);
  });

  test.each([
    ["envFrom", "envFrom: [{configMapRef: {name: c}}]", "", "ORDERS_HOST: orders"],
    ["envFrom with a prefix", "envFrom: [{prefix: ORDERS_, configMapRef: {name: c}}]", "", "HOST: orders"],
    [
      "a reference to a key",
      "env: [{name: X, valueFrom: {configMapKeyRef: {name: c, key: orders-host}}}]",
      "",
      "orders-host: orders",
    ],
    [
      "a mounted file",
      "volumeMounts: [{name: v, mountPath: /c}]",
      "volumes: [{name: v, configMap: {name: c}}]",
      "'app.properties': |\n    # http://comment:1\n    orders.url = http://orders:8080",
    ],
    [
      "a mounted value",
      "volumeMounts: [{name: v, mountPath: /c}]",
      "volumes: [{name: v, projected: {sources: [{configMap: {name: c}}]}}]",
      "ORDERS_HOST: orders",
    ],
    [
      "JSON",
      "volumeMounts: [{name: v, mountPath: /c}]",
      "volumes: [{name: v, configMap: {name: c}}]",
      `a.json: '{"orders": {"url": "http://orders:8080"}}'`,
    ],
    [
      "a proxy's configuration",
      "volumeMounts: [{name: v, mountPath: /c}]",
      "volumes: [{name: v, configMap: {name: c}}]",
      "nginx.conf: |\n    location / {\n      proxy_pass http://orders:8080/;\n    }",
    ],
  ])("a ConfigMap by %s, at the place of its key", (_what, container, pod, data) => {
    const text =
      deployment("web", { container, pod }) +
      backend +
      `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  ${data}\n`;
    const { dependencies } = infer(text);
    expect(dependencies.map(targetOf)).toEqual(toOrders);
    const [evidence] = dependencies[0]?.evidence ?? [];
    expect(evidence?.origin).toBe("configMap");
    expect(text.split("\n")[(evidence?.place.line ?? 0) - 1]).toContain(data.split(":")[0]);
  });

  test("not a volume that nobody mounts, nor a key that is not taken along", () => {
    const config = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {ORDERS_HOST: orders, A: b}\n";
    expect(targets("", backend + config, "volumes: [{name: v, configMap: {name: c}}]")).toEqual([]);
    const items = "volumes: [{name: v, configMap: {name: c, items: [{key: A, path: a}]}}]";
    expect(targets("volumeMounts: [{name: v, mountPath: /c}]", backend + config, items)).toEqual([]);
  });

  test("a variable that is set again counts by its last value", () => {
    const config = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {ORDERS_HOST: old}\n";
    expect(
      targets("envFrom: [{configMapRef: {name: c}}]\nenv: [{name: ORDERS_HOST, value: orders}]", backend + config),
    ).toEqual(toOrders);
  });

  test("$$ keeps a reference from being expanded, as does one that nothing defines", () => {
    expect(
      targets(
        "env: [{name: H, value: orders}, {name: X, value: 'http://$$(H):1'}, {name: Y, value: 'http://$(Z):1'}]",
        backend,
      ),
    ).toEqual([]);
  });
});

describe("edges", () => {
  test("one edge with all its evidence, hard by assumption", () => {
    const reading = infer(
      deployment("web", { container: "env: [{name: ORDERS_HOST, value: orders}]\nargs: ['--orders=orders:8080']" }) +
        backend,
    );
    expect(reading.dependencies).toMatchObject([
      {
        from: "prod/weu/shop/Deployment/web",
        type: "hard",
        evidence: [{ text: "ORDERS_HOST=orders" }, { text: "orders=orders:8080" }],
      },
    ]);
    expect(reading.assumptions).toMatchObject([{ id: "ASM-130", subject: "prod/weu/shop/Deployment/web" }]);
  });

  test("no workload depends on itself", () => {
    expect(targets("env: [{name: SELF_URL, value: 'http://web:80'}]", service("web"))).toEqual([]);
  });

  test("a dotless host that nobody answers to is dangling, with the name that was meant", () => {
    const { dependencies, diagnostics } = infer(
      deployment("web", { container: "env: [{name: X, value: 'http://order:80'}]" }) + backend,
    );
    expect(dependencies.map(targetOf)).toEqual(["dangling order"]);
    expect(diagnostics).toMatchObject([
      {
        code: "EST-330",
        severity: "warning",
        hint: expect.stringContaining("Did you mean orders?"),
        place: { line: 13 },
      },
    ]);
  });

  test("a dotted host outside is one node, however often it is named", () => {
    const container =
      "env: [{name: A_URL, value: 'https://api.bank.example/v1'}, {name: B_HOST, value: api.bank.example}]";
    const { dependencies } = infer(deployment("web", { container }) + deployment("pay", { container }));
    expect(dependencies.map(targetOf)).toEqual(["host api.bank.example", "host api.bank.example"]);
    expect(dependencies[0]?.evidence).toHaveLength(2);
  });

  test("a port that the Service does not serve is a warning, and an edge all the same", () => {
    const { dependencies, diagnostics } = infer(
      deployment("web", { container: "env: [{name: X, value: 'orders:81'}]" }) + backend,
    );
    expect(dependencies.map(targetOf)).toEqual(toOrders);
    expect(diagnostics).toMatchObject([
      { code: "EST-331", message: "web calls orders on port 81, but it serves 8080." },
    ]);
  });

  test("a Service before two workloads, or before none, stands for itself", () => {
    const two =
      deployment("a").replace("{labels: {app: a}}", "{labels: {app: a, tier: x}}") +
      deployment("b").replace("{labels: {app: b}}", "{labels: {app: b, tier: x}}");
    const shared = service("orders").replace("{app: orders}", "{tier: x}");
    expect(targets("env: [{name: X, value: 'http://orders'}]", two + shared)).toEqual(["service shop/Service/orders"]);
    expect(
      targets("env: [{name: X, value: 'http://orders'}]", service("orders").replace("selector: {app: orders}, ", "")),
    ).toEqual(["service shop/Service/orders"]);
  });

  test("a Service that an operator makes is its custom resource", () => {
    const cluster =
      "---\napiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: db}\nspec: {instances: 3}\n";
    expect(targets("env: [{name: DB_HOST, value: db-rw}]", cluster)).toEqual(["workload shop/Cluster/db"]);
  });

  test("a network policy adds evidence to an edge and makes none", () => {
    const policy =
      "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {podSelector: {matchLabels: {app: orders}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}, {podSelector: {matchLabels: {app: idle}}}]}]}\n";
    const { dependencies } = infer(
      deployment("web", { container: "env: [{name: X, value: 'http://orders:8080'}]" }) +
        deployment("idle") +
        backend +
        policy,
    );
    expect(
      dependencies.map(({ from, evidence }) => [from.split("/").at(-1), evidence.map(({ text }) => text)]),
    ).toEqual([["web", ["X=http://orders:8080", "NetworkPolicy p lets in app=web"]]]);
  });
});

describe("laws", () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9]{2,8}$/);

  test("a bare word is no edge, even the name of a Service", () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 2, maxLength: 5 }), (names) => {
        const [caller = "", ...others] = names;
        const variables = others.map((name, index) => `{name: V${index}, value: "${name}"}`).join(", ");
        const text = deployment(caller, {
          container: `env: [${variables}]\nargs: [${others.map((name) => `"${name}"`).join(", ")}]`,
        });
        expect(infer(text + others.map((name) => deployment(name) + service(name)).join("")).dependencies).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test("no value makes inference throw, and evidence always has a place", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }), fc.string(), (values, text) => {
        const placed = placeYaml(deployment("web") + backend).map((one) => {
          const pod = {
            containers: [
              {
                name: "a",
                env: values.map((value, index) => ({ name: `URL_${index}_HOST`, value })),
                args: [...values, text],
                envFrom: [{ configMapRef: { name: text } }],
              },
            ],
          };
          const value = {
            ...one.object.value,
            spec: { template: { metadata: { labels: { app: "web" } }, spec: pod } },
          };
          return one.object.name === "web" ? { ...one, object: { ...one.object, value } } : one;
        });
        const { dependencies } = inferDependencies(readClusterState(placed), placed);
        for (const { evidence } of dependencies)
          expect(evidence.every(({ place }) => place.source === "in.yaml")).toBe(true);
      }),
    );
  });

  test("variables that double at each step do not blow up", () => {
    const variables = [
      "{name: V0, value: 'http://orders:8080'}",
      ...Array.from({ length: 60 }, (_, index) => `{name: V${index + 1}, value: '$(V${index})$(V${index})'}`),
    ];
    expect(targets(`env: [${variables.join(", ")}]`, backend)).toEqual(toOrders);
  });
});
