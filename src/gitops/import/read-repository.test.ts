import { describe, expect, test } from "vitest";
import { readRepository } from "./read-repository.ts";

const terms = { name: "repo", rootIsWhole: true };
const read = (texts: { readonly [path: string]: string }) => readRepository(new Map(Object.entries(texts)), terms);
const codes = (texts: { readonly [path: string]: string }) => read(texts).diagnostics.map(({ code }) => code);
const json = (value: unknown) => JSON.stringify(value);

function deployment(name: string, namespace: string): string {
  const spec = {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: {} },
  };
  return json({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name, namespace }, spec });
}

function flux(name: string, path: string, more: object = {}, version = "v1"): string {
  return json({
    apiVersion: `kustomize.toolkit.fluxcd.io/${version}`,
    kind: "Kustomization",
    metadata: { name, namespace: "flux-system" },
    spec: { path, prune: true, sourceRef: { kind: "GitRepository", name: "flux-system" }, ...more },
  });
}

function overlay(resources: readonly string[]): string {
  return json({ apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", resources });
}

function application(name: string, source: object, more: object = {}): string {
  const spec = { project: "default", destination: { name: "prod-weu", namespace: "shop" }, source, ...more };
  return json({ apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { name }, spec });
}

const url = "https://git.example.com/estate.git";

describe("a repository of Flux", () => {
  const repository = {
    "clusters/production/apps.yaml": flux("apps", "./apps/production", { dependsOn: [{ name: "infra" }] }),
    "clusters/production/infra.yaml": flux("infra", "./infrastructure", {}, "v1beta2"),
    "clusters/staging/apps.yaml": flux("apps", "./apps/staging"),
    "apps/base/web.yaml": deployment("web", "shop"),
    "apps/base/kustomization.yaml": overlay(["web.yaml"]),
    "apps/production/kustomization.yaml": overlay(["../base"]),
    "apps/staging/kustomization.yaml": overlay(["../base"]),
    "infrastructure/cert-manager.yaml": json({
      apiVersion: "helm.toolkit.fluxcd.io/v2beta1",
      kind: "HelmRelease",
      metadata: { name: "cert-manager", namespace: "cert-manager" },
      spec: {
        chart: {
          spec: { chart: "cert-manager", version: "1.16.1", sourceRef: { kind: "HelmRepository", name: "jetstack" } },
        },
      },
    }),
  };

  test("delivers folders to the clusters that its folders name", () => {
    const { agent, clusters, deliveries } = read(repository);
    expect(agent).toBe("flux");
    expect(clusters.map(({ name }) => name)).toEqual(["production", "staging"]);
    expect(deliveries.map(({ cluster, source }) => [cluster, source.path])).toEqual([
      ["production", "apps/production"],
      ["staging", "apps/staging"],
    ]);
  });

  test("takes a chart from elsewhere as a component, and says that its objects are not known", () => {
    const { components, diagnostics } = read(repository);
    expect(components).toEqual([
      { cluster: "production", name: "cert-manager", version: "1.16.1", namespace: "cert-manager" },
    ]);
    expect(diagnostics.map(({ code, place }) => [code, place?.source])).toEqual([
      ["EST-971", "infrastructure/cert-manager.yaml"],
      ["EST-977", "clusters/production/infra.yaml"],
      ["EST-977", "infrastructure/cert-manager.yaml"],
    ]);
  });

  test("ends at circles of paths, and reports circles of waiting", () => {
    const texts = {
      "clusters/a/root.yaml": flux("root", "./clusters/a"),
      "clusters/a/one.yaml": flux("one", "./one", { dependsOn: [{ name: "two" }] }),
      "clusters/a/two.yaml": flux("two", "./two", { dependsOn: [{ name: "one" }] }),
      "one/web.yaml": deployment("web", "one"),
      "two/web.yaml": deployment("web", "two"),
    };
    const { deliveries, diagnostics } = read(texts);
    expect(deliveries).toHaveLength(2);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining("Kustomization one, Kustomization two wait for each other in a circle"),
    ]);
  });

  test("reports a path that is not there, and one that is delivered twice, at their fields", () => {
    const { diagnostics, deliveries } = read({
      "clusters/a/all.yaml": `${flux("gone", "./gone")}\n---\n${flux("one", "./one")}\n---\n${flux("again", "one/")}\n`,
      "one/web.yaml": deployment("web", "one"),
    });
    expect(deliveries.map(({ name }) => name)).toEqual(["one"]);
    expect(diagnostics.map(({ code, place }) => [code, place?.line])).toEqual([
      ["EST-970", 1],
      ["EST-973", 5],
    ]);
  });

  test("says what a Kustomization changes beyond its folder, and only where there is something to replace", () => {
    const substitute = { postBuild: { substitute: { region: "westeurope" } } };
    const plain = { "clusters/a/one.yaml": flux("one", "./one", substitute), "one/web.yaml": deployment("web", "one") };
    expect(codes(plain)).toEqual([]);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Flux that replaces it
    expect(codes({ ...plain, "one/web.yaml": deployment("web-${region}", "one") })).toEqual(["EST-972"]);
    expect(codes({ ...plain, "clusters/a/one.yaml": flux("one", "./one", { images: [{ name: "x" }] }) })).toEqual([
      "EST-972",
    ]);
  });

  test("follows artifacts that a generator composes of folders of the repository", () => {
    const generator = {
      apiVersion: "source.extensions.fluxcd.io/v1beta1",
      kind: "ArtifactGenerator",
      metadata: { name: "flux-system" },
      spec: {
        artifacts: [{ name: "apps", copy: [{ from: "@repo/apps/production/**", to: "@artifact/production/" }] }],
      },
    };
    const { deliveries, diagnostics } = read({
      "clusters/production/artifacts.yaml": json(generator),
      "clusters/production/apps.yaml": flux("apps", "./production", {
        sourceRef: { kind: "ExternalArtifact", name: "apps" },
      }),
      "clusters/production/other.yaml": flux("other", "./x", { sourceRef: { kind: "ExternalArtifact", name: "none" } }),
      "apps/production/web.yaml": deployment("web", "shop"),
    });
    expect(deliveries.map(({ source }) => source.path)).toEqual(["apps/production"]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-971"]);
  });

  test("takes a chart of the repository with its values, and accounts as tenants", () => {
    const release = {
      apiVersion: "helm.toolkit.fluxcd.io/v2",
      kind: "HelmRelease",
      metadata: { name: "shop", namespace: "flux-system" },
      spec: {
        serviceAccountName: "reconciler-retail",
        targetNamespace: "shop",
        releaseName: "shop",
        values: { replicas: 2 },
        chart: {
          spec: {
            chart: "./charts/shop",
            valuesFiles: ["./charts/shop/values.yaml", "./charts/shop/prod.yaml"],
            sourceRef: { kind: "GitRepository", name: "estate" },
          },
        },
      },
    };
    const { deliveries } = read({
      "clusters/prod/shop.yaml": flux("shop", "./clusters/prod/releases"),
      "clusters/prod/releases/shop.yaml": json(release),
      "charts/shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
      "charts/shop/values.yaml": "{}\n",
      "charts/shop/prod.yaml": "{}\n",
    });
    expect(deliveries).toMatchObject([
      {
        tenant: "retail",
        namespace: "shop",
        source: {
          kind: "chart",
          path: "charts/shop",
          values: ["charts/shop/prod.yaml"],
          inlineValues: { replicas: 2 },
        },
      },
    ]);
  });

  test("reads the Flux configurations of AKS from templates and from objects of the service operator", () => {
    const kustomizations = { apps: { path: "./apps", dependsOn: [], prune: true } };
    const arm = {
      resources: [
        {
          type: "Microsoft.KubernetesConfiguration/fluxConfigurations",
          name: "estate",
          scope: "[resourceId('Microsoft.ContainerService/managedClusters', 'prod-weu')]",
          properties: { sourceKind: "GitRepository", kustomizations },
        },
      ],
    };
    const operator = {
      apiVersion: "kubernetesconfiguration.azure.com/v1api20230501",
      kind: "FluxConfiguration",
      metadata: { name: "estate" },
      spec: { owner: { name: "prod-neu" }, kustomizations },
    };
    const { clusters } = read({
      "infra/main.json": json(arm),
      "infra/flux.yaml": json(operator),
      "apps/web.yaml": deployment("web", "shop"),
    });
    expect(clusters.map(({ name }) => name)).toEqual(["prod-neu", "prod-weu"]);
  });
});

describe("a repository of Argo CD", () => {
  const shop = { "apps/shop/prod/web.yaml": deployment("web", "shop") };
  const project = json({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: "retail" },
    spec: {
      destinations: [{ name: "prod-weu", namespace: "shop" }],
      roles: [{ name: "owner", groups: ["retail-team"] }],
    },
  });

  test("delivers Applications to their destinations, with projects as tenants", () => {
    const { agent, deliveries, tenants } = read({
      ...shop,
      "argocd/project.yaml": project,
      "argocd/shop.yaml": application("shop", { repoURL: url, path: "apps/shop/prod" }, { project: "retail" }),
    });
    expect(agent).toBe("argocd");
    expect(deliveries).toMatchObject([{ cluster: "prod-weu", tenant: "retail", namespace: "shop" }]);
    expect(tenants).toEqual([{ name: "retail", owners: ["retail-team"], namespaces: ["shop"] }]);
  });

  test("expands both template languages, and follows applications of applications", () => {
    const set = (goTemplate: boolean, name: string, path: string) =>
      json({
        apiVersion: "argoproj.io/v1alpha1",
        kind: "ApplicationSet",
        metadata: { name: "apps" },
        spec: {
          goTemplate,
          generators: [{ git: { repoURL: url, revision: "main", directories: [{ path: "apps/shop/*" }] } }],
          template: {
            metadata: { name },
            spec: {
              destination: { name: "{{path.basename}}".replace("path", goTemplate ? ".path" : "path") },
              source: { repoURL: url, path },
            },
          },
        },
      });
    for (const text of [
      set(true, "{{ .path.basename }}-shop", "{{ .path.path }}"),
      set(false, "{{path.basename}}-shop", "{{path}}"),
    ]) {
      const found = read({
        ...shop,
        "root/root.yaml": application("root", { repoURL: url, path: "sets" }),
        "sets/apps.yaml": text,
      });
      expect(found.diagnostics).toEqual([]);
      expect(found.deliveries.map(({ name, cluster }) => [name, cluster])).toEqual([["prod-shop", "prod"]]);
    }
  });

  test("reports an ApplicationSet that asks clusters, a remote chart, another repository and a missing path", () => {
    const clusters = json({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "ApplicationSet",
      metadata: { name: "everywhere" },
      spec: { generators: [{ clusters: {} }], template: {} },
    });
    const found = read({
      ...shop,
      "a.yaml": clusters,
      "b.yaml": application("redis", {
        repoURL: "https://charts.example.com",
        chart: "redis",
        targetRevision: "21.1.3",
      }),
      "c.yaml": application("other", { repoURL: "https://git.example.com/other.git", path: "apps/shop/prod" }),
      "d.yaml": application("gone", { repoURL: url, path: "gone" }),
      "e.yaml": application("shop", { repoURL: url, path: "apps/shop/prod" }),
      "f.yaml": application("shop-again", { repoURL: url, path: "apps/shop/prod" }),
    });
    expect(found.diagnostics.map(({ code, place }) => `${code} ${place?.source}`)).toEqual([
      "EST-975 a.yaml",
      "EST-971 b.yaml",
      "EST-971 c.yaml",
      "EST-970 d.yaml",
      "EST-973 f.yaml",
    ]);
    expect(found.components).toEqual([{ cluster: "prod-weu", name: "redis", version: "21.1.3", namespace: "shop" }]);
  });
});

