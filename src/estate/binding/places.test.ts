import { describe, expect, test } from "vitest";
import { complaints, document, givenTexts, webService } from "../testing/given-texts.ts";

const estateDocument = document(
  "Estate",
  "e",
  "{environments: [{name: dev, criticality: low, hours: always}, {name: prod, criticality: high, hours: always}]}",
);

function cluster(name: string, environments: string): string {
  return document("Cluster", name, `{region: westeurope, environments: [${environments}]}`);
}

const clusters = cluster("dev-1", "dev") + cluster("prod-1", "prod") + cluster("prod-2", "prod, dev");

function placesOf(texts: { readonly [path: string]: string }): readonly string[] {
  return givenTexts({ "estate.yaml": estateDocument + clusters, ...texts }).workloads.map(({ id }) => id);
}

test("the agent of delivery is the platform's, unless a tenant claims its namespace", () => {
  const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: reconciler, namespace: flux-system}\n";
  const tenantsOf = (namespaces: string) =>
    givenTexts({
      "estate.yaml": estateDocument + clusters + document("Tenant", "retail", `{namespaces: [${namespaces}]}`),
      "accounts.yaml": account,
    }).objects.map(({ tenant }) => tenant);
  expect(new Set(tenantsOf("shop"))).toEqual(new Set(["platform"]));
  expect(new Set(tenantsOf("flux-system"))).toEqual(new Set(["retail"]));
});

describe("what tells an operator of the cloud what to make", () => {
  const texts = {
    "infra/kustomization.yaml": "resources: [namespace.yaml, pool.yaml]\n",
    "infra/namespace.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: subscription}\n",
    "infra/pool.yaml":
      "apiVersion: containerservice.azure.com/v1api20240901\nkind: ManagedClustersAgentPool\nmetadata: {name: p, namespace: subscription}\n",
  };
  const estateOf = (more: { readonly [path: string]: string }) =>
    givenTexts({ "estate.yaml": estateDocument + clusters, ...texts, ...more });

  test("runs on none of the clusters that it may describe", () => {
    const { objects, assumptions, diagnostics } = estateOf({});
    expect(objects).toEqual([]);
    expect(assumptions.filter(({ subject }) => subject === "Manifests/infra").map(({ id }) => id)).toEqual(["ASM-324"]);
    expect(diagnostics.filter(({ severity }) => severity !== "note")).toEqual([]);
  });

  test("runs on a cluster whose name its folder has", () => {
    const moved = Object.fromEntries(Object.entries(texts).map(([path, text]) => [`prod-1/${path}`, text]));
    const { objects } = givenTexts({ "estate.yaml": estateDocument + clusters, ...moved });
    expect(new Set(objects.map(({ cluster: name }) => name))).toEqual(new Set(["prod-1"]));
  });

  test("runs with what else is in its folder", () => {
    const { objects } = estateOf({
      "infra/kustomization.yaml": "resources: [namespace.yaml, pool.yaml, web.yaml]\n",
      "infra/web.yaml": webService("web", { namespace: "subscription" }),
    });
    expect(objects.some(({ object }) => object.kind === "ManagedClustersAgentPool")).toBe(true);
  });
});

