import { formsDifferByCluster } from "../../estate/diagnostics/import-diagnostics.ts";
import { CLUSTER_PLACEHOLDER } from "../../estate/sources/referenced-paths.ts";
import { yamlText } from "../repository/yaml-text.ts";
import type { FoundDelivery, FoundSource } from "./found-estate.ts";
import type { ImportLog } from "./import-log.ts";
import { documentName, isEnvironmentWord, nameOfPath, withoutPlace } from "./place-names.ts";

/** A path of the repository, or of the folder of the documents. */
export interface ManifestPath {
  readonly of: "repository" | "estate";
  /** `{cluster}` stands for the cluster. */
  readonly path: string;
}

/** What one application's manifests are in one environment. */
export type ManifestForm =
  | { readonly kind: "folders"; readonly paths: readonly ManifestPath[] }
  | {
      readonly kind: "chart";
      readonly chart: ManifestPath;
      readonly values: readonly ManifestPath[];
      readonly release: string;
    };

export interface FoundApplication {
  readonly name: string;
  readonly tree: "platform" | "apps";
  readonly tenant: string | undefined;
  readonly namespace: string | undefined;
  /** Clusters by environment, in the order of promotion. */
  readonly places: ReadonlyMap<string, readonly string[]>;
  readonly manifests: ReadonlyMap<string, ManifestForm>;
}

/** A file beside the documents: a text, one of the repository under another name, or a kustomization of its folders. */
export type BesideFile =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "copy"; readonly path: string }
  | { readonly kind: "kustomization"; readonly folders: readonly string[] };

/** Applications, and files that have to be written beside the documents for them, relative to the documents' folder. */
export interface GatheredApplications {
  readonly applications: readonly FoundApplication[];
  readonly files: ReadonlyMap<string, BesideFile>;
}

/** One delivery in one environment. */
interface Placed {
  readonly delivery: FoundDelivery;
  readonly environment: string;
}

/**
 * Puts deliveries of the same thing to several places together: one application with manifests by environment.
 *
 * @param environmentsOf Environments of a cluster, in order of promotion.
 */
export function gatherApplications(
  deliveries: readonly FoundDelivery[],
  environmentsOf: (cluster: string) => readonly string[],
  environments: readonly string[],
  log: ImportLog,
): GatheredApplications {
  const files = new Map<string, BesideFile>();
  const groups = Map.groupBy(deliveries, (delivery) => applicationName(delivery, environmentsOf(delivery.cluster)));
  const applications = [...groups]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, members]) => {
      const placed = members.flatMap((delivery) => placesOf(delivery, environmentsOf(delivery.cluster)));
      const present = environments.filter((environment) => placed.some((each) => each.environment === environment));
      const manifests = new Map(
        present.map((environment) => {
          const there = placed.filter((each) => each.environment === environment).map(({ delivery }) => delivery);
          return [environment, manifestForm(name, environment, there, files, log)] as const;
        }),
      );
      const places = new Map(
        present.map((environment) => {
          const there = placed.filter((each) => each.environment === environment);
          return [environment, [...new Set(there.map(({ delivery }) => delivery.cluster))].toSorted()] as const;
        }),
      );
      return { name, ...ownership(members), places, manifests };
    });
  return { applications, files };
}

/** The same name wherever it is delivered: its own without place, or that of its folder. */
function applicationName({ name, cluster, source }: FoundDelivery, environments: readonly string[]): string {
  const own = withoutPlace(name, cluster, environments);
  return own ?? nameOfPath(source.path, cluster) ?? documentName(name) ?? "manifests";
}

function placesOf(delivery: FoundDelivery, environments: readonly string[]): readonly Placed[] {
  const named =
    delivery.environment ??
    (environments.length > 1
      ? environments.find(
          (environment) =>
            delivery.name.endsWith(`-${environment}`) || delivery.source.path.split("/").includes(environment),
        )
      : undefined);
  const known = named !== undefined && environments.includes(named) ? [named] : environments;
  return known.map((environment) => ({ delivery, environment }));
}

function ownership(members: readonly FoundDelivery[]) {
  const tenants = new Set(members.flatMap(({ tenant }) => tenant ?? []));
  const namespaces = new Set(members.map(({ namespace }) => namespace));
  const [tenant] = tenants;
  const [namespace] = namespaces;
  const tree: FoundApplication["tree"] = members.every((member) => member.tree === "platform") ? "platform" : "apps";
  return {
    tree,
    tenant: tenants.size === 1 ? tenant : tree === "platform" ? "platform" : undefined,
    namespace: namespaces.size === 1 ? namespace : undefined,
  };
}

