import { asList, asObject, asText, isJsonObject, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import { lookupOf } from "../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../estate-lookup/object-outcome.ts";
import { missingForAbsence } from "../evidence.ts";
import { editFix } from "../fixes/manifest-fix.ts";
import type { RuleOutcome } from "../rule.ts";
import { circleThrough, type DeliveryGraph, fluxSourceKinds } from "./delivery-graph.ts";
import { ownerOfUrl, ownOwner } from "./third-party.ts";

/** One setting of a Flux object that stands wrong. */
interface Defect {
  readonly part: string;
  readonly field: FieldPath;
  readonly message: string;
  readonly fix: string;
  /** Undefined: only a person can decide. */
  readonly value?: unknown;
}

/** Everything wrong with one Flux object. */
export function* judgeFluxObject(estate: Estate, placed: PlacedObject, graph: DeliveryGraph): Iterable<RuleOutcome> {
  const { object } = placed;
  const spec = asObject(object.value.spec);
  const isSource = fluxSourceKinds.includes(object.kind);
  for (const { part, field, message, fix, value } of [
    ...(object.kind === "Kustomization" ? kustomizationDefects(object.name, spec) : []),
    ...(object.kind === "HelmRelease" ? releaseDefects(object.name, spec) : []),
    ...(isSource ? sourceDefects(estate, placed, spec) : []),
    ...(isSuspendedInProduction(estate, placed, spec) ? [suspension(placed)] : []),
  ]) {
    yield objectOutcome(estate, placed, {
      verdict: "fail",
      part,
      field,
      message,
      fix: value === undefined ? { description: fix } : editFix(fix, placed, [{ path: field, value }]),
    });
  }
  yield* lostDependencies(estate, placed, graph);
  if (!isSource) yield* lostSource(estate, placed, spec, graph);
}

function kustomizationDefects(name: string, spec: JsonObject): readonly Defect[] {
  const defects: Defect[] = [];
  if (spec.prune !== true) {
    const message = `Kustomization ${name} does not prune: what is deleted in Git stays on the cluster.`;
    defects.push({ part: "1", field: ["spec", "prune"], message, fix: "Prune.", value: true });
  }
  if (spec.wait !== true && asList(spec.healthChecks).length === 0) {
    const message = `Kustomization ${name} neither waits nor checks health: it reports success while pods crash, and what depends on it starts too early.`;
    defects.push({ part: "2", field: ["spec", "wait"], message, fix: "Wait for what is applied.", value: true });
  }
  for (const field of ["interval", "timeout"]) {
    if (asText(spec[field]) !== undefined) continue;
    const message =
      field === "interval"
        ? `Kustomization ${name} has no interval: nothing says how often it is reconciled.`
        : `Kustomization ${name} has no timeout: a health check may hang for its whole interval (${asText(spec.interval) ?? "unset"}).`;
    defects.push({
      part: "3",
      field: ["spec", field],
      message,
      fix: `Set ${field}.`,
      value: field === "interval" ? "10m" : "5m",
    });
  }
  return defects;
}

function releaseDefects(name: string, spec: JsonObject): readonly Defect[] {
  const defects: Defect[] = [];
  if (asText(spec.interval) === undefined) {
    const message = `HelmRelease ${name} has no interval: nothing says how often it is reconciled.`;
    defects.push({ part: "3", field: ["spec", "interval"], message, fix: "Set interval.", value: "30m" });
  }
  const version = valueAt(spec, ["chart", "spec", "version"]);
  if (isJsonObject(spec.chart) && (version === undefined || version === "*" || version === "x")) {
    const message = `HelmRelease ${name} takes whatever version of its chart is newest: a release of somebody else changes the cluster.`;
    defects.push({
      part: "6",
      field: ["spec", "chart", "spec", "version"],
      message,
      fix: "Name a version of the chart.",
    });
  }
  const upgrade = asObject(spec.upgrade);
  const retries = asObject(upgrade.remediation).retries;
  const retriesByStrategy = asObject(upgrade.strategy).name === "RetryOnFailure";
  if ((retries === undefined || retries === 0) && !retriesByStrategy) {
    const message = `HelmRelease ${name} has no remediation of upgrades: after one failure it stays failed, half upgraded, until a person acts.`;
    const field = ["spec", "upgrade", "remediation", "retries"];
    defects.push({ part: "9", field, message, fix: "Retry, and roll back what fails.", value: 3 });
  }
  return defects;
}

function sourceDefects(estate: Estate, placed: PlacedObject, spec: JsonObject): readonly Defect[] {
  const { kind, name } = placed.object;
  const defects: Defect[] = [];
  if (asText(spec.interval) === undefined && kind !== "ExternalArtifact" && spec.type !== "oci") {
    const message = `${kind} ${name} has no interval: nothing says how often it is looked at.`;
    defects.push({ part: "3", field: ["spec", "interval"], message, fix: "Set interval.", value: "5m" });
  }
  const moving = movingReference(kind, asObject(spec.ref));
  if (moving !== undefined && isThirdParty(estate, spec)) {
    const message = `${kind} ${name} follows ${moving} of ${asText(spec.url) ?? ""}, which belongs to others: what they push runs here.`;
    defects.push({ part: "6", field: ["spec", "ref"], message, fix: "Pin a tag, a digest or a commit." });
  }
  return defects;
}

/** A reference that moves, in words. A commit, tag, digest or semantic range of versions does not, or not unasked. */
function movingReference(kind: string, ref: JsonObject): string | undefined {
  if (kind === "GitRepository") {
    if (asText(ref.commit) !== undefined || asText(ref.tag) !== undefined || asText(ref.semver) !== undefined)
      return undefined;
    return `branch ${asText(ref.branch) ?? "master"}`;
  }
  if (kind !== "OCIRepository" || asText(ref.digest) !== undefined || asText(ref.semver) !== undefined)
    return undefined;
  const tag = asText(ref.tag) ?? "latest";
  return /^(?:latest|main|master|edge|dev)$/.test(tag) ? `tag ${tag}` : undefined;
}

function isThirdParty(estate: Estate, spec: JsonObject): boolean {
  const sources = lookupOf(estate).objects.ofKind(
    "GitRepository.source.toolkit.fluxcd.io",
    "OCIRepository.source.toolkit.fluxcd.io",
  );
  const urls = sources.flatMap(({ object }) => asText(asObject(object.value.spec).url) ?? []);
  const own = ownOwner(urls);
  const owner = ownerOfUrl(asText(spec.url) ?? "");
  return own !== undefined && owner !== undefined && owner !== own;
}

function isSuspendedInProduction({ environments }: Estate, { environment }: PlacedObject, spec: JsonObject): boolean {
  const criticality = environments.find(({ name }) => name === environment)?.criticality ?? "high";
  return spec.suspend === true && criticality === "high";
}

function suspension({ object }: PlacedObject): Defect {
  const message = `${object.kind} ${object.name} is suspended in production: Git and cluster drift apart, and nobody is told.`;
  return { part: "4", field: ["spec", "suspend"], message, fix: "Resume it.", value: false };
}

function* lostDependencies(estate: Estate, placed: PlacedObject, graph: DeliveryGraph): Iterable<RuleOutcome> {
  const { kind, name } = placed.object;
  for (const { index, name: wanted, target } of graph.dependencies(placed)) {
    if (target !== undefined) continue;
    const field = ["spec", "dependsOn", index];
    yield absent(
      estate,
      placed,
      "5",
      field,
      `${kind} ${name} waits for ${kind} ${wanted}, which is not in the input`,
      "so it would wait for ever",
    );
  }
  const circle = circleThrough(placed, graph);
  if (circle === undefined) return;
  const names = [...circle.map(({ object }) => object.name), name];
  yield objectOutcome(estate, placed, {
    verdict: "fail",
    part: "5",
    field: ["spec", "dependsOn"],
    message: `${kind} ${name} waits for itself: ${names.join(" -> ")}. None of them is ever applied.`,
    fix: { description: "Break the circle." },
  });
}

function* lostSource(
  estate: Estate,
  placed: PlacedObject,
  spec: JsonObject,
  graph: DeliveryGraph,
): Iterable<RuleOutcome> {
  const paths = [["sourceRef"], ["chart", "spec", "sourceRef"], ["chartRef"]];
  for (const path of paths) {
    const reference = asObject(valueAt(spec, path));
    const kind = asText(reference.kind);
    const name = asText(reference.name);
    if (
      kind === undefined ||
      name === undefined ||
      graph.find(placed, kind, asText(reference.namespace), name) !== undefined
    )
      continue;
    const said = `${placed.object.kind} ${placed.object.name} takes its content from ${kind} ${name}, which is not in the input`;
    yield absent(estate, placed, "7", ["spec", ...path], said, "so it has nothing to apply");
  }
}

/** Something named that is not there: a fail where absence is proven, otherwise it may be elsewhere. */
function absent(
  estate: Estate,
  placed: PlacedObject,
  part: string,
  field: FieldPath,
  said: string,
  consequence: string,
): RuleOutcome {
  const missing = missingForAbsence(estate);
  if (missing.length > 0) {
    const message = `${said}; it may be elsewhere, since the estate is not declared complete or not all of it could be read.`;
    return objectOutcome(estate, placed, { verdict: "notEvaluable", part, missing, field, message });
  }
  const fix = { description: "Correct the name and namespace, or add the object." };
  return objectOutcome(estate, placed, { verdict: "fail", part, field, message: `${said}, ${consequence}.`, fix });
}
