import {
  kustomizationCycle,
  kustomizationInvalid,
  kustomizationMissing,
  kustomizeComponentMisplaced,
  kustomizeDuplicate,
  kustomizeRemote,
  kustomizeResourceInvalid,
} from "../diagnostics/kustomize-diagnostics.ts";
import { formatPlace } from "../sources/place.ts";
import { isRemote } from "../sources/referenced-paths.ts";
import { isUnder, joinSourcePath } from "../sources/source-path.ts";
import type { BuildLog } from "./build-log.ts";
import { runBuiltInGenerator } from "./built-in-generator.ts";
import { runBuiltInTransformer } from "./built-in-transformer.ts";
import { readConfigurations } from "./configuration-file.ts";
import { type Evaluation, findFile } from "./evaluation.ts";
import type { MapNode } from "./field-node.ts";
import { placeOf } from "./field-origin.ts";
import { runGenerators } from "./generator.ts";
import { transformImages } from "./image-transformer.ts";
import { type Kustomization, readKustomization } from "./kustomization.ts";
import type { KustomizeFiles } from "./kustomize-files.ts";
import { transformAnnotations, transformLabels } from "./label-transformer.ts";
import { transformNames } from "./name-affix-transformer.ts";
import { transformNamespace } from "./namespace-transformer.ts";
import { applyJsonPatches, applyPatches, applyStrategicMergePatches } from "./patch-transformer.ts";
import { type PlacedReading, readInlineYaml, readPlacedFile } from "./placed-reading.ts";
import { readResources } from "./read-resources.ts";
import { applyReplacements } from "./replacement.ts";
import { transformReplicas } from "./replica-transformer.ts";
import { copyResource, currentId, type Resource } from "./resource.ts";
import { formatId } from "./resource-id.ts";
import { ResourceSet } from "./resource-set.ts";
import type { LocatedText } from "./section.ts";
import {
  defaultConfiguration,
  emptyConfiguration,
  mergeConfigurations,
  type TransformerConfiguration,
} from "./transformer-configuration.ts";
import { reportUnsupportedFields } from "./unsupported-fields.ts";
import { mergeVariables, readVariables, type Variable } from "./variable.ts";

/** What is gathered on the way up through bases, components and overlays. */
export interface Accumulation {
  readonly resources: ResourceSet;
  configuration: TransformerConfiguration;
  variables: readonly Variable[];
}

/** What every step of a build shares. */
export interface Build {
  readonly files: KustomizeFiles;
  readonly log: BuildLog;
  /** Bases that were evaluated already, by folder. */
  readonly bases: Map<string, Accumulation>;
  /** Kustomizations that were evaluated so far, each as often as it is used. */
  evaluated: number;
}

/** Far beyond any real repository; stops components that multiply by using each other several times. */
const MAXIMUM_EVALUATIONS = 10_000;

export function newBuild(files: KustomizeFiles, log: BuildLog): Build {
  return { files, log, bases: new Map(), evaluated: 0 };
}

export function emptyAccumulation(): Accumulation {
  return { resources: new ResourceSet(), configuration: emptyConfiguration, variables: [] };
}

/**
 * Adds to `accumulation` what a kustomization reads and generates, then changes everything in it as the kustomization
 * says. `above`: the folders of the kustomizations that led here.
 */
export function accumulate(
  build: Build,
  kustomization: Kustomization,
  accumulation: Accumulation,
  above: readonly string[],
): void {
  const { log } = build;
  const { fields, directory } = kustomization;
  const trail = [...above, directory];
  build.evaluated += 1;
  if (build.evaluated > MAXIMUM_EVALUATIONS) {
    const reason = `the build evaluates more than ${MAXIMUM_EVALUATIONS} kustomizations`;
    if (build.evaluated === MAXIMUM_EVALUATIONS + 1) log.report(kustomizationInvalid, { reason }, fields.origin);
    return;
  }
  reportUnsupportedFields(kustomization, log);
  for (const entry of [...fields.texts("resources"), ...fields.texts("bases")]) {
    accumulateResource(build, kustomization, entry, accumulation, trail);
  }
  const own = mergeConfigurations(defaultConfiguration, readConfigurations({ ...build, kustomization }));
  accumulation.configuration = mergeConfigurations(accumulation.configuration, own);
  const evaluation = (): Evaluation => ({ ...build, kustomization, ...accumulation });
  runGenerators(evaluation());
  for (const root of readPlugins(build, kustomization, "generators", trail)) runBuiltInGenerator(evaluation(), root);
  for (const entry of fields.texts("components")) {
    const component = findKustomization(build, kustomization, entry, trail);
    if (component === undefined) continue;
    if (component.kind === "Component") accumulate(build, component, accumulation, trail);
    else log.report(kustomizeComponentMisplaced, { directory: component.directory, component: false }, entry.origin);
  }
  transform(evaluation());
  for (const root of readPlugins(build, kustomization, "transformers", trail)) {
    runBuiltInTransformer(evaluation(), root);
  }
  const variables = readVariables(fields, accumulation.resources, log);
  accumulation.variables = mergeVariables(accumulation.variables, variables, log);
}

