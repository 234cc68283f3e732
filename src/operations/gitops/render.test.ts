import { beforeAll, describe, expect, test } from "vitest";
import { sourceReader } from "../../adapters/filesystem/read-sources.ts";
import { chartRenderer } from "../../adapters/helm/render-chart.ts";
import { asObject } from "../../estate/kubernetes/json-value.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { document, givenTexts, webService } from "../../estate/testing/given-texts.ts";
import type { FolderState } from "../../gitops/regeneration/plan-changes.ts";
import { readEstate } from "../read-estate.ts";
import { type RenderedRepository, type RenderOptions, renderRepository } from "./render.ts";
import { RepositorySchema, repositorySchemaMatches } from "./repository-schema.ts";
import { verifyDelivery } from "./verify-delivery.ts";

const nothing: FolderState = { files: new Map(), uncommitted: undefined };
const options: RenderOptions = {
  packaging: "kustomize",
  agent: "flux",
  source: { url: "https://git.example.com/estate.git", branch: "main" },
  force: false,
};

function folderOf({ changes }: RenderedRepository, before: FolderState = nothing): FolderState {
  const files = new Map(before.files);
  for (const { path, after } of changes) {
    if (after === undefined) files.delete(path);
    else files.set(path, after);
  }
  return { files, uncommitted: undefined };
}

let nordwind: Estate;

beforeAll(async () => {
  nordwind = (await readEstate(["examples/nordwind"], { sources: sourceReader, charts: chartRenderer })).estate;
});

