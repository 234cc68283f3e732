import { isUnder, sourceDirectory, sourceName } from "../../../estate/sources/source-path.ts";
import { environmentIn, isEnvironmentWord } from "../place-names.ts";
import type { RepositoryReader } from "../repository-reader.ts";

/**
 * Values files of a chart by environment: `values-prod.yaml` and `values/prod.yaml` in or beside the chart, and
 * `environments/prod/<chart>.yaml` anywhere.
 */
export function valuesByEnvironment(
  chart: string,
  name: string,
  reader: RepositoryReader,
): ReadonlyMap<string, readonly string[]> {
  const above = sourceDirectory(chart);
  const values = new Map<string, string[]>();
  for (const file of reader.files) {
    if (!/\.ya?ml$/.test(file) || isUnder(file, `${chart}/templates`)) continue;
    const environment = environmentOf(file, chart, above, name);
    if (environment !== undefined) values.set(environment, [...(values.get(environment) ?? []), file]);
  }
  return values;
}

function environmentOf(file: string, chart: string, above: string, name: string): string | undefined {
  const stem = sourceName(file).replace(/\.ya?ml$/, "");
  const folder = sourceDirectory(file);
  const isNear = folder === chart || (folder === above && above !== ".");
  if (isNear && /^values[-_.]/.test(stem)) return environmentIn(stem.slice("values".length));
  if ((folder === `${chart}/values` || folder === `${above}/values`) && environmentIn(stem) !== undefined)
    return environmentIn(stem);
  const parts = folder.split("/");
  const isOfChart = stem === name || stem === `${name}-values` || (stem === "values" && parts.at(-1) === name);
  if (isOfChart && !isUnder(file, chart)) return parts.findLast(isEnvironmentWord);
  return undefined;
}