/** The transformers, in the order in which Kustomize runs them. */
function transform(evaluation: Evaluation): void {
  evaluation.resources.forgetIds();
  applyStrategicMergePatches(evaluation);
  applyPatches(evaluation);
  transformNamespace(evaluation);
  transformNames(evaluation);
  transformLabels(evaluation);
  transformAnnotations(evaluation);
  applyJsonPatches(evaluation);
  transformReplicas(evaluation);
  transformImages(evaluation);
  applyReplacements(evaluation, evaluation.kustomization.fields);
}

/** The configurations of plugins: written out in the kustomization, or read like resources. */
function readPlugins(
  build: Build,
  kustomization: Kustomization,
  field: "generators" | "transformers",
  trail: readonly string[],
): readonly MapNode[] {
  const accumulation = emptyAccumulation();
  for (const entry of kustomization.fields.texts(field)) {
    if (!/[\n:{]/.test(entry.value) || isRemote(entry.value)) {
      accumulateResource(build, kustomization, entry, accumulation, trail);
      continue;
    }
    const reading = readInlineYaml(entry.value, entry.origin, build.files);
    append(build, accumulation.resources, readResourcesOf(build, reading, kustomization.file));
  }
  return accumulation.resources.list.map(({ root }) => root);
}

function accumulateResource(
  build: Build,
  kustomization: Kustomization,
  entry: LocatedText,
  accumulation: Accumulation,
  trail: readonly string[],
): void {
  const path = joinSourcePath(kustomization.directory, entry.value);
  if (!isRemote(entry.value) && build.files.text(path) !== undefined) {
    append(build, accumulation.resources, readResourceFile(build, kustomization, entry));
    return;
  }
  const base = findKustomization(build, kustomization, entry, trail);
  if (base === undefined) return;
  if (base.kind === "Component") {
    build.log.report(kustomizeComponentMisplaced, { directory: base.directory, component: true }, entry.origin);
    return;
  }
  const below = evaluateBase(build, base, trail);
  append(build, accumulation.resources, below.resources.list.map(copyResource));
  accumulation.configuration = mergeConfigurations(accumulation.configuration, below.configuration);
  accumulation.variables = mergeVariables(accumulation.variables, below.variables, build.log);
}

/** A base gives the same wherever it is used. */
function evaluateBase(build: Build, base: Kustomization, trail: readonly string[]): Accumulation {
  const known = build.bases.get(base.directory);
  if (known !== undefined) return known;
  const accumulation = emptyAccumulation();
  accumulate(build, base, accumulation, trail);
  build.bases.set(base.directory, accumulation);
  return accumulation;
}

function readResourceFile(build: Build, kustomization: Kustomization, entry: LocatedText): readonly Resource[] {
  const file = findFile({ ...build, kustomization }, entry, "resource");
  const reading = file === undefined ? undefined : readPlacedFile(file.path, build.files);
  if (file === undefined || reading === undefined) return [];
  return readResourcesOf(build, reading, file.path);
}

function readResourcesOf({ log }: Build, reading: PlacedReading, file: string): readonly Resource[] {
  log.add(reading.diagnostics);
  const { resources, faults } = readResources(reading);
  for (const { reason, origin } of faults) log.report(kustomizeResourceInvalid, { file, reason }, origin, [file]);
  return resources;
}

function append({ log }: Build, resources: ResourceSet, added: readonly Resource[]): void {
  for (const { resource, existing } of resources.append(added)) {
    const id = formatId(currentId(resource));
    const first = formatPlace(placeOf(existing.root.origin));
    log.report(kustomizeDuplicate, { id, first }, resource.root.origin, [id]);
  }
}

/** The kustomization of a folder that an entry refers to; undefined, and reported, when it cannot be used. */
function findKustomization(
  { files, log }: Build,
  kustomization: Kustomization,
  entry: LocatedText,
  trail: readonly string[],
): Kustomization | undefined {
  if (isRemote(entry.value)) {
    log.report(kustomizeRemote, { url: entry.value }, entry.origin, [kustomization.directory]);
    return undefined;
  }
  const directory = joinSourcePath(kustomization.directory, entry.value);
  const by = trail.findLast((visited) => isUnder(visited, directory));
  if (by !== undefined) {
    log.report(kustomizationCycle, { directory, by }, entry.origin, [directory]);
    return undefined;
  }
  if (files.kustomizationsIn(directory).length === 0) {
    log.report(kustomizationMissing, { directory: entry.value }, entry.origin, [directory]);
    return undefined;
  }
  return readKustomization(directory, files, log, entry.origin);
}
