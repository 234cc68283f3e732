import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { isUnder, joinSourcePath, sourceDirectory, sourceName } from "../../estate/sources/source-path.ts";
import type { FieldPath, YamlDocument } from "../../estate/sources/yaml-document.ts";

/** A key of a chart's values that no template reads. */
export interface UnreadValue {
  readonly chart: string;
  readonly document: YamlDocument;
  readonly path: FieldPath;
}

/** Keys of the values files of every chart in the repository that its templates never mention. */
export function unreadValues(texts: ReadonlyMap<string, string>): readonly UnreadValue[] {
  const charts = [...texts.keys()].filter((path) => sourceName(path) === "Chart.yaml").map(sourceDirectory);
  return charts.flatMap((chart) => unreadValuesOf(chart, charts, texts));
}

function unreadValuesOf(
  chart: string,
  charts: readonly string[],
  texts: ReadonlyMap<string, string>,
): readonly UnreadValue[] {
  const own = [...texts].filter(
    ([path]) =>
      isUnder(path, chart) && !charts.some((other) => other !== chart && isUnder(other, chart) && isUnder(path, other)),
  );
  const templates = own.filter(([path]) => isUnder(path, joinSourcePath(chart, "templates"))).map(([, text]) => text);
  const read = readPaths(templates.join("\n"));
  // A library chart, or templates that hand on all values: nobody can tell from outside what is read.
  if (read === undefined || templates.length === 0) return [];
  const others = dependencyNames(texts.get(joinSourcePath(chart, "Chart.yaml")) ?? "", chart, charts);
  const files = own.filter(([path]) => sourceDirectory(path) === chart && /^values.*\.ya?ml$/.test(sourceName(path)));
  return files.flatMap(([path, text]) => {
    const [document] = readYaml(text, path).documents;
    if (document === undefined || !isJsonObject(document.value)) return [];
    return unreadKeys(document.value, [], read)
      .filter((key) => !others.has(String(key[0])))
      .map((key) => ({ chart, document, path: key }));
  });
}

/** Values that templates name, as dotted paths; undefined when some template takes all of them as a whole. */
function readPaths(templates: string): ReadonlySet<string> | undefined {
  const paths = new Set<string>();
  for (const [, whole = ""] of templates.matchAll(/\.Values((?:\.[A-Za-z_][\w-]*)*)/g)) {
    if (whole === "") continue;
    paths.add(whole.slice(1));
  }
  for (const [, keys = ""] of templates.matchAll(/index\s+\$?\.Values((?:\.[A-Za-z_]\w*)*(?:\s+"[^"]{1,100}")+)/g)) {
    paths.add(
      keys
        .trim()
        .replaceAll(/["\s]+/g, ".")
        .replaceAll(/^\.|\.$/g, ""),
    );
  }
  const bare = templates.replaceAll(/index\s+\$?\.Values\s/g, "").match(/\.Values(?![\w.])/);
  return bare === null ? paths : undefined;
}

/** The highest keys of which neither themselves, nor anything above or below, is read. */
function unreadKeys(
  value: { readonly [key: string]: unknown },
  above: FieldPath,
  read: ReadonlySet<string>,
): readonly FieldPath[] {
  return Object.entries(value).flatMap(([key, entry]): readonly FieldPath[] => {
    const path = [...above, key];
    const dotted = path.join(".");
    if (read.has(dotted)) return [];
    const isAbove = [...read].some((each) => each.startsWith(`${dotted}.`));
    if (!isAbove) return [path];
    return isJsonObject(entry) ? unreadKeys(entry, path, read) : [];
  });
}

/** Values under these names go to other charts. */
function dependencyNames(text: string, chart: string, charts: readonly string[]): ReadonlySet<string> {
  const [document] = readYaml(text, joinSourcePath(chart, "Chart.yaml")).documents;
  const value = isJsonObject(document?.value) ? document.value : {};
  const listed = Array.isArray(value["dependencies"]) ? (value["dependencies"] as readonly unknown[]) : [];
  const names = listed.flatMap((each) =>
    isJsonObject(each) ? [each["alias"], each["name"]].filter((name): name is string => typeof name === "string") : [],
  );
  const subcharts = charts.filter((other) => other !== chart && isUnder(other, chart)).map(sourceName);
  return new Set(["global", ...names, ...subcharts]);
}