describe("folders that no agent is told of", () => {
  test("base, environments and clusters: each folder below clusters/ is a cluster", () => {
    const { clusters, deliveries } = read({
      "base/web.yaml": deployment("web", "ingress"),
      "base/kustomization.yaml": overlay(["web.yaml"]),
      "environments/prod/kustomization.yaml": overlay(["../../base"]),
      "clusters/shop-prod-aks/kustomization.yaml": overlay(["../../environments/prod"]),
    });
    expect(clusters).toEqual([{ name: "shop-prod-aks" }]);
    expect(deliveries).toMatchObject([{ name: "repo", cluster: "shop-prod-aks", namespace: "ingress" }]);
  });

  test("overlays are environments, and so are values of charts", () => {
    const { deliveries } = read({
      "shop/base/web.yaml": deployment("web", "shop"),
      "shop/base/kustomization.yaml": overlay(["web.yaml"]),
      "shop/overlays/dev/kustomization.yaml": overlay(["../../base"]),
      "shop/overlays/prod/kustomization.yaml": overlay(["../../base"]),
      "charts/pay/Chart.yaml": "apiVersion: v2\nname: pay\nversion: 1.0.0\n",
      "charts/pay/values-dev.yaml": "{}\n",
      "environments/prod/pay.yaml": "{}\n",
    });
    expect(deliveries.map(({ name, environment, source }) => [name, environment, source.path])).toEqual([
      ["shop", "dev", "shop/overlays/dev"],
      ["shop", "prod", "shop/overlays/prod"],
      ["pay", "dev", "charts/pay"],
      ["pay", "prod", "charts/pay"],
    ]);
  });

  test("a folder of manifests is named as a whole, unless it holds something else", () => {
    const all = { "a/one.yaml": deployment("one", "x"), "a/b/two.yaml": deployment("two", "x") };
    expect(read(all).deliveries.map(({ source }) => source.path)).toEqual(["."]);
    const mixed = { ...all, "a/b/values.yaml": "replicas: 2\n" };
    expect(read(mixed).deliveries.map(({ source }) => source.path)).toEqual(["a/b/two.yaml", "a/one.yaml"]);
  });

  test("nothing and rubbish are no estate, and end", () => {
    for (const texts of [{}, { "a.yaml": "{{{" }, { "a.yaml": "- 1\n" }, { "x/kustomization.yaml": overlay(["../x"]) }])
      expect(read(texts).deliveries).toEqual([]);
  });
});
