import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sourceReader } from "../../src/adapters/filesystem/read-sources.ts";
import { renderChart } from "../../src/adapters/helm/render-chart.ts";
import { repositoryFolder } from "../../src/adapters/repository/repository-folder.ts";
import type { Estate } from "../../src/estate/model/estate.ts";
import type { RenderedChart } from "../../src/estate/sources/chart.ts";
import { objectKeyOf, objectKeyText } from "../../src/gitops/delivery/object-key.ts";
import { canonicalText } from "../../src/gitops/repository/canonical-text.ts";
import { estateDocuments } from "../../src/operations/gitops/estate-documents.ts";
import { importRepository } from "../../src/operations/gitops/import-repository.ts";
import { type RenderedRepository, type RenderOptions, renderRepository } from "../../src/operations/gitops/render.ts";
import type { ChartRenderer } from "../../src/operations/ports.ts";
import { type ReadEstate, readEstate } from "../../src/operations/read-estate.ts";
import { kubeToolPath, skipsWithoutKubeTools } from "../tools/kubectl.ts";

const skipped = skipsWithoutKubeTools();
const work = mkdtempSync(join(tmpdir(), "scantling-import-"));
const nothing = { files: new Map<string, string>(), uncommitted: undefined };
const renderings = new Map<string, Promise<RenderedChart>>();
/** Each chart is rendered once. */
const charts: ChartRenderer = {
  render: (request, signal) => {
    const known = renderings.get(request.key) ?? renderChart(request, signal, { executable: kubeToolPath("helm") });
    renderings.set(request.key, known);
    return known;
  },
};
const read = (path: string): Promise<ReadEstate> => readEstate([path], { sources: sourceReader, charts });

function optionsOf(packaging: RenderOptions["packaging"], agent: RenderOptions["agent"]): RenderOptions {
  const source = { url: "https://git.example.com/estate.git", branch: "main" };
  return { packaging, agent, source, force: false };
}

/** Every object that is to be on a cluster, by place and identity. */
function delivered({ units }: RenderedRepository): ReadonlyMap<string, string> {
  return new Map(
    units.flatMap(({ leaves }) =>
      leaves.flatMap(({ cluster, environment, objects }) =>
        objects.map((object): [string, string] => [
          `${cluster} ${environment} ${objectKeyText(objectKeyOf(object))}`,
          canonicalText(object),
        ]),
      ),
    ),
  );
}

/** What is declared of the parts of an estate, without where it is declared. */
function model({ environments, clusters, tenants, applications }: Estate): unknown {
  return JSON.parse(canonicalText({ environments, clusters, tenants, applications }));
}

async function imported(from: string, to: string) {
  const sources = await sourceReader.read([from]);
  const result = await importRepository(sources, nothing, { to, startedIn: process.cwd(), force: false, charts });
  expect(result.refused).toBe(false);
  await repositoryFolder.apply(to, result.changes);
  return { ...result, read: await read(to) };
}

describe.skipIf(skipped)("importing what a render wrote gives the same estate", () => {
  let source: ReadEstate;

  beforeAll(async () => {
    source = await read("examples/nordwind");
  });

  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  test.each([
    ["kustomize", "flux"],
    ["kustomize", "argocd"],
    ["helm", "flux"],
    ["helm", "argocd"],
  ] as const)(
    "%s for %s: clusters, tenants, applications, and every object in its place",
    { timeout: 60_000 },
    async (packaging, agent) => {
      const options = { ...optionsOf(packaging, agent), documents: source.sources };
      const folder = join(work, `${agent}-${packaging}`);
      const first = renderRepository(source.estate, nothing, options);
      await repositoryFolder.apply(folder, first.changes);
      const documents = estateDocuments(source.sources, first.units);
      const missing = documents.filter(({ path }) => !first.changes.some((change) => change.path === path));
      await repositoryFolder.apply(
        folder,
        missing.map(({ path, text }) => ({ path, kind: "added", before: undefined, after: text })),
      );

      const again = await imported(folder, join(work, `${agent}-${packaging}-estate`));
      expect(again.diagnostics).toEqual([]);
      expect(again.report).toMatchObject({ declared: true, agent });
      expect(model(again.read.estate)).toEqual(model(source.estate));
      const second = renderRepository(again.read.estate, nothing, options);
      expect(delivered(second)).toEqual(delivered(first));
    },
  );

  test.each(["flux", "argocd"] as const)(
    "rendered over the repository of %s, the import changes nothing",
    async (agent) => {
      const folder = join(work, `${agent}-kustomize`);
      const { estate, sources } = await read(join(work, `${agent}-kustomize-estate`));
      const before = await repositoryFolder.read(folder);
      const options = { ...optionsOf("kustomize", agent), documents: sources };
      const { changes, diagnostics } = renderRepository(estate, { ...before, uncommitted: undefined }, options);
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      // The promotion sets versions in folders of the source, and what was imported has leaves instead of those.
      const bySource = /^(?:\.scantling\/.*|README\.md|.*\/promote\.(?:yaml|sh))$/;
      expect(changes.map(({ path }) => path).filter((path) => !bySource.test(path))).toEqual([]);
    },
  );

  test("without its documents, a repository still gives applications, environments, tenants and all objects", async () => {
    const folder = join(work, "bare");
    const first = renderRepository(source.estate, nothing, optionsOf("kustomize", "argocd"));
    await repositoryFolder.apply(folder, first.changes);
    const { read: again, report } = await imported(folder, join(work, "bare-estate"));
    expect(report.declared).toBe(false);
    expect(again.estate.environments.map(({ name }) => name)).toEqual(["dev", "staging", "prod"]);
    expect(again.estate.clusters.map(({ name, region, ring }) => [name, region, ring])).toEqual(
      source.estate.clusters.map(({ name, region, ring }) => [name, region, ring]),
    );
    const owned = (estate: Estate) =>
      estate.applications
        .filter(({ name }) => !name.startsWith("platform-"))
        .map(({ name, tenant, environments, namespace }) => ({ name, tenant, environments, namespace }));
    expect(owned(again.estate)).toEqual(owned(source.estate));
    const placed = new Set(
      again.estate.objects.map(({ cluster, object }) => `${cluster} ${objectKeyText(objectKeyOf(object.value))}`),
    );
    const wanted = [...delivered(first).keys()].map((key) => key.replace(/^(\S+) \S+ /, "$1 "));
    expect(wanted.filter((key) => !placed.has(key))).toEqual([]);
    expect(placed.size).toBe(wanted.length);
  });
});