describe("rendering the repository of an estate", () => {
  test.each([
    ["kustomize", "flux"],
    ["kustomize", "argocd"],
    ["helm", "flux"],
    ["helm", "argocd"],
  ] as const)("%s for %s is whole, and a second render changes nothing", (packaging, agent) => {
    const first = renderRepository(nordwind, nothing, { ...options, packaging, agent });
    expect(first.refused).toBe(false);
    expect(RepositorySchema.safeParse(first.report).error).toBeUndefined();
    const second = renderRepository(nordwind, folderOf(first), { ...options, packaging, agent });
    expect(second.changes).toEqual([]);
    expect(second.report.files.unchanged).toBe(first.report.files.added - 2);
  });

  test("the published schema is that of the report", () => {
    expect(repositorySchemaMatches).toBe(true);
  });

  test("the cloud side is written where a language is asked for", () => {
    const rendered = renderRepository(nordwind, nothing, { ...options, cloud: "serviceOperator" });
    expect(rendered.refused).toBe(false);
    expect(rendered.changes.some(({ path }) => path.startsWith("infra/service-operator/"))).toBe(true);
  });

  test("a language is written, or refused where nothing writes it", () => {
    const rendered = renderRepository(nordwind, nothing, { ...options, cloud: "crossplane" });
    const isWritten = rendered.changes.some(({ path }) => path.startsWith("infra/"));
    expect([rendered.refused, rendered.diagnostics.some(({ code }) => code === "EST-964")]).toEqual([
      !isWritten,
      !isWritten,
    ]);
  });

  test("values of somebody's own beside a leaf come last, and stay", () => {
    const path = "clusters/prod-weu/apps/orders/overrides/values.yaml";
    const helm = { ...options, packaging: "helm" } as const;
    const before = folderOf(renderRepository(nordwind, nothing, helm));
    const own: FolderState = { files: new Map([...before.files, [path, "global: {}\n"]]), uncommitted: undefined };
    const rendered = renderRepository(nordwind, own, helm);
    expect(rendered.refused).toBe(false);
    const after = folderOf(rendered, own).files;
    expect(after.get(path)).toBe("global: {}\n");
    const release = after.get("clusters/prod-weu/flux/releases/orders/release.yaml") ?? "";
    expect(
      release
        .match(/^ {8}- .*$/gm)
        ?.at(-1)
        ?.trim(),
    ).toBe(`- ./${path}`);
  });

  describe("what changes of the infrastructure", () => {
    /** Prod in the west, one version and pool upgrade ahead. */
    const upgraded = (): Estate => ({
      ...nordwind,
      clusters: nordwind.clusters.map((cluster) =>
        cluster.name === "prod-weu"
          ? {
              ...cluster,
              kubernetesVersion: "1.35",
              nodePools: cluster.nodePools.map((pool) => ({ ...pool, kubernetesVersion: "1.35" })),
            }
          : cluster,
      ),
    });
    const versions = ({ files }: FolderState) => {
      const text = [...files]
        .flatMap(([path, content]) => (path.startsWith("infra/bicep/") ? [content] : []))
        .join("\n");
      return {
        cluster: /kubernetesVersion: '1\.35'/.test(text),
        pools: /orchestratorVersion: '1\.35'/.test(text),
      };
    };

    test("is told with its effects and stages, and nothing is known at first", () => {
      const first = renderRepository(nordwind, nothing, { ...options, cloud: "bicep" });
      expect(first.report.infrastructure).toBeUndefined();
      const folder = folderOf(first);
      const same = renderRepository(nordwind, folder, { ...options, cloud: "bicep" });
      expect(same.report.infrastructure).toEqual({ changes: [], otherResources: 0, stages: 0 });
      const { report } = renderRepository(upgraded(), folder, { ...options, cloud: "terraform" });
      expect(RepositorySchema.safeParse(report).error).toBeUndefined();
      expect(report.infrastructure?.stages).toBe(2);
      expect(report.infrastructure?.changes[0]).toMatchObject({
        stage: 1,
        resource: "cluster prod-weu",
        path: "properties.kubernetesVersion",
        before: "1.34",
        after: "1.35",
        effects: { bicep: "rolling", terraform: "rolling" },
      });
      const pools = report.infrastructure?.changes.filter(({ stage }) => stage === 2) ?? [];
      expect(pools.map(({ resource }) => resource)).toContain("pool prod-weu/general");
    });

    test("is written stage by stage, and each stage is what the next begins from", () => {
      const before = folderOf(renderRepository(nordwind, nothing, { ...options, cloud: "bicep" }));
      const stage = renderRepository(upgraded(), before, { ...options, cloud: "bicep", stage: 1 });
      expect(stage.report.stage).toBe(1);
      const half = folderOf(stage, before);
      expect(versions(half)).toEqual({ cluster: true, pools: false });
      const rest = renderRepository(upgraded(), half, { ...options, cloud: "bicep", stage: 2 });
      expect(rest.report.infrastructure?.changes.every(({ resource }) => resource.startsWith("pool prod-weu/"))).toBe(
        true,
      );
      const whole = folderOf(rest, half);
      expect(versions(whole)).toEqual({ cluster: true, pools: true });
      const atOnce = folderOf(renderRepository(upgraded(), before, { ...options, cloud: "bicep" }), before);
      expect(whole.files).toEqual(atOnce.files);
    });

    test("a controller that brings all at once is warned of, until a stage is asked for", () => {
      const cloud = "serviceOperator";
      const before = folderOf(renderRepository(nordwind, nothing, { ...options, cloud }));
      const codes = ({ diagnostics }: RenderedRepository) => diagnostics.map(({ code }) => code);
      expect(codes(renderRepository(upgraded(), before, { ...options, cloud }))).toContain("EST-965");
      expect(codes(renderRepository(upgraded(), before, { ...options, cloud, stage: 1 }))).not.toContain("EST-965");
    });

    test("a picture that nobody can read is none", () => {
      const files = new Map([[".scantling/infrastructure.json", "[3]"]]);
      const { report } = renderRepository(
        nordwind,
        { files, uncommitted: undefined },
        { ...options, cloud: "bicep", force: true },
      );
      expect(report.infrastructure).toBeUndefined();
    });
  });

  test("packagings and agents deliver the same", () => {
    const { units } = renderRepository(nordwind, nothing, options);
    expect(verifyDelivery(nordwind, units).map(({ holds }) => holds)).toEqual([true, true, true]);
  });

  test("most of what places share is written once", () => {
    const { repetition } = renderRepository(nordwind, nothing, options).report;
    expect(repetition.saved).toBeGreaterThan(0.65);
  });

  test("every patch names its object, and every leaf has one base", () => {
    const { changes } = renderRepository(nordwind, nothing, options);
    const kustomizations = changes.filter(({ path }) => path.endsWith("/kustomization.yaml"));
    for (const { after = "" } of kustomizations) {
      for (const target of after.split("target:\n").slice(1))
        expect(target).toMatch(/kind: .*\n\s+name: .*\n(\s+namespace: .*\n)?/);
    }
    const leaves = kustomizations.filter(({ path }) => /^clusters\/[^/]+\/(apps|platform)\//.test(path));
    for (const { after = "" } of leaves) expect(after.match(/\/base$/gm)).toHaveLength(1);
  });

  test("a change of one application touches its files and those that list them", () => {
    const before = folderOf(renderRepository(nordwind, nothing, options));
    const changed = {
      ...nordwind,
      objects: nordwind.objects.filter(({ object }) => !(object.name === "tax" && object.kind === "NetworkPolicy")),
    };
    const paths = renderRepository(changed, before, options).changes.map(({ path }) => path);
    expect(paths).toContain("apps/orders/base/networkpolicy-tax.yaml");
    expect(paths.filter((path) => path.startsWith("apps/")).every((path) => path.startsWith("apps/orders/"))).toBe(
      true,
    );
  });

  test("another number of replicas in one environment touches the files of its unit alone", () => {
    const all = { ...options, cloud: "terraform" } as const;
    const before = folderOf(renderRepository(nordwind, nothing, all));
    const replicas = (each: Estate["objects"][number]) => ({ ...asObject(each.object.value.spec), replicas: 3 });
    const changed = {
      ...nordwind,
      objects: nordwind.objects.map((each) =>
        each.object.kind === "Deployment" && each.object.name === "tax" && each.environment === "staging"
          ? { ...each, object: { ...each.object, value: { ...each.object.value, spec: replicas(each) } } }
          : each,
      ),
    };
    const paths = renderRepository(changed, before, all).changes.map(({ path }) => path);
    expect(paths).toEqual([
      ".scantling/generated.json",
      ".scantling/manifest.json",
      "apps/orders/components/env/staging/deployment-tax.patch.yaml",
      "apps/orders/components/env/staging/kustomization.yaml",
    ]);
  });

  test("values that people fill in are theirs, and what comes to lack is told", () => {
    const cloud = { ...options, cloud: "serviceOperator" } as const;
    const path = "infra/service-operator/nordwind-prod/parameters.yaml";
    const before = folderOf(renderRepository(nordwind, nothing, cloud));
    expect(before.files.get(path)).toMatch(/^# Fill in these values/);
    const files = new Map([...before.files, [path, "data: {tenantId: 1-2-3}\n"]]);
    const { changes, diagnostics, refused } = renderRepository(nordwind, { files, uncommitted: undefined }, cloud);
    expect([refused, changes]).toEqual([false, []]);
    const [missing] = diagnostics.filter(({ code }) => code === "EST-949");
    expect(missing?.message).toContain("clusterAdminGroupObjectId");
    expect(missing?.message).not.toContain("tenantId");
  });

  test("pipelines bring what all share, then what is tried in, and production last", () => {
    const { changes } = renderRepository(nordwind, nothing, { ...options, cloud: "terraform" });
    const workflow = changes.find(({ path }) => path === ".github/workflows/infra-terraform.yaml")?.after ?? "";
    expect(workflow.match(/^ {2}apply_\w+/gm)).toEqual([
      "  apply_s_nordwind_prod_shared",
      "  apply_s_nordwind_nonprod",
      "  apply_s_nordwind_prod",
      "  apply_s_nordwind_prod_rights",
    ]);
    expect(workflow).toContain("needs: [apply_s_nordwind_nonprod, apply_s_nordwind_prod_shared]");
    const shared = changes.filter(({ path }) => path.startsWith("infra/terraform/nordwind-prod-shared/"));
    expect(shared.map(({ path }) => path)).toContain("infra/terraform/nordwind-prod-shared/shared.tf");
  });

  test("overrides of somebody's own come last in their leaf and are never touched", () => {
    const before = folderOf(renderRepository(nordwind, nothing, options));
    const own = "clusters/prod-weu/apps/orders/overrides/kustomization.yaml";
    const files = new Map([...before.files, [own, "kind: Component\n"]]);
    const { changes, refused } = renderRepository(nordwind, { files, uncommitted: undefined }, options);
    expect(refused).toBe(false);
    const leaf = changes.find(({ path }) => path === "clusters/prod-weu/apps/orders/kustomization.yaml");
    expect(leaf?.after).toMatch(/components:\n(?:.*\n)*? {2}- overrides\n/);
    expect(changes.map(({ path }) => path)).not.toContain(own);
  });

  test("facts are read from the folder, and their file is written once", () => {
    const first = folderOf(renderRepository(nordwind, nothing, options));
    const facts = "clusters/dev-weu/facts.yaml";
    expect(first.files.get(facts)).toContain("retail-engineering:");
    const filled = new Map([...first.files, [facts, "groups: {retail-engineering: 1-2-3}\n"]]);
    const { changes } = renderRepository(nordwind, { files: filled, uncommitted: undefined }, options);
    expect(changes.map(({ path }) => path)).not.toContain(facts);
    expect(changes.some(({ after }) => after?.includes('name: "1-2-3"') === true)).toBe(true);
  });

  test("only the clusters that are asked for are written", () => {
    const { changes } = renderRepository(nordwind, nothing, { ...options, clusters: ["prod-neu"] });
    const clusters = changes.flatMap(({ path }) => /^clusters\/([^/]+)/.exec(path)?.[1] ?? []);
    expect(new Set(clusters)).toEqual(new Set(["prod-neu"]));
  });

  test("a name that Kubernetes refuses stops everything", () => {
    const estate = givenTexts({ "all.yaml": webService("Web", { namespace: "front" }) });
    const rendered = renderRepository(estate, nothing, options);
    expect(rendered.refused).toBe(true);
    expect(rendered.diagnostics.map(({ code }) => code)).toContain("EST-950");
  });

  test("an estate without objects gives nothing to write", () => {
    const estate = givenTexts({ "estate.yaml": document("Estate", "e", "{complete: true}") });
    expect(renderRepository(estate, nothing, options).refused).toBe(true);
  });
});
