import type { DeliveryLeaf, DeliveryUnit } from "../delivery/delivery-unit.ts";
import type { ObjectKey } from "../delivery/object-key.ts";
import type { ChartWithValues, Packaging } from "../packaging.ts";
import { leafFolder, leafName } from "../repository/leaf-folder.ts";
import type { RepositoryFile } from "../repository/repository-file.ts";
import { yamlText } from "../repository/yaml-text.ts";
import { templateText } from "./chart-template.ts";
import { defaultValues, type ValuesFile, valuesFiles } from "./chart-values.ts";
import { type UnitChart, unitChart } from "./unit-chart.ts";
import { valuesSchema } from "./values-schema.ts";

/** What people write beside a leaf: values that no render ever touches. */
export const VALUES_OVERRIDE = "overrides/values.yaml";

/**
 * A chart for each unit, and one file of values for each environment, ring, region and cluster that differs. Charts of a
 * repository are delivered from the commit, so their version stays.
 *
 * @param overridden Leaf folders with an `overrides/values.yaml` of somebody's own, which comes last.
 */
export function helmPackaging(overridden: ReadonlySet<string> = new Set()): Packaging {
  return {
    name: "helm",
    files: (units) => units.flatMap(({ unit }) => chartFiles(chartOf(unit))),
    leafSource: (unit, leaf) => chartWithValues(unit, leaf, overridden),
  };
}

const CHART_VERSION = "1.0.0";

interface ChartInFiles extends UnitChart {
  readonly files: readonly ValuesFile[];
}

/** Charts by their unit: every leaf asks for the one of its unit again. */
const charts = new WeakMap<DeliveryUnit, ChartInFiles>();

function chartOf(unit: DeliveryUnit): ChartInFiles {
  const known = charts.get(unit);
  if (known !== undefined) return known;
  const chart = unitChart(unit);
  const inFiles = { ...chart, files: valuesFiles(chart.values) };
  charts.set(unit, inFiles);
  return inFiles;
}

function chartFiles({ unit, templates, values, schema, files }: ChartInFiles): readonly RepositoryFile[] {
  const folder = chartFolder(unit);
  const tells = unit.tree === "apps" ? `Application/${unit.name}` : `Tenant/${unit.tenant}`;
  const names = templateNames(templates.map(({ key }) => key));
  return [
    { path: `${folder}/Chart.yaml`, text: chartText(unit) },
    { path: `${folder}/values.yaml`, text: yamlText(defaultValues(values)) },
    {
      path: `${folder}/values.schema.json`,
      text: `${JSON.stringify(valuesSchema(`Values of ${unit.name}`, schema), null, 2)}\n`,
    },
    ...templates.map(({ template }, index) => ({
      path: `${folder}/templates/${names[index]}.yaml`,
      text: templateText(template),
    })),
    ...files.map((file) => ({ path: valuesPath(unit, file), text: yamlText(file.values) })),
  ].map((file) => ({ ...file, tells }));
}

function chartText(unit: DeliveryUnit): string {
  return yamlText({
    apiVersion: "v2",
    name: unit.name,
    description: `What ${unit.name} of ${unit.tenant} needs in a cluster`,
    type: "application",
    version: CHART_VERSION,
  });
}

function chartWithValues(unit: DeliveryUnit, leaf: DeliveryLeaf, overridden: ReadonlySet<string>): ChartWithValues {
  const position = unit.leaves.indexOf(leaf);
  const isOfLeaf = ({ axis, name }: ValuesFile) => (axis === "leaf" ? Number(name) === position : leaf[axis] === name);
  const order = ["environment", "ring", "region", "cluster", "leaf"];
  const own = chartOf(unit)
    .files.filter(isOfLeaf)
    .toSorted((left, right) => order.indexOf(left.axis) - order.indexOf(right.axis));
  return {
    kind: "chart",
    chart: chartFolder(unit),
    release: leafName(unit, leaf),
    namespace: unit.namespace ?? "kube-system",
    valueFiles: [
      ...own.map((file) => valuesPath(unit, file)),
      ...(overridden.has(leafFolder(unit, leaf)) ? [`${leafFolder(unit, leaf)}/${VALUES_OVERRIDE}`] : []),
    ],
  };
}

function chartFolder({ tree, name }: DeliveryUnit): string {
  return `${tree}/${name}/chart`;
}

const axisFolders = { environment: "env", ring: "ring", region: "region", cluster: "cluster" } as const;

function valuesPath(unit: DeliveryUnit, { axis, name }: ValuesFile): string {
  if (axis !== "leaf") return `${unit.tree}/${unit.name}/values/${axisFolders[axis]}/${name}.yaml`;
  const leaf = unit.leaves[Number(name)];
  return `${leaf === undefined ? chartFolder(unit) : leafFolder(unit, leaf)}/values.yaml`;
}

/** `kind-name`, with the namespace or a number where that is not enough. */
function templateNames(keys: readonly ObjectKey[]): readonly string[] {
  const taken = new Set<string>();
  return keys.map(({ kind, name, namespace }) => {
    const short = `${kind.toLowerCase()}-${name.replaceAll(/[^A-Za-z0-9.-]/g, "-")}`;
    const candidates = [short, `${short}-${namespace ?? "cluster"}`];
    let found = candidates.find((candidate) => !taken.has(candidate));
    for (let number = 2; found === undefined; number += 1) {
      const numbered = `${short}-${number}`;
      if (!taken.has(numbered)) found = numbered;
    }
    taken.add(found);
    return found;
  });
}