describe("an Application runs", () => {
  test("on every cluster that serves its environments", () => {
    const application = document(
      "Application",
      "shop",
      "{environments: [prod], namespace: shop, manifests: ./web.yaml}",
    );
    expect(placesOf({ "shop.yaml": application, "web.yaml": webService("web") })).toEqual([
      "prod/prod-1/shop/Deployment/web",
      "prod/prod-2/shop/Deployment/web",
    ]);
  });

  test("with the manifests of each cluster, where a path holds {cluster}", () => {
    const application = document(
      "Application",
      "shop",
      "{environments: [dev, prod], namespace: shop, manifests: {dev: ./web.yaml, prod: './clusters/{cluster}'}}",
    );
    const texts = {
      "shop.yaml": application,
      "web.yaml": webService("web"),
      "clusters/prod-1/own.yaml": webService("one"),
      "clusters/prod-2/own.yaml": webService("two"),
    };
    expect(placesOf(texts)).toEqual([
      "dev/dev-1/shop/Deployment/web",
      "dev/prod-2/shop/Deployment/web",
      "prod/prod-1/shop/Deployment/one",
      "prod/prod-2/shop/Deployment/two",
    ]);
  });

  test("where a folder is named like a cluster, or like one of its environments too, when nobody names it", () => {
    expect(
      placesOf({
        "clusters/prod-2/all.yaml": webService("both"),
        "clusters/prod-2/dev/one.yaml": webService("one"),
      }),
    ).toEqual([
      "dev/prod-2/default/Deployment/both",
      "dev/prod-2/default/Deployment/one",
      "prod/prod-2/default/Deployment/both",
    ]);
  });

  test("on the clusters that it names", () => {
    const application = document(
      "Application",
      "shop",
      "{environments: [dev, prod], clusters: {prod: [prod-2], dev: [dev-1]}, namespace: shop, manifests: ./web.yaml}",
    );
    expect(placesOf({ "shop.yaml": application, "web.yaml": webService("web") })).toEqual([
      "dev/dev-1/shop/Deployment/web",
      "prod/prod-2/shop/Deployment/web",
    ]);
  });

  test("with other manifests in each environment", () => {
    const application = document(
      "Application",
      "shop",
      "{clusters: {dev: [dev-1], prod: [prod-1]}, namespace: shop, manifests: {default: ./one, prod: ./two}}",
    );
    const texts = { "shop.yaml": application, "one/a.yaml": webService("small"), "two/a.yaml": webService("large") };
    expect(placesOf(texts)).toEqual(["dev/dev-1/shop/Deployment/small", "prod/prod-1/shop/Deployment/large"]);
  });

  test("where its manifests are, when they are given by environment only", () => {
    const application = document(
      "Application",
      "shop",
      "{clusters: {prod: [prod-1]}, namespace: shop, manifests: {prod: ./two}}",
    );
    expect(placesOf({ "shop.yaml": application, "two/a.yaml": webService("large") })).toEqual([
      "prod/prod-1/shop/Deployment/large",
    ]);
  });

  test("with what is in its namespace, when it names no manifests", () => {
    const application = document(
      "Application",
      "shop",
      "{environments: [prod], clusters: {prod: [prod-1]}, namespace: shop}",
    );
    const estate = givenTexts({
      "estate.yaml": estateDocument + clusters,
      "shop.yaml": application,
      "all.yaml": webService("web", { namespace: "shop" }) + webService("other", { namespace: "elsewhere" }),
    });
    const owned = estate.workloads.filter((workload) => workload.application === "shop").map(({ id }) => id);
    expect(owned).toEqual(["prod/prod-1/shop/Deployment/web"]);
  });
});

describe("what no Application names", () => {
  test("runs where its path says", () => {
    expect(placesOf({ "deploy/dev/web.yaml": webService("web", { namespace: "shop" }) })).toEqual([
      "dev/dev-1/shop/Deployment/web",
      "dev/prod-2/shop/Deployment/web",
    ]);
  });

  test("runs everywhere where it says nothing", () => {
    expect(placesOf({ "web.yaml": webService("web", { namespace: "shop" }) })).toHaveLength(4);
  });

  test("gives way to what an Application names", () => {
    const application = document(
      "Application",
      "shop",
      "{environments: [prod], clusters: {prod: [prod-1]}, namespace: shop, manifests: ./mine}",
    );
    const estate = givenTexts({
      "estate.yaml": estateDocument + clusters,
      "shop.yaml": application,
      "mine/web.yaml": webService("web"),
      "zz/web.yaml": webService("web", { namespace: "shop" }).replace("replicas: 2", "replicas: 7"),
    });
    const replicas = estate.workloads.map(({ id, replicas: { declared } }) => [id, declared]);
    expect(replicas).toContainEqual(["prod/prod-1/shop/Deployment/web", 2]);
    expect(replicas).toContainEqual(["prod/prod-2/shop/Deployment/web", 7]);
    expect(complaints(estate)).toEqual(["EST-224 zz/web.yaml:1:1"]);
  });
});