function manifestForm(
  application: string,
  environment: string,
  deliveries: readonly FoundDelivery[],
  files: Map<string, BesideFile>,
  log: ImportLog,
): ManifestForm {
  const byCluster = [...Map.groupBy(deliveries, ({ cluster }) => cluster)].map(([cluster, list]) => ({
    cluster,
    sources: list.map(({ source }) => source),
  }));
  const folders = byCluster.map(({ cluster, sources }) => ({
    cluster,
    paths: sources.flatMap((source): readonly ManifestPath[] =>
      source.kind === "chart" ? [] : [{ of: source.kind === "written" ? "estate" : "repository", path: source.path }],
    ),
  }));
  const charts = byCluster.flatMap(({ cluster, sources }) => {
    const chart = sources.find((source) => source.kind === "chart");
    return chart === undefined ? [] : [{ cluster, chart }];
  });
  const differ = (): void => log.report(formsDifferByCluster, { application, environment });
  if (folders.some(({ paths }) => paths.length > 0)) {
    if (charts.length > 0) differ();
    const uniform = onePathEach(folders);
    if (uniform !== undefined) return { kind: "folders", paths: uniform };
    if (folders.every(({ paths }) => paths.every(({ of }) => of === "repository")))
      return { kind: "folders", paths: [linkedFolders(application, environment, folders, files)] };
    differ();
    return { kind: "folders", paths: folders[0]?.paths ?? [] };
  }
  if (new Set(charts.map(({ chart }) => `${chart.path} ${chart.release}`)).size > 1) differ();
  return chartForm(application, environment, charts, files);
}

interface ClusterPaths {
  readonly cluster: string;
  readonly paths: readonly ManifestPath[];
}

/** Paths that are the same for all clusters once their own name stands for itself; undefined where they are not. */
function onePathEach(folders: readonly ClusterPaths[]): readonly ManifestPath[] | undefined {
  const [alone] = folders;
  // A cluster that is called like an environment stands in paths for that.
  if (folders.length === 1 && alone !== undefined && isEnvironmentWord(alone.cluster)) return alone.paths;
  const [first, ...others] = folders.map(({ cluster, paths }) =>
    paths.map(({ of, path }) => ({ of, path: onCluster(path, cluster) })),
  );
  const same = others.every((paths) => JSON.stringify(paths) === JSON.stringify(first));
  return same ? first : undefined;
}

function onCluster(path: string, cluster: string): string {
  return path
    .split("/")
    .map((part) => (part === cluster ? CLUSTER_PLACEHOLDER : part))
    .join("/");
}

/** For each cluster a kustomization that refers to what is there: so one path with its name stands for all. */
function linkedFolders(
  application: string,
  environment: string,
  folders: readonly ClusterPaths[],
  files: Map<string, BesideFile>,
): ManifestPath {
  const folder = (cluster: string): string => `sources/${cluster}/${application}-${environment}`;
  for (const { cluster, paths } of folders) {
    const refersTo = paths.map(({ path }) => path);
    files.set(`${folder(cluster)}/kustomization.yaml`, { kind: "kustomization", folders: refersTo });
  }
  return { of: "estate", path: folder(CLUSTER_PLACEHOLDER) };
}

type ChartSource = Extract<FoundSource, { readonly kind: "chart" }>;

/** Values that all clusters have first, then those that differ: by a path with the cluster's name, or written beside. */
function chartForm(
  application: string,
  environment: string,
  charts: readonly { readonly cluster: string; readonly chart: ChartSource }[],
  files: Map<string, BesideFile>,
): ManifestForm {
  const [first] = charts;
  const named = charts.map(({ cluster, chart }) => chart.values.map((path) => onCluster(path, cluster)));
  const isUniform = named.every((values) => JSON.stringify(values) === JSON.stringify(named[0]));
  const shared = isUniform ? (named[0] ?? []) : commonStart(charts.map(({ chart }) => chart.values));
  const values: ManifestPath[] = shared.map((path) => ({ of: "repository", path }));
  const rest = charts.map(({ cluster, chart }) => ({
    cluster,
    files: isUniform ? [] : chart.values.slice(shared.length),
    inline: chart.inlineValues,
  }));
  const most = Math.max(0, ...rest.map((each) => each.files.length));
  for (let index = 0; index < most; index += 1) {
    const path = (cluster: string): string => `values/${cluster}/${application}-${environment}-${index + 1}.yaml`;
    for (const each of rest) {
      const copied = each.files[index];
      files.set(path(each.cluster), copied === undefined ? noValues : { kind: "copy", path: copied });
    }
    values.push({ of: "estate", path: path(CLUSTER_PLACEHOLDER) });
  }
  if (rest.some(({ inline }) => Object.keys(inline).length > 0)) {
    const path = (cluster: string): string => `values/${cluster}/${application}-${environment}.yaml`;
    for (const each of rest) files.set(path(each.cluster), { kind: "text", text: yamlText(each.inline) });
    values.push({ of: "estate", path: path(CLUSTER_PLACEHOLDER) });
  }
  const chart: ManifestPath = { of: "repository", path: first?.chart.path ?? "." };
  return { kind: "chart", chart, values, release: first?.chart.release ?? application };
}

const noValues: BesideFile = { kind: "text", text: "{}\n" };

function commonStart(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists;
  const length = first.findIndex((file, index) => others.some((list) => list[index] !== file));
  return length === -1
    ? first.slice(0, Math.min(first.length, ...others.map((list) => list.length)))
    : first.slice(0, length);
}
