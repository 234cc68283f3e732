import { describe, expect, test } from "vitest";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { givenTexts } from "../../estate/testing/given-texts.ts";
import type { DeliveryLeaf, DeliveryUnit } from "../delivery/delivery-unit.ts";
import { helmPackaging } from "../helm/helm-packaging.ts";
import { kustomizePackaging } from "../kustomize/kustomize-packaging.ts";
import type { Packaging } from "../packaging.ts";
import { fluxAgent } from "./flux-agent.ts";

function leaf(cluster: string, environment: string, kind: string): DeliveryLeaf {
  const object = { apiVersion: "apps/v1", kind, metadata: { name: "web", namespace: "shop" }, spec: {} };
  const policy = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "web", namespace: "shop" },
    spec: {},
  };
  return { environment, ring: undefined, region: "weu", cluster, objects: [object, policy] };
}

const units: readonly DeliveryUnit[] = [
  {
    tree: "apps",
    name: "shop",
    namespace: "shop",
    tenant: "retail",
    dependsOn: ["platform/retail"],
    leaves: [leaf("one", "dev", "Deployment"), leaf("one", "test", "Deployment"), leaf("two", "prod", "Deployment")],
  },
  {
    tree: "platform",
    name: "retail",
    namespace: undefined,
    tenant: "retail",
    dependsOn: [],
    leaves: [leaf("one", "dev", "Namespace"), leaf("two", "prod", "Namespace")],
  },
];

function filesOf(packaging: Packaging, url = "https://git.example.com/estate.git") {
  const files = fluxAgent.files({
    estate: givenTexts({}),
    units,
    packaging,
    source: { url, branch: "main" },
    facts: new Map(),
  });
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return (path: string) =>
    readYaml(texts.get(path) ?? "", path).documents.map(({ value }) => value as { readonly spec?: unknown });
}

describe("Flux", () => {
  test("delivers every leaf in the order of what needs what, with the rights of its tenant", () => {
    const [entry] = filesOf(kustomizePackaging())("clusters/two/flux/shop.yaml");
    expect(entry?.spec).toEqual({
      interval: "10m",
      retryInterval: "1m",
      timeout: "5m",
      prune: true,
      wait: false,
      force: false,
      path: "./clusters/two/apps/shop/prod",
      sourceRef: { kind: "GitRepository", name: "estate" },
      dependsOn: [{ name: "platform-retail" }, { name: "tenant-retail" }],
      serviceAccountName: "reconciler-retail",
      healthChecks: [{ apiVersion: "apps/v1", kind: "Deployment", name: "web", namespace: "shop" }],
    });
  });

  test("tells two environments of one cluster apart", () => {
    const read = filesOf(kustomizePackaging());
    const paths = ["shop-dev", "shop-test"].map((name) => read(`clusters/one/flux/${name}.yaml`)[0]?.spec);
    expect(paths).toMatchObject([{ path: "./clusters/one/apps/shop/dev" }, { path: "./clusters/one/apps/shop/test" }]);
  });

  test("lets a reconciler write what is delivered to its namespaces, and nothing else", () => {
    const documents = filesOf(kustomizePackaging())("clusters/two/flux/tenants/retail/reconciler-retail.yaml");
    expect(documents).toMatchObject([
      { kind: "ServiceAccount", metadata: { name: "reconciler-retail", namespace: "flux-system" } },
      {
        kind: "Role",
        metadata: { namespace: "shop" },
        rules: [
          { apiGroups: ["apps"], resources: ["deployments"] },
          { apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"] },
        ],
      },
      { kind: "RoleBinding", roleRef: { kind: "Role", name: "reconciler-retail" } },
    ]);
  });

  test("delivers charts as releases of the commit, with their values in order", () => {
    const read = filesOf(helmPackaging());
    expect(read("clusters/two/flux/shop.yaml")[0]?.spec).toMatchObject({
      path: "./clusters/two/flux/releases/shop",
      wait: true,
    });
    expect(read("clusters/two/flux/releases/shop/release.yaml")[0]?.spec).toMatchObject({
      releaseName: "shop",
      serviceAccountName: "reconciler-retail",
      chart: { spec: { chart: "./apps/shop/chart", reconcileStrategy: "Revision" } },
      driftDetection: { mode: "enabled" },
    });
  });

  test("is bootstrapped by a source and a root, with a secret where the address needs one", () => {
    const read = filesOf(kustomizePackaging(), "ssh://git@git.example.com/estate.git");
    expect(read("clusters/two/flux/bootstrap/source.yaml")[0]?.spec).toMatchObject({
      ref: { branch: "main" },
      secretRef: { name: "estate-git" },
    });
    expect(read("clusters/two/flux/bootstrap/root.yaml")[0]?.spec).toMatchObject({
      path: "./clusters/two/flux",
      prune: true,
    });
  });
});
