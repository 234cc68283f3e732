import { deliveredFromElsewhere, deliveryChangesContent } from "../../../estate/diagnostics/import-diagnostics.ts";
import { asList, asLooseText, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { joinSourcePath, normalizeSourcePath } from "../../../estate/sources/source-path.ts";
import type { FoundComponent, FoundSource } from "../found-estate.ts";
import type { ImportLog } from "../import-log.ts";
import type { RepositoryReader } from "../repository-reader.ts";

/** A release of a chart of the repository, or of one that lies elsewhere. */
export type ReadRelease =
  | {
      readonly kind: "delivery";
      readonly source: Extract<FoundSource, { kind: "chart" }>;
      readonly namespace: string | undefined;
    }
  | { readonly kind: "component"; readonly component: FoundComponent };

/** Reads a HelmRelease. A chart from elsewhere cannot be rendered here: what runs is a component of the cluster. */
export function readHelmRelease(
  object: KubernetesObject,
  cluster: string,
  reader: RepositoryReader,
  log: ImportLog,
): ReadRelease {
  const spec = asObject(object.value.spec);
  const chart = asObject(asObject(spec.chart).spec);
  const namespace = asText(spec.targetNamespace) ?? object.namespace;
  const path = asText(chart.chart);
  const delivery = `HelmRelease ${object.name} of ${cluster}`;
  const isHere = asText(asObject(chart.sourceRef).kind) === "GitRepository" && path !== undefined;
  const fields = ["postRenderers", "valuesFrom"].filter((field) => asList(spec[field]).length > 0);
  if (!isHere || !reader.isChart(normalizeSourcePath(path))) {
    log.report(
      deliveredFromElsewhere,
      { delivery, source: chartSource(spec), consequence: `only that ${object.name} runs there is known` },
      object.locate(["spec", spec.chart === undefined ? "chartRef" : "chart"]),
    );
    const version = asLooseText(chart.version);
    return { kind: "component", component: { cluster, name: object.name, version: exact(version), namespace } };
  }
  if (fields.length > 0)
    log.report(deliveryChangesContent, { delivery, fields }, object.locate(["spec", fields[0] ?? ""]));
  const folder = normalizeSourcePath(path);
  const values = asList(chart.valuesFiles).flatMap((file) => {
    const written = asText(file);
    return written === undefined ? [] : [normalizeSourcePath(written)];
  });
  return {
    kind: "delivery",
    namespace,
    source: {
      kind: "chart",
      path: folder,
      values: values.filter((file) => file !== joinSourcePath(folder, "values.yaml")),
      inlineValues: asObject(spec.values),
      release: asText(spec.releaseName) ?? [asText(spec.targetNamespace), object.name].filter(Boolean).join("-"),
    },
  };
}

function chartSource(spec: { readonly [key: string]: unknown }): string {
  const chart = asObject(asObject(spec.chart).spec);
  const reference = spec.chart === undefined ? asObject(spec.chartRef) : asObject(chart.sourceRef);
  const name = asText(chart.chart);
  const from = `${asText(reference.kind) ?? "source"} ${asText(reference.name) ?? "without a name"}`;
  return name === undefined ? from : `chart ${name} of ${from}`;
}

/** A range names no version. */
function exact(version: string | undefined): string | undefined {
  return version !== undefined && /^v?\d+(?:\.\d+)*(?:[-+][\w.+-]+)?$/.test(version) ? version : undefined;
}
