import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { sourceReader } from "../../src/adapters/filesystem/read-sources.ts";
import { chartRenderer } from "../../src/adapters/helm/render-chart.ts";
import { repositoryFolder } from "../../src/adapters/repository/repository-folder.ts";
import { objectKeyOf, objectKeyText } from "../../src/gitops/delivery/object-key.ts";
import { canonicalText } from "../../src/gitops/repository/canonical-text.ts";
import { importRepository } from "../../src/operations/gitops/import-repository.ts";
import { type RenderOptions, renderRepository } from "../../src/operations/gitops/render.ts";
import { type ReadEstate, readEstate } from "../../src/operations/read-estate.ts";
import { sharedFolder } from "./placed-files.ts";

const corpora = join(sharedFolder, "corpora");
const work = mkdtempSync(join(tmpdir(), "scantling-import-corpus-"));
const nothing = { files: new Map<string, string>(), uncommitted: undefined };
const source = { url: "https://git.example.com/estate.git", branch: "main" };

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

async function imported(from: string, to: string): Promise<ReadEstate> {
  const result = await importRepository(await sourceReader.read([from]), nothing, {
    to,
    startedIn: process.cwd(),
    force: false,
    charts: chartRenderer,
  });
  expect(result.refused).toBe(false);
  await repositoryFolder.apply(to, result.changes);
  return readEstate([to], { sources: sourceReader, charts: chartRenderer });
}

function objectsOf({ estate }: ReadEstate): ReadonlyMap<string, string> {
  return new Map(
    estate.objects.map(({ object, namespace, cluster }) => {
      const value = { ...object.value, metadata: { ...(object.value.metadata as object), namespace } };
      return [`${cluster} ${objectKeyText(objectKeyOf(value))}`, canonicalText(value)];
    }),
  );
}

describe("manifests alone become an estate, whose repository is that estate", () => {
  test.each([
    ["online-boutique/kubernetes-manifests.yaml", "flux", 35],
    ["online-boutique/kubernetes-manifests.yaml", "argocd", 35],
    ["online-boutique/kustomize", "flux", 35],
    ["kube-prometheus/manifests", "flux", 131],
  ] as const)("%s for %s", async (path, agent, count) => {
    const name = `${path.replaceAll("/", "-")}-${agent}`;
    const options: RenderOptions = { packaging: "kustomize", agent, source, force: false };
    const first = await imported(join(corpora, path), join(work, `${name}-1`));
    expect(objectsOf(first).size).toBe(count);

    const repository = join(work, `${name}-repository`);
    const rendered = renderRepository(first.estate, nothing, { ...options, documents: first.sources });
    expect(rendered.refused).toBe(false);
    await repositoryFolder.apply(repository, rendered.changes);

    const second = await imported(repository, join(work, `${name}-2`));
    const given = objectsOf(second);
    // A quantity may be a number or a text; the repository keeps what is written.
    for (const [key, text] of objectsOf(first))
      if (!key.includes("/Namespace/")) expect([key, given.get(key)]).toEqual([key, text]);

    const folder = { ...(await repositoryFolder.read(repository)), uncommitted: undefined };
    const again = renderRepository(second.estate, folder, { ...options, documents: second.sources });
    expect(again.changes.map(({ path: changed }) => changed)).toEqual([]);
  });
});
