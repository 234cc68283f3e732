import { kustomizePatchInvalid, kustomizeUnsupported } from "../diagnostics/kustomize-diagnostics.ts";
import type { Evaluation } from "./evaluation.ts";
import { type MapNode, stringNode, textOf } from "./field-node.ts";
import { readFieldSpecs } from "./field-spec-section.ts";
import { changeImages } from "./image-transformer.ts";
import { addTexts } from "./label-transformer.ts";
import { addAffix } from "./name-affix-transformer.ts";
import { changeNamespace, type SubjectMode } from "./namespace-transformer.ts";
import { applyJsonPatchEntry, applyListedPatch, applyPatchEntry } from "./patch-transformer.ts";
import { renderedObject } from "./rendered-value.ts";
import { applyReplacements } from "./replacement.ts";
import { changeReplicas } from "./replica-transformer.ts";
import { Section } from "./section.ts";

const BUILT_IN = "builtin";

/**
 * Runs a transformer of the field `transformers`. Only the built-in ones are known, and their fields are exactly those
 * that their configuration lists; plugins are reported.
 */
export function runBuiltInTransformer(evaluation: Evaluation, configuration: MapNode): void {
  const kind = textOf(configuration.fields.get("kind"));
  const section = new Section(renderedObject(configuration), configuration.origin, evaluation.log, "ignored");
  const run = textOf(configuration.fields.get("apiVersion")) === BUILT_IN ? transformers.get(kind) : undefined;
  if (run !== undefined) {
    run(evaluation, section);
    return;
  }
  const effect = "what it would change is left as it is";
  evaluation.log.report(kustomizeUnsupported, { field: kind, effect }, configuration.origin, [
    evaluation.kustomization.directory,
  ]);
}

type Transformer = (evaluation: Evaluation, section: Section) => void;

const transformers: ReadonlyMap<string, Transformer> = new Map<string, Transformer>([
  ["NamespaceTransformer", namespaceTransformer],
  ["PrefixTransformer", (evaluation, section) => affixTransformer(evaluation, section, "prefix")],
  ["SuffixTransformer", (evaluation, section) => affixTransformer(evaluation, section, "suffix")],
  ["PrefixSuffixTransformer", bothAffixesTransformer],
  ["LabelTransformer", (evaluation, section) => textTransformer(evaluation, section, "labels")],
  ["AnnotationsTransformer", (evaluation, section) => textTransformer(evaluation, section, "annotations")],
  ["ImageTagTransformer", imageTransformer],
  ["ReplicaCountTransformer", replicaTransformer],
  ["ReplacementTransformer", applyReplacements],
  ["PatchTransformer", applyPatchEntry],
  ["PatchJson6902Transformer", (evaluation, section) => applyJsonPatchEntry(evaluation, section, "jsonOp")],
  ["PatchStrategicMergeTransformer", strategicMergeTransformer],
]);

const subjectModes: readonly SubjectMode[] = ["defaultOnly", "allServiceAccounts", "none"];

function namespaceTransformer(evaluation: Evaluation, section: Section): void {
  const metadata = section.section("metadata");
  const namespace = metadata?.text("namespace") ?? "";
  if (metadata === undefined || namespace === "") return;
  const mode = section.text("setRoleBindingSubjects") ?? "";
  changeNamespace(evaluation, {
    namespace: stringNode(namespace, metadata.originOf("namespace")),
    specs: readFieldSpecs(section, "fieldSpecs"),
    unsetOnly: section.flag("unsetOnly") ?? false,
    subjects: subjectModes.find((known) => known === mode) ?? "defaultOnly",
  });
}

function affixTransformer(evaluation: Evaluation, section: Section, field: "prefix" | "suffix"): void {
  const text = section.text(field) ?? "";
  const affix = field === "prefix" ? "namePrefix" : "nameSuffix";
  if (text !== "") addAffix(evaluation, affix, text, readFieldSpecs(section, "fieldSpecs"));
}

function bothAffixesTransformer(evaluation: Evaluation, section: Section): void {
  affixTransformer(evaluation, section, "prefix");
  affixTransformer(evaluation, section, "suffix");
}

function textTransformer(evaluation: Evaluation, section: Section, field: "labels" | "annotations"): void {
  const texts = section.textMap(field);
  if (texts !== undefined) addTexts(evaluation, texts, readFieldSpecs(section, "fieldSpecs"));
}

function imageTransformer(evaluation: Evaluation, section: Section): void {
  const image = section.section("imageTag");
  if (image !== undefined) changeImages(evaluation, image, readFieldSpecs(section, "fieldSpecs"));
}

function replicaTransformer(evaluation: Evaluation, section: Section): void {
  const replica = section.section("replica");
  if (replica !== undefined) changeReplicas(evaluation, replica, readFieldSpecs(section, "fieldSpecs"));
}

function strategicMergeTransformer(evaluation: Evaluation, section: Section): void {
  const patches = section.text("patches") ?? "";
  for (const item of section.texts("paths")) applyListedPatch(evaluation, item);
  if (patches !== "") applyListedPatch(evaluation, { value: patches, origin: section.originOf("patches") });
  if (patches !== "" || section.has("paths")) return;
  evaluation.log.report(kustomizePatchInvalid, { reason: 'it has neither "paths" nor "patches"' }, section.origin);
}
