import { helmMissing } from "../../estate/diagnostics/adapter-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { chartsNotVerified } from "../../estate/diagnostics/gitops-diagnostics.ts";
import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { joinSourcePath } from "../../estate/sources/source-path.ts";
import type { DeliveryLeaf, DeliveryUnit } from "../../gitops/delivery/delivery-unit.ts";
import { objectKeyOf, objectKeyText } from "../../gitops/delivery/object-key.ts";
import { factorUnit } from "../../gitops/factoring/factor-unit.ts";
import { helmPackaging } from "../../gitops/helm/helm-packaging.ts";
import type { ChartWithValues } from "../../gitops/packaging.ts";
import type { ChartRenderer } from "../ports.ts";
import type { RepositoryFolder } from "./repository-folder.ts";
import type { DeliveryProof } from "./repository-report.ts";

interface ChartProof {
  readonly proofs: readonly DeliveryProof[];
  /** Says so where there is no helm to prove anything with. */
  readonly diagnostics: readonly Diagnostic[];
}

interface ChartTools {
  readonly charts: ChartRenderer;
  readonly repository: RepositoryFolder;
  readonly onProgress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Proves that `helm template` makes the objects of the model of every chart with the values of every leaf. The charts are
 * written to a folder of their own, which goes afterwards.
 */
export function verifyCharts(units: readonly DeliveryUnit[], tools: ChartTools): Promise<ChartProof> {
  const packaging = helmPackaging();
  const files = packaging.files(units.map(factorUnit)).map(({ path, text }) => [path, text] as const);
  const leaves = units.flatMap((unit) =>
    unit.leaves.map((leaf) => ({ leaf, source: packaging.leafSource(unit, leaf) })),
  );
  return tools.repository.inScratchFolder(new Map(files), async (folder) => {
    let holds = true;
    for (const { leaf, source } of leaves) {
      if (source.kind !== "chart") continue;
      tools.onProgress?.(`building ${source.release} of ${leaf.cluster}`);
      const result = await isBuilt(leaf, source, folder, tools);
      if (result === "no helm") return { proofs: [], diagnostics: [diagnose(chartsNotVerified, undefined)] };
      holds &&= result;
    }
    const statement = "helm makes the objects of the model of the Helm form";
    return { proofs: [{ statement, over: "leaves", count: leaves.length, holds }], diagnostics: [] };
  });
}

async function isBuilt(
  leaf: DeliveryLeaf,
  { chart, release, namespace, valueFiles }: ChartWithValues,
  folder: string,
  { charts, signal }: ChartTools,
): Promise<boolean | "no helm"> {
  const at = (path: string): string => joinSourcePath(folder, path);
  const request = { chart: at(chart), release, namespace, values: valueFiles.map(at), kubernetesVersion: undefined };
  const { text, diagnostics } = await charts.render({ key: `${release} ${leaf.cluster}`, ...request }, signal);
  if (diagnostics.some(({ code }) => code === helmMissing.code)) return "no helm";
  if (diagnostics.some(({ severity }) => severity === "error")) return false;
  const built = byKey(
    readYaml(text, chart)
      .documents.map(({ value }) => value)
      .filter(isJsonObject),
  );
  const wanted = byKey(leaf.objects);
  return built.size === wanted.size && [...wanted].every(([key, object]) => equalValues(built.get(key), object));
}

function byKey(objects: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  return new Map(objects.map((object) => [objectKeyText(objectKeyOf(object)), object]));
}
