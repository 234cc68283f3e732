import { describe, expect, test } from "vitest";
import { readClusterState } from "./read-cluster-state.ts";
import { deployment, placeYaml, service, stateOf } from "./testing/place-yaml.ts";

const web = deployment("web") + service("web");
const api = deployment("api") + service("api");

function ingress(spec: string, metadata = ""): string {
  return `---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: site${metadata}}\nspec: {${spec}}\n`;
}

const path = (name: string) => `{path: /, backend: {service: {name: ${name}, port: {number: 80}}}}`;
const rule = (host: string, ...paths: string[]) => `{host: ${host}, http: {paths: [${paths.join(", ")}]}}`;

/** Entry points as `name host exposure origin: workloads`. */
function entries(text: string): string[] {
  return stateOf(text).entryPoints.map(
    ({ name, hostname, exposure, origin, workloads }) =>
      `${name} ${hostname} ${exposure} ${origin}: ${workloads.map((id) => id.split("/").at(-1)).join(",")}`,
  );
}

describe("LoadBalancer Services", () => {
  const balancer = (metadata: string) =>
    `---\napiVersion: v1\nkind: Service\nmetadata: {name: lb, annotations: {${metadata}}}\nspec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}\n`;

  test("are public unless AKS is told otherwise, and may have a published name", () => {
    expect(entries(deployment("web") + balancer(""))).toEqual(["lb undefined public loadBalancer: web"]);
    expect(
      entries(deployment("web") + balancer('service.beta.kubernetes.io/azure-load-balancer-internal: "true"')),
    ).toEqual(["lb undefined internal loadBalancer: web"]);
    expect(
      entries(
        deployment("web") + balancer("external-dns.alpha.kubernetes.io/hostname: 'shop.example, www.shop.example'"),
      ),
    ).toEqual(["lb shop.example public loadBalancer: web"]);
  });
});

describe("Ingresses", () => {
  test("one host is one way in to all its backends", () => {
    expect(
      entries(
        web + api + ingress(`ingressClassName: nginx, rules: [${rule("shop.example", path("web"), path("api"))}]`),
      ),
    ).toEqual(["site shop.example public ingress: api,web"]);
  });

  test("several hosts are several ways in", () => {
    expect(
      entries(
        web +
          api +
          ingress(
            `rules: [${rule("a.example", path("web"))}, ${rule("b.example", path("api"))}], defaultBackend: {service: {name: web}}`,
          ),
      ),
    ).toEqual([
      "site:* undefined public ingress: web",
      "site:a.example a.example public ingress: web",
      "site:b.example b.example public ingress: api",
    ]);
  });

  test("the legacy form reads the same", () => {
    const legacy =
      "---\napiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: site}\nspec: {rules: [{host: a.example, http: {paths: [{backend: {serviceName: web, servicePort: 80}}]}}]}\n";
    expect(entries(web + legacy)).toEqual(["site a.example public ingress: web"]);
  });

  test.each([
    [
      "an annotation of its controller",
      ingress(
        `rules: [${rule("a", path("web"))}]`,
        ', annotations: {appgw.ingress.kubernetes.io/use-private-ip: "true"}',
      ),
      "internal",
      [],
    ],
    [
      "the name of its class",
      ingress(`ingressClassName: nginx-internal, rules: [${rule("a", path("web"))}]`),
      "internal",
      ["ASM-133"],
    ],
    ["nothing", ingress(`rules: [${rule("a", path("web"))}]`), "public", ["ASM-132"]],
    [
      "the controller of its class",
      `${ingress(`ingressClassName: inside, rules: [${rule("a", path("web"))}]`)}---\napiVersion: approuting.kubernetes.azure.com/v1alpha1\nkind: NginxIngressController\nmetadata: {name: n}\nspec: {ingressClassName: inside, loadBalancerAnnotations: {service.beta.kubernetes.io/azure-load-balancer-internal: "true"}}\n`,
      "internal",
      [],
    ],
  ])("reach as far as %s says", (_what, text, exposure, assumptions) => {
    const state = stateOf(web + text);
    expect(state.entryPoints.map((entry) => entry.exposure)).toEqual([exposure]);
    expect(state.assumptions.map(({ id }) => id)).toEqual(assumptions);
  });

  test("a backend that is missing is reported with the Service that was meant", () => {
    const { entryPoints, diagnostics } = stateOf(web + ingress(`rules: [${rule("a", path("webb"))}]`));
    expect(entryPoints).toMatchObject([{ workloads: [] }]);
    expect(diagnostics).toMatchObject([{ code: "EST-323", hint: "Did you mean web?", place: { precision: "exact" } }]);
  });

  test("the same on two clusters is one way in to both", () => {
    const text = web + ingress(`rules: [${rule("a.example", path("web"))}]`);
    const { entryPoints } = readClusterState([...placeYaml(text), ...placeYaml(text, { cluster: "neu" })]);
    expect(entryPoints.map(({ name, workloads }) => [name, workloads])).toEqual([
      ["site", ["prod/neu/shop/Deployment/web", "prod/weu/shop/Deployment/web"]],
    ]);
  });
});

describe("routes of a gateway", () => {
  const gateway = (annotations = "") =>
    `---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: edge, namespace: infra}\nspec: {gatewayClassName: azure-alb-external, infrastructure: {annotations: {${annotations}}}, listeners: [{name: a, hostname: a.example}, {name: b, hostname: b.example}]}\n`;
  const route = (spec: string) =>
    `---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec: {${spec}, rules: [{backendRefs: [{name: web, port: 80}, {name: api, weight: 0}]}]}\n`;

  test("take their names from themselves or from the listener they name", () => {
    expect(
      entries(web + gateway() + route("parentRefs: [{name: edge, namespace: infra}], hostnames: [shop.example]")),
    ).toEqual(["r shop.example public gateway: web"]);
    expect(entries(web + gateway() + route("parentRefs: [{name: edge, namespace: infra, sectionName: b}]"))).toEqual([
      "r b.example public gateway: web",
    ]);
  });

  test("are internal where the gateway is", () => {
    const inside = gateway('service.beta.kubernetes.io/azure-load-balancer-internal: "true"');
    expect(
      entries(web + inside + route("parentRefs: [{name: edge, namespace: infra}], hostnames: [a.example]")),
    ).toEqual(["r a.example internal gateway: web"]);
  });

  test("a route of the mesh is no way in; a missing gateway is reported", () => {
    expect(entries(web + route("parentRefs: [{kind: Service, group: '', name: web}]"))).toEqual([]);
    expect(stateOf(web + route("parentRefs: [{name: gone}]")).diagnostics.map(({ code }) => code)).toEqual(["EST-323"]);
  });

  test("VirtualServices count where they are bound to a gateway", () => {
    const virtual = (gateways: string) =>
      `---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: v}\nspec: {hosts: [v.example], gateways: [${gateways}], http: [{route: [{destination: {host: web.shop.svc.cluster.local}}, {destination: {host: api}}]}]}\n`;
    expect(entries(web + api + virtual("infra/edge, mesh"))).toEqual(["v v.example public gateway: api,web"]);
    expect(entries(web + api + virtual("mesh"))).toEqual([]);
  });
});
