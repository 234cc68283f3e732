import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { badQuantity, badSelector, fieldType, unknownField } from "../diagnostics/manifest-diagnostics.ts";
import { nearestName } from "../diagnostics/nearest-name.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import { builtInFieldTypes, builtInTypeName, builtInTypesVersion, type FieldType } from "./built-in-types.ts";
import { readQuantity } from "./compute-resources.ts";
import { formatFieldPath } from "./field-path.ts";
import { isJsonObject, valueAt } from "./json-value.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";
import { inspectLabelSelector } from "./selector.ts";

/** One object under check, and where its problems go. */
interface Check {
  readonly object: KubernetesObject;
  readonly diagnostics: Diagnostic[];
  /** Where the check stands; one growing and shrinking list, since most objects have nothing to report. */
  readonly path: (string | number)[];
}

/** A custom kind whose pod template is of the built-in type, by path. */
const embeddedTemplates: ReadonlyMap<string, FieldPath> = new Map([
  ["argoproj.io/v1alpha1 Rollout", ["spec", "template"]],
]);

/**
 * Checks every field of a built-in kind against its type, as strict decoding in the API server does: wrong types are
 * errors, unknown fields warnings with the nearest known name. Of other kinds only the metadata is checked, and the pod
 * template where the kind is known to hold one. Null counts as absent.
 */
export function checkFieldTypes(object: KubernetesObject): readonly Diagnostic[] {
  const check: Check = { object, diagnostics: [], path: [] };
  const typeName = builtInTypeName(object.apiVersion, object.kind);
  if (typeName !== undefined) {
    checkNamed(check, object.value, typeName);
    return check.diagnostics;
  }
  checkUnder(check, ["metadata"], "meta.v1.ObjectMeta");
  const template = embeddedTemplates.get(`${object.apiVersion} ${object.kind}`);
  if (template !== undefined) checkUnder(check, template, "core.v1.PodTemplateSpec");
  return check.diagnostics;
}

function checkUnder(check: Check, path: FieldPath, typeName: string): void {
  check.path.push(...path);
  checkNamed(check, valueAt(check.object.value, path), typeName);
  check.path.length = 0;
}

function checkValue(check: Check, value: unknown, type: FieldType): void {
  if (value === null || value === undefined) return;
  switch (type.kind) {
    case "anything":
      return;
    case "named":
      checkNamed(check, value, type.name);
      return;
    case "list":
      if (Array.isArray(value))
        value.forEach((item, index) => {
          checkEntry(check, index, item, type.of);
        });
      else report(check, "a list", value);
      return;
    case "map":
      if (!isJsonObject(value)) report(check, "a mapping", value);
      else for (const key of Object.keys(value)) checkEntry(check, key, value[key], type.of);
      return;
    case "string":
    case "integer":
    case "boolean":
    case "quantity":
    case "integerOrString":
      checkScalar(check, value, type.kind);
  }
}

function checkEntry(check: Check, step: string | number, value: unknown, type: FieldType): void {
  check.path.push(step);
  checkValue(check, value, type);
  check.path.pop();
}

function checkNamed(check: Check, value: unknown, typeName: string): void {
  if (value === null || value === undefined) return;
  const fields = builtInFieldTypes(typeName);
  if (fields === undefined) return;
  if (!isJsonObject(value)) {
    report(check, "a mapping", value);
    return;
  }
  if (typeName === "meta.v1.LabelSelector") reportSelectorProblems(check, value);
  for (const field of Object.keys(value)) {
    const type = fields.get(field);
    if (type === undefined) reportUnknown(check, field, typeName, nearestName(field, fields.keys()));
    else if (typeName !== "meta.v1.LabelSelector") checkEntry(check, field, value[field], type);
  }
}

/** Selectors have a grammar of their own, which also covers their types. */
function reportSelectorProblems(check: Check, selector: unknown): void {
  for (const { path, text } of inspectLabelSelector(selector)?.problems ?? []) {
    const place = check.object.locate([...check.path, ...path]);
    const parameters = { field: formatFieldPath(check.path), reason: text };
    check.diagnostics.push(diagnose(badSelector, parameters, { place }));
  }
}

type ScalarKind = Exclude<FieldType["kind"], "anything" | "named" | "list" | "map">;

const expectedWords: { readonly [kind in ScalarKind]: string } = {
  string: "a string",
  integer: "a whole number",
  boolean: "true or false",
  quantity: "a quantity",
  integerOrString: "a whole number or a string",
};

function checkScalar(check: Check, value: unknown, kind: ScalarKind): void {
  if (!isOfKind(value, kind)) {
    report(check, expectedWords[kind], value);
    return;
  }
  if (kind !== "quantity" || readQuantity(value) !== undefined) return;
  const parameters = { field: formatFieldPath(check.path), text: String(value) };
  check.diagnostics.push(diagnose(badQuantity, parameters, { place: check.object.locate([...check.path]) }));
}

function isOfKind(value: unknown, kind: ScalarKind): boolean {
  switch (kind) {
    case "string":
      return typeof value === "string";
    case "integer":
      return Number.isInteger(value);
    case "boolean":
      return typeof value === "boolean";
    case "quantity":
      return typeof value === "string" || typeof value === "number";
    case "integerOrString":
      return typeof value === "string" || Number.isInteger(value);
  }
}

function report(check: Check, expected: string, value: unknown): void {
  const found = describe(value, expected, check.object.kind);
  const parameters = { field: formatFieldPath(check.path), expected, found };
  check.diagnostics.push(diagnose(fieldType, parameters, { place: check.object.locate([...check.path]) }));
}

function reportUnknown(check: Check, field: string, typeName: string, suggestion: string | undefined): void {
  const type = typeName.slice(typeName.lastIndexOf(".") + 1);
  const path = [...check.path, field];
  const parameters = { field: formatFieldPath(path), type, version: builtInTypesVersion, suggestion };
  check.diagnostics.push(diagnose(unknownField, parameters, { place: check.object.locate(path) }));
}

/** The value itself is shown only where it cannot be a secret: a text in the place of a number or boolean. */
function describe(value: unknown, expected: string, kind: string): string {
  if (Array.isArray(value)) return "a list";
  if (isJsonObject(value)) return "a mapping";
  if (typeof value !== "string") return `a ${typeof value}`;
  const shown = kind !== "Secret" && (expected === expectedWords.integer || expected === expectedWords.boolean);
  return shown ? `the text "${value}"` : "a text";
}
