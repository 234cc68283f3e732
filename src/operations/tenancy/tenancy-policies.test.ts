import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatPorts, isEmptyPortSet } from "../../estate/kubernetes/port-set.ts";
import { document, givenTexts } from "../../estate/testing/given-texts.ts";
import { estateReach } from "../../tenancy/reachability/estate-reach.ts";
import type { PolicyEngine } from "../../tenancy/reachability/policy-engine.ts";
import { tenancyPolicies } from "./tenancy-policies.ts";

interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
  readonly targetPort: number;
  readonly calls: readonly number[];
  readonly exposed: boolean;
}

function serviceText(service: Service, all: readonly Service[]): string {
  const { name, namespace, port, targetPort, calls, exposed } = service;
  const env = calls.flatMap((index) => {
    const other = all[index];
    if (other === undefined || other === service) return [];
    const host = `${other.name}.${other.namespace}.svc.cluster.local`;
    return [{ name: `CALL_${index}`, value: `http://${host}:${other.port}` }];
  });
  const labels = { app: name };
  const container = { name: "main", image: "x", ports: [{ containerPort: targetPort }], env };
  const objects = [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace },
      spec: { type: exposed ? "LoadBalancer" : "ClusterIP", selector: labels, ports: [{ port, targetPort }] },
    },
  ];
  return objects.map((object) => JSON.stringify(object)).join("\n---\n");
}

function estateOf(services: readonly Service[], engine: PolicyEngine = "cilium", more = "") {
  const cluster = `region: westeurope, environments: [prod], network: {policyEngine: ${engine}}, nodePools: [{name: user, mode: System, vmSize: Standard_D4s_v5, count: 3}]`;
  const documents =
    document(
      "Estate",
      "e",
      "{complete: true, environments: [{name: prod}], regions: [{name: westeurope, zones: ['1']}]}",
    ) + document("Cluster", "c", `{${cluster}}`);
  const manifests = services.map((service) => serviceText(service, services)).join("\n---\n");
  return givenTexts({ "estate.yaml": documents, "apps.yaml": `${manifests}\n${more}` });
}

/** What reaches what once the policies are applied, asked of the estate read anew with the files that were written. */
function remaining(services: readonly Service[], engine: PolicyEngine): readonly string[] {
  const files = tenancyPolicies(estateOf(services, engine))?.files ?? new Map<string, string>();
  const estate = estateOf(services, engine, `---\n${[...files.values()].join("---\n")}`);
  return estateReach(estate).flatMap(({ reach }) =>
    reach.workloads.flatMap((from, source) =>
      reach.workloads.flatMap((to, target) => {
        const { certain, possible } = reach.between(source, target);
        expect(formatPorts(possible)).toBe(formatPorts(certain));
        return isEmptyPortSet(certain) ? [] : [`${from.name} -> ${to.name}: ${formatPorts(certain)}`];
      }),
    ),
  );
}

const service = fc.record({
  namespace: fc.constantFrom("one", "two"),
  port: fc.constantFrom(80, 81, 443),
  targetPort: fc.constantFrom(8080, 8081),
  calls: fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 3 }),
  exposed: fc.boolean(),
});
const engine = fc.constantFrom<PolicyEngine>("cilium", "azure", "api-standard", "calico");

test("the policies leave exactly the dependencies, whatever these are and whatever enforces them", () => {
  let edges = 0;
  fc.assert(
    fc.property(fc.array(service, { minLength: 2, maxLength: 6 }), engine, (drawn, name) => {
      const services = drawn.map((each, index) => ({ ...each, name: `s${index}` }));
      const expected = services.flatMap((from) =>
        from.calls.flatMap((index) => {
          const to = services[index];
          return to === undefined || to === from ? [] : [`${from.name} -> ${to.name}: TCP ${to.targetPort}`];
        }),
      );
      edges += expected.length;
      expect([...remaining(services, name)].sort()).toEqual(expected.sort());
      const proof = tenancyPolicies(estateOf(services, name))?.proof;
      expect(proof).toMatchObject({ missing: [], beyond: [], openPairs: expected.length });
    }),
    { numRuns: 60, seed: 11 },
  );
  expect(edges).toBeGreaterThan(50);
});

const caller = { name: "web", namespace: "shop", port: 80, targetPort: 8080, calls: [1], exposed: true };
const callee = { name: "api", namespace: "shop", port: 81, targetPort: 9090, calls: [], exposed: false };

describe("the files", () => {
  test("are the same each time, one a namespace", () => {
    const first = tenancyPolicies(estateOf([caller, callee]));
    expect([...(first?.files.keys() ?? [])]).toEqual(["shop.yaml"]);
    expect(tenancyPolicies(estateOf([caller, callee]))?.files).toEqual(first?.files);
    expect(first?.policies).toBe(4);
  });

  test("say no more than is needed", () => {
    expect(tenancyPolicies(estateOf([caller, callee]))?.files.get("shop.yaml")).toContain(`  name: allow-api
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: api
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: web
      ports:
        - protocol: TCP
          port: 9090
`);
  });
});

describe("the proof", () => {
  test("names pods that no label tells apart", () => {
    const twin = { ...caller, name: "twin", calls: [] };
    const labels = (text: string) => text.replaceAll('"app":"twin"', '"app":"web"');
    const estate = givenTexts({
      "a.yaml": labels([caller, callee, twin].map((each) => serviceText(each, [caller, callee, twin])).join("\n---\n")),
    });
    const proof = tenancyPolicies(estate)?.proof;
    expect(proof?.beyond.map(({ from, to }) => `${from} ${to}`)).toEqual(["shop/Deployment/twin shop/Deployment/api"]);
    expect(proof?.beyond[0]?.because).toBe("no label tells the pods of shop/Deployment/twin from others");
  });

  test("names the policies that the new ones take the place of", () => {
    const open =
      "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: open, namespace: shop}\nspec: {podSelector: {}, ingress: [{}]}\n";
    expect(tenancyPolicies(estateOf([caller, callee], "cilium", open))?.proof.superseded).toEqual(["shop/open"]);
  });

  test("is given for an environment that exists only", () => {
    expect(tenancyPolicies(estateOf([caller]), { environment: "nowhere" })).toBeUndefined();
  });
});
