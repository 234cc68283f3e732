import {
  kustomizationAmbiguous,
  kustomizationInvalid,
  kustomizationMissing,
  kustomizeFieldDeprecated,
} from "../diagnostics/kustomize-diagnostics.ts";
import { isJsonObject } from "../kubernetes/json-value.ts";
import type { BuildLog } from "./build-log.ts";
import { type FieldOrigin, rootOrigin } from "./field-origin.ts";
import type { KustomizeFiles } from "./kustomize-files.ts";
import { Section } from "./section.ts";

/** A kustomization file, read. */
export interface Kustomization {
  readonly directory: string;
  readonly file: string;
  readonly kind: "Kustomization" | "Component";
  readonly fields: Section;
}

/** Every field that Kustomize 5.7.1 accepts in a kustomization. */
const kustomizationFields = [
  "apiVersion",
  "kind",
  "metadata",
  "openapi",
  "namePrefix",
  "nameSuffix",
  "namespace",
  "commonLabels",
  "labels",
  "commonAnnotations",
  "patchesStrategicMerge",
  "patchesJson6902",
  "patches",
  "images",
  "imageTags",
  "replacements",
  "replicas",
  "vars",
  "sortOptions",
  "resources",
  "components",
  "crds",
  "bases",
  "configMapGenerator",
  "secretGenerator",
  "helmGlobals",
  "helmCharts",
  "helmChartInflationGenerator",
  "generatorOptions",
  "configurations",
  "generators",
  "transformers",
  "validators",
  "buildMetadata",
] as const;

const deprecatedFields = [
  ["bases", "resources"],
  ["commonLabels", "labels"],
  ["imageTags", "images"],
  ["patchesJson6902", "patches"],
  ["patchesStrategicMerge", "patches"],
  ["vars", "replacements"],
] as const;

const apiVersions = {
  Kustomization: "kustomize.config.k8s.io/v1beta1",
  Component: "kustomize.config.k8s.io/v1alpha1",
} as const;

/**
 * Reads the kustomization of a folder. Undefined, and reported at `referrer`, when there is none or it cannot be used.
 */
export function readKustomization(
  directory: string,
  files: KustomizeFiles,
  log: BuildLog,
  referrer?: FieldOrigin,
): Kustomization | undefined {
  const candidates = files.kustomizationsIn(directory);
  const [file] = candidates;
  if (file === undefined) {
    log.report(kustomizationMissing, { directory }, referrer, [directory]);
    return undefined;
  }
  if (candidates.length > 1) {
    log.report(kustomizationAmbiguous, { directory, files: candidates }, referrer, [directory]);
    return undefined;
  }
  const reading = files.documents(file);
  log.add(reading?.diagnostics ?? []);
  const [document] = reading?.documents ?? [];
  if (document === undefined) {
    const broken = (reading?.diagnostics.length ?? 0) > 0;
    if (!broken) log.report(kustomizationInvalid, { reason: `${file} is empty` }, referrer, [directory]);
    return undefined;
  }
  const origin = rootOrigin(document);
  if (!isJsonObject(document.value)) {
    log.report(kustomizationInvalid, { reason: "it is not a mapping" }, origin, [directory]);
    return undefined;
  }
  const fields = new Section(document.value, origin, log);
  const kind = readKind(fields, log);
  if (kind === undefined) return undefined;
  fields.expectOnly(kustomizationFields);
  for (const [field, replacement] of deprecatedFields) {
    if (fields.has(field)) log.report(kustomizeFieldDeprecated, { field, replacement }, fields.originOf(field));
  }
  return { directory, file, kind, fields };
}

function readKind(fields: Section, log: BuildLog): Kustomization["kind"] | undefined {
  const kind = fields.text("kind") ?? "Kustomization";
  if (kind !== "Kustomization" && kind !== "Component") {
    const reason = `its kind is "${kind}", not Kustomization or Component`;
    log.report(kustomizationInvalid, { reason }, fields.originOf("kind"));
    return undefined;
  }
  const apiVersion = fields.text("apiVersion");
  if (apiVersion !== undefined && apiVersion !== apiVersions[kind]) {
    const reason = `the apiVersion of a ${kind} is "${apiVersions[kind]}", not "${apiVersion}"`;
    log.report(kustomizationInvalid, { reason }, fields.originOf("apiVersion"));
    return undefined;
  }
  return kind;
}
