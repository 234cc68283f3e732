import {
  chartRelease,
  manifestsByClusterFolder,
  manifestsByFolder,
  manifestsEverywhere,
} from "../assumptions/estate-rules.ts";
import { operatorElsewhere } from "../assumptions/gitops-rules.ts";
import { manifestsMissing, manifestsUnused } from "../diagnostics/binding-diagnostics.ts";
import type { ManifestSource } from "../kinds/application-document.ts";
import type { Cluster } from "../model/cluster.ts";
import type { Environment } from "../model/estate.ts";
import { KUSTOMIZATION_NAMES } from "../sources/referenced-paths.ts";
import { joinSourcePath, sourceName } from "../sources/source-path.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import { type BoundApplication, reportBroken } from "./bind-applications.ts";
import type { BindingLog } from "./binding-log.ts";
import { chartUnit, fileUnit, kustomizationUnit, type ManifestUnit, type UnitIndex } from "./manifest-unit.ts";
import { chartRequest, type ManifestSources, resolveManifests } from "./resolve-manifests.ts";
import { type SourceIndex, STANDARD_INPUT } from "./source-index.ts";
import { namesCluster, sourceOnCluster } from "./source-on-cluster.ts";

/** Units of one application, or of none, in one environment. */
export interface ManifestAssignment {
  readonly application: BoundApplication | undefined;
  readonly environment: string;
  readonly clusters: readonly string[];
  readonly units: readonly ManifestUnit[];
}

/** What is rendered for whom. Later assignments go before earlier ones where they give the same object. */
export interface ManifestPlan {
  readonly assignments: readonly ManifestAssignment[];
  /** Files that are no manifests but used all the same, such as values of a chart. */
  readonly usedFiles: ReadonlySet<string>;
}

/** What the plan is made from. */
export interface PlannedSources {
  readonly index: SourceIndex;
  readonly units: UnitIndex;
  /** True when the file under a root was read and holds a Kubernetes object. */
  holdsObjects(path: string): boolean;
  /** True when the unit only tells an operator what to make in the cloud. */
  isForCloudOperator(unit: ManifestUnit): boolean;
}

interface PlanContext extends ManifestSources, PlannedSources {
  readonly environments: readonly Environment[];
  readonly clusters: readonly Cluster[];
}

/**
 * Decides which manifests run where: those that Applications name in their places; what nobody names and lies under a
 * root in the environment that its path names, or else in all of them.
 */
export function planManifests(
  applications: readonly BoundApplication[],
  surroundings: { readonly environments: readonly Environment[]; readonly clusters: readonly Cluster[] },
  sources: PlannedSources,
  log: BindingLog,
): ManifestPlan {
  const context: PlanContext = { ...surroundings, ...sources, log, usedFiles: new Set() };
  const claimed = applications.flatMap((application) => planApplication(application, context));
  const unclaimed = unclaimedUnits(claimed, context);
  return { assignments: [...planUnclaimed(unclaimed, context), ...claimed], usedFiles: context.usedFiles };
}

type Manifests = NonNullable<NonNullable<BoundApplication["document"]["value"]["spec"]>["manifests"]>;

function planApplication(application: BoundApplication, context: PlanContext): readonly ManifestAssignment[] {
  const { document, environments, clusters, broken } = application;
  const manifests = document.value.spec?.manifests;
  if (manifests === undefined) return [];
  reportUnusedManifests(application, manifests, context);
  return environments.flatMap((environment) => {
    const names = clusters.get(environment) ?? [];
    if (names.length === 0) return [];
    const source = sourceFor(manifests, environment);
    if (source === undefined) {
      broken.add(`manifests of ${environment}`);
      application.needs.add(`manifests of ${document.id} for ${environment}`, environment);
      const where = { place: document.locate(["spec", "manifests"]), affects: [document.id] };
      context.log.report(manifestsMissing, { application: application.name, environment }, where);
      return [];
    }
    const places = namesCluster(source.value) ? names.map((name) => [name]) : [names];
    return places.map((here) => {
      const kubernetesVersion = context.clusters.find(({ name }) => name === here[0])?.kubernetesVersion;
      const written = sourceOnCluster(source.value, here[0] ?? "");
      const units = resolveManifests(written, source.path, { application, environment, kubernetesVersion }, context);
      return { application, environment, clusters: here, units };
    });
  });
}

/** The form with one source per environment; undefined for one source for all. */
function sourcesByEnvironment(manifests: Manifests): { readonly [environment: string]: ManifestSource } | undefined {
  if (typeof manifests === "string" || Array.isArray(manifests)) return undefined;
  return "chart" in manifests ? undefined : manifests;
}

function sourceFor(
  manifests: Manifests,
  environment: string,
): { readonly value: ManifestSource; readonly path: FieldPath } | undefined {
  const path = ["spec", "manifests"];
  const byEnvironment = sourcesByEnvironment(manifests);
  if (byEnvironment === undefined) return { value: manifests as ManifestSource, path };
  const key = Object.hasOwn(byEnvironment, environment) ? environment : "default";
  const value = Object.hasOwn(byEnvironment, key) ? byEnvironment[key] : undefined;
  return value === undefined ? undefined : { value, path: [...path, key] };
}

