import { kustomizeGeneratorFailed } from "../diagnostics/kustomize-diagnostics.ts";
import { secretBase64 } from "./base64.ts";
import type { Evaluation } from "./evaluation.ts";
import { type MapNode, mapNode, scalarNode, stringNode } from "./field-node.ts";
import { absorbGenerated } from "./generated-merge.ts";
import { type GeneratorOptions, readGeneratorOptions } from "./generator-options.ts";
import { type DataEntry, readDataEntries } from "./generator-sources.ts";
import { attempt } from "./kustomize-fault.ts";
import { type GeneratorBehavior, newResource } from "./resource.ts";
import { compareTexts } from "./resource-order.ts";
import type { Section } from "./section.ts";

export type GeneratedKind = "ConfigMap" | "Secret";

const generatorFields = ["name", "namespace", "behavior", "literals", "files", "envs", "env", "options"];

/** `configMapGenerator`, then `secretGenerator`. */
export function runGenerators(evaluation: Evaluation): void {
  const { fields } = evaluation.kustomization;
  const shared = readGeneratorOptions(fields.section("generatorOptions"));
  for (const [field, kind] of [
    ["configMapGenerator", "ConfigMap"],
    ["secretGenerator", "Secret"],
  ] as const) {
    for (const section of fields.sections(field)) {
      section.expectOnly(kind === "Secret" ? [...generatorFields, "type"] : generatorFields);
      runGenerator(evaluation, section, kind, section, shared);
    }
  }
}

/** Generates what a section describes; `identity` is the section with the name and, perhaps, the namespace. */
export function runGenerator(
  evaluation: Evaluation,
  section: Section,
  kind: GeneratedKind,
  identity: Section,
  shared?: GeneratorOptions,
): void {
  const options = readGeneratorOptions(section.section("options"), shared);
  const outcome = attempt(() => {
    const entries = readDataEntries(section, evaluation);
    if (entries === undefined) return;
    const root = generatedRoot(section, kind, entries, options);
    root.fields.set("metadata", generatedMetadata(identity, options));
    const settings = { needsHash: !options.disableNameSuffixHash, behavior: behaviorOf(section) };
    absorbGenerated(evaluation.resources, newResource(root, settings));
  });
  if (!("reason" in outcome)) return;
  const name = identity.text("name") ?? kind;
  evaluation.log.report(kustomizeGeneratorFailed, { name, reason: outcome.reason }, section.origin, [name]);
}

function generatedRoot(
  section: Section,
  kind: GeneratedKind,
  entries: readonly DataEntry[],
  options: GeneratorOptions,
): MapNode {
  const { origin } = section;
  const root = mapNode(origin);
  root.fields.set("apiVersion", stringNode("v1", origin));
  root.fields.set("kind", stringNode(kind, origin));
  if (kind === "Secret") {
    root.fields.set("type", stringNode(section.text("type") || "Opaque", typeOrigin(section)));
  }
  setData(root, kind, entries);
  if (options.immutable) root.fields.set("immutable", scalarNode(true, origin));
  return root;
}

function typeOrigin(section: Section): Section["origin"] {
  return section.has("type") ? section.originOf("type") : section.origin;
}

function generatedMetadata(section: Section, options: GeneratorOptions): MapNode {
  const metadata = mapNode(section.origin);
  metadata.fields.set("name", stringNode(section.text("name") ?? "", section.originOf("name")));
  const namespace = section.text("namespace") ?? "";
  if (namespace !== "") metadata.fields.set("namespace", stringNode(namespace, section.originOf("namespace")));
  for (const field of ["labels", "annotations"] as const) {
    const texts = [...options[field]].sort(([one], [other]) => compareTexts(one, other));
    if (texts.length === 0) continue;
    const node = mapNode(section.origin);
    for (const [key, { value, origin }] of texts) node.fields.set(key, stringNode(value, origin));
    metadata.fields.set(field, node);
  }
  return metadata;
}

function setData(root: MapNode, kind: GeneratedKind, entries: readonly DataEntry[]): void {
  if (entries.length === 0 && kind === "ConfigMap") return;
  const data = mapNode(root.origin);
  for (const { key, value, origin } of [...entries].sort((one, other) => compareTexts(one.key, other.key))) {
    data.fields.set(key, stringNode(kind === "Secret" ? secretBase64(value) : value, origin));
  }
  root.fields.set("data", data);
}

function behaviorOf(section: Section): GeneratorBehavior {
  const behavior = section.text("behavior");
  return behavior === "merge" || behavior === "replace" ? behavior : "create";
}
