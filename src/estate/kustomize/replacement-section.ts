import { kustomizeReplacementFailed } from "../diagnostics/kustomize-diagnostics.ts";
import { isJsonObject } from "../kubernetes/json-value.ts";
import { type Evaluation, findFile } from "./evaluation.ts";
import { type FieldOrigin, originAt, rootOrigin } from "./field-origin.ts";
import type { ResourceSelector } from "./patch-target.ts";
import { readSelector, readSelectorFields } from "./resource-selector.ts";
import { type LocatedText, Section } from "./section.ts";

/** Which part of a text is meant, when a delimiter splits it. */
export interface PartOptions {
  readonly delimiter: string;
  readonly index: number;
  readonly create: boolean;
}

export interface ReplacementTarget {
  readonly select: ResourceSelector;
  readonly reject: readonly ResourceSelector[];
  readonly fieldPaths: readonly LocatedText[];
  readonly options: PartOptions;
  readonly origin: FieldOrigin;
}

export interface Replacement {
  readonly source:
    | { readonly kind: "value"; readonly value: LocatedText }
    | {
        readonly kind: "field";
        readonly selector: ResourceSelector;
        readonly fieldPath: string;
        readonly options: PartOptions;
      };
  readonly targets: readonly ReplacementTarget[];
  readonly origin: FieldOrigin;
}

const DEFAULT_FIELD_PATH = "metadata.name";
const replacementFields = ["source", "sourceValue", "targets"] as const;

/** The replacements under the field of that name, those in files of their own included; what is incomplete is reported. */
export function readReplacements(evaluation: Evaluation, fields: Section): readonly Replacement[] {
  return fields.sections("replacements").flatMap((entry) => {
    const path = entry.text("path");
    if (path === undefined || path === "") {
      entry.expectOnly([...replacementFields, "path"]);
      return readReplacement(entry, evaluation);
    }
    if (entry.has("source") || entry.has("targets")) {
      const reason = 'it has both "path" and a replacement of its own';
      evaluation.log.report(kustomizeReplacementFailed, { reason }, entry.origin);
      return [];
    }
    return readReplacementFile(evaluation, { value: path, origin: entry.originOf("path") });
  });
}

function readReplacementFile(evaluation: Evaluation, name: LocatedText): readonly Replacement[] {
  const { files, log } = evaluation;
  const file = findFile(evaluation, name, "replacement");
  if (file === undefined) return [];
  const reading = files.documents(file.path);
  log.add(reading?.diagnostics ?? []);
  const [document] = reading?.documents ?? [];
  if (document === undefined) return [];
  const values: readonly unknown[] = Array.isArray(document.value) ? document.value : [document.value];
  return values.flatMap((value, index) => {
    const origin = Array.isArray(document.value) ? originAt(document, [index]) : rootOrigin(document);
    if (isJsonObject(value)) {
      const section = new Section(value, origin, log, "ignored");
      return readReplacement(section, evaluation);
    }
    log.report(kustomizeReplacementFailed, { reason: "it is no mapping" }, origin);
    return [];
  });
}

function readReplacement(entry: Section, { log }: Evaluation): readonly Replacement[] {
  const value = entry.text("sourceValue");
  const sourceSection = entry.section("source");
  if ((value === undefined) === (sourceSection === undefined)) {
    const reason = value === undefined ? "it has no source" : 'it has both "source" and "sourceValue"';
    log.report(kustomizeReplacementFailed, { reason }, entry.origin);
    return [];
  }
  if (!entry.has("targets")) {
    log.report(kustomizeReplacementFailed, { reason: "it has no targets" }, entry.origin);
    return [];
  }
  const targets = entry.sections("targets").flatMap((target) => readTarget(target, log));
  const source: Replacement["source"] | undefined =
    sourceSection !== undefined
      ? readSource(sourceSection)
      : value === undefined
        ? undefined
        : { kind: "value", value: { value, origin: entry.originOf("sourceValue") } };
  return source === undefined ? [] : [{ source, targets, origin: entry.origin }];
}

function readSource(section: Section): Replacement["source"] {
  section.expectOnly(["group", "version", "kind", "name", "namespace", "fieldPath", "options"]);
  return {
    kind: "field",
    selector: readSelectorFields(section),
    fieldPath: section.text("fieldPath") || DEFAULT_FIELD_PATH,
    options: readOptions(section.section("options")),
  };
}

function readTarget(section: Section, log: Evaluation["log"]): readonly ReplacementTarget[] {
  section.expectOnly(["select", "reject", "fieldPaths", "options"]);
  const select = section.section("select");
  if (select === undefined) {
    log.report(
      kustomizeReplacementFailed,
      { reason: "a target does not say which resources to select" },
      section.origin,
    );
    return [];
  }
  const paths = section.texts("fieldPaths");
  return [
    {
      select: readSelector(select),
      reject: section.sections("reject").map((reject) => readSelector(reject)),
      fieldPaths: paths.length === 0 ? [{ value: DEFAULT_FIELD_PATH, origin: section.origin }] : paths,
      options: readOptions(section.section("options")),
      origin: section.origin,
    },
  ];
}

function readOptions(section: Section | undefined): PartOptions {
  section?.expectOnly(["delimiter", "index", "encoding", "create"]);
  return {
    delimiter: section?.text("delimiter") ?? "",
    index: section?.integer("index") ?? 0,
    create: section?.flag("create") ?? false,
  };
}