describe("namespaces", () => {
  test("are the object's own, then the Application's, then default", () => {
    const application = document("Application", "shop", "{namespace: shop, manifests: ./shop}");
    const estate = givenTexts({
      "app.yaml": application,
      "shop/a.yaml": webService("own", { namespace: "kept" }) + webService("lent"),
      "rest.yaml": webService("none"),
    });
    expect(estate.workloads.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([
      "default/none",
      "kept/own",
      "shop/lent",
    ]);
  });

  test("are nothing to cluster-scoped objects, also those of custom kinds", () => {
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: planets.example.org}
spec: {group: example.org, scope: Cluster, names: {kind: Planet, plural: planets}}
---
apiVersion: example.org/v1
kind: Planet
metadata: {name: mars, namespace: ignored}
---
apiVersion: example.org/v1
kind: Moon
metadata: {name: phobos}
`;
    const { objects } = givenTexts({ "a.yaml": crd });
    expect(objects.map(({ object, namespace, tenant }) => [object.kind, namespace, tenant])).toEqual([
      ["CustomResourceDefinition", undefined, "platform"],
      ["Planet", undefined, "platform"],
      ["Moon", "default", "default"],
    ]);
  });
});

describe("tenants", () => {
  const tenants =
    document("Tenant", "retail", "{namespaces: [extra], trust: internal}") +
    document("Tenant", "finance", "{trust: external}");
  const application = document("Application", "shop", "{tenant: retail, namespace: shop, manifests: ./shop}");

  test("own the namespaces that they or their Applications name", () => {
    const estate = givenTexts({
      "docs.yaml":
        tenants + application + document("Cluster", "c", "{components: [{name: ingress-nginx, namespace: edge}]}"),
      "shop/a.yaml": webService("web") + webService("side", { namespace: "extra" }),
      "rest.yaml":
        webService("lost", { namespace: "nobody" }) +
        webService("dns", { namespace: "kube-system" }) +
        webService("proxy", { namespace: "edge" }),
    });
    expect(estate.workloads.map(({ namespace, tenant }) => [namespace, tenant])).toEqual([
      ["edge", "platform"],
      ["extra", "retail"],
      ["kube-system", "platform"],
      ["nobody", "unassigned"],
      ["shop", "retail"],
    ]);
    const owned = new Map(estate.tenants.map(({ name, namespaces }) => [name, namespaces]));
    expect(owned.get("retail")).toEqual(["extra", "shop"]);
    expect(owned.get("unassigned")).toEqual(["nobody"]);
    expect(owned.get("platform")).toContain("edge");
  });

  test("cannot own the same namespace", () => {
    const rival = document("Tenant", "rival", "{namespaces: [extra]}");
    const estate = givenTexts({ "docs.yaml": tenants + rival });
    expect(complaints(estate)).toEqual(["EST-241", "EST-217 docs.yaml:14:21"]);
    expect(estate.tenants.find(({ name }) => name === "retail")?.namespaces).toContain("extra");
  });

  test("do not take the namespaces of the platform by naming them", () => {
    const estate = givenTexts({
      "docs.yaml":
        document("Tenant", "greedy", "{namespaces: [mine, kube-system, edge], trust: external}") +
        document("Tenant", "platform", "{namespaces: [kube-system], trust: hostile}") +
        document("Tenant", "unassigned", "{trust: internal}") +
        document("Cluster", "c", "{components: [{name: ingress-nginx, namespace: edge}]}"),
      "rest.yaml": webService("dns", { namespace: "kube-system" }) + webService("proxy", { namespace: "edge" }),
    });
    const codes = estate.diagnostics.map(({ code }) => code);
    expect(codes.filter((code) => code === "EST-248" || code === "EST-249")).toEqual(["EST-248", "EST-248", "EST-249"]);
    const owned = new Map(estate.tenants.map(({ name, namespaces }) => [name, namespaces]));
    expect(owned.get("greedy")).toEqual(["mine"]);
    expect(owned.get("platform")).toEqual(expect.arrayContaining(["edge", "kube-system"]));
    expect(estate.workloads.map(({ tenant }) => tenant)).toEqual(["platform", "platform"]);
  });

  test("accept to share what their trust allows", () => {
    const estate = givenTexts({
      "docs.yaml":
        document("Tenant", "a", "{trust: team}") +
        document("Tenant", "b", "{trust: internal, accepts: {podsNetwork: shared}}") +
        document("Tenant", "c", "{trust: external}") +
        document("Tenant", "d", "{trust: hostile}"),
    });
    const accepts = (name: string) => estate.tenants.find((tenant) => tenant.name === name)?.accepts;
    expect(new Set(Object.values(accepts("a") ?? {}))).toEqual(new Set(["shared"]));
    expect(accepts("b")).toMatchObject({
      namespace: "separate",
      podsNetwork: "shared",
      nodeCompute: "bounded",
      kernel: "shared",
    });
    expect(accepts("c")).toMatchObject({
      kernel: "separate",
      node: "separate",
      ingress: "bounded",
      cluster: "shared",
    });
    expect(accepts("d")).toMatchObject({
      cluster: "separate",
      controlPlane: "separate",
      kernel: "separate",
      subscription: "shared",
    });
  });

  test("that are hostile and accept a common control plane want what external ones want", () => {
    const estate = givenTexts({
      "docs.yaml": document("Tenant", "d", "{trust: hostile, accepts: {controlPlane: shared}}"),
    });
    expect(estate.tenants[0]?.accepts).toMatchObject({ controlPlane: "shared", cluster: "shared", kernel: "separate" });
  });

  test("of different classes of data want the way out apart too", () => {
    const estate = givenTexts({
      "docs.yaml":
        document("Tenant", "a", "{trust: team, classification: secret}") +
        document("Tenant", "b", "{trust: team, classification: public}"),
    });
    for (const name of ["a", "b"]) {
      expect(estate.tenants.find((tenant) => tenant.name === name)?.accepts).toMatchObject({
        podsNetwork: "separate",
        egress: "separate",
      });
    }
  });
});