function reportUnusedManifests(application: BoundApplication, manifests: Manifests, context: PlanContext): void {
  const { document, environments } = application;
  const names = context.environments.map(({ name }) => name);
  for (const key of Object.keys(sourcesByEnvironment(manifests) ?? {})) {
    if (key === "default" || environments.includes(key)) continue;
    const path = ["spec", "manifests", key];
    if (names.includes(key)) {
      const parameters = { application: application.name, environment: key };
      context.log.report(manifestsUnused, parameters, { place: document.locate(path) });
    } else {
      reportBroken(
        application,
        path,
        { what: "environment", target: key, candidates: [...names, "default"] },
        context.log,
      );
    }
  }
}

/** Everything under a root that no Application names. */
function unclaimedUnits(claimed: readonly ManifestAssignment[], context: PlanContext): readonly ManifestUnit[] {
  const { index, units } = context;
  const claimedUnits = claimed.flatMap((assignment) => assignment.units);
  const claimedKeys = new Set(claimedUnits.map(({ key }) => key));
  const claimedCharts = new Set(claimedUnits.flatMap((unit) => (unit.kind === "chart" ? [unit.path] : [])));
  const isFree = (unit: ManifestUnit): boolean => !claimedKeys.has(unit.key);
  const isNamed = (folder: string, fileNames: readonly string[]): boolean =>
    index.isUnderRoot(folder) || fileNames.some((name) => index.isUnderRoot(joinSourcePath(folder, name)));
  return [
    ...index.files
      .filter((path) => units.isRead(path) && context.holdsObjects(path))
      .map(fileUnit)
      .filter(isFree),
    ...units.leaves
      .filter((leaf) => isNamed(leaf, KUSTOMIZATION_NAMES))
      .map(kustomizationUnit)
      .filter(isFree),
    ...index.charts
      .filter((chart) => isNamed(chart, ["Chart.yaml"]) && !claimedCharts.has(chart))
      .filter((chart) => !units.isPartOfKustomization(joinSourcePath(chart, "Chart.yaml")))
      .map((chart) => unclaimedChart(chart, context)),
  ];
}

function unclaimedChart(chart: string, { clusters, log }: PlanContext): ManifestUnit {
  const name = sourceName(chart)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const release = name === "" ? "release" : name.slice(0, 53);
  log.assume(chartRelease, `Chart/${chart}`, { chart, release });
  const kubernetesVersion = clusters[0]?.kubernetesVersion;
  return chartUnit(chartRequest({ chart, release, namespace: undefined, values: [], kubernetesVersion }));
}

/**
 * Where nobody says, the path may: a folder named like an environment is for that environment, and one named like a
 * cluster for that cluster. What an operator of the cloud reads is on none: it makes the clusters.
 */
function planUnclaimed(units: readonly ManifestUnit[], context: PlanContext): readonly ManifestAssignment[] {
  const { environments, clusters, log } = context;
  const everywhere: ManifestUnit[] = [];
  const assignments = units.flatMap((unit): ManifestAssignment[] => {
    const cluster = clusters.length > 1 ? namedInPath(unit.path, clusters) : undefined;
    const environment = environments.length > 1 ? namedInPath(unit.path, environments) : undefined;
    if (cluster !== undefined && (environment === undefined || cluster.environments.includes(environment.name))) {
      log.assume(manifestsByClusterFolder, `Manifests/${unit.path}`, { source: unit.path, cluster: cluster.name });
      return (environment === undefined ? cluster.environments : [environment.name]).map((name) => ({
        application: undefined,
        environment: name,
        clusters: [cluster.name],
        units: [unit],
      }));
    }
    if (context.isForCloudOperator(unit)) {
      log.assume(operatorElsewhere, `Manifests/${unit.path}`, { source: unit.path });
      return environments.slice(0, 1).map(({ name }) => unclaimedIn(name, [], [unit]));
    }
    if (environment === undefined) {
      everywhere.push(unit);
      return [];
    }
    log.assume(manifestsByFolder, `Manifests/${unit.path}`, { source: unit.path, environment: environment.name });
    return [unclaimedIn(environment.name, clusters, [unit])];
  });
  const [example] = everywhere;
  if (example !== undefined && environments.length > 1) {
    const source = example.path === STANDARD_INPUT ? "Standard input" : example.path;
    log.assume(manifestsEverywhere, "Estate", { sources: everywhere.length, example: source });
  }
  return [...environments.map(({ name }) => unclaimedIn(name, clusters, everywhere)), ...assignments];
}

function unclaimedIn(
  environment: string,
  clusters: readonly Cluster[],
  units: readonly ManifestUnit[],
): ManifestAssignment {
  const serving = clusters.filter((cluster) => cluster.environments.includes(environment)).map(({ name }) => name);
  return { application: undefined, environment, clusters: serving, units };
}

function namedInPath<Part extends { readonly name: string }>(path: string, list: readonly Part[]): Part | undefined {
  const parts = new Set(path.split("/"));
  return list.find(({ name }) => parts.has(name));
}
