import {
  commonAnnotationSpecs,
  commonLabelSpecs,
  imageSpecs,
  nameSpecs,
  namespaceSpecs,
  replicaSpecs,
  templateLabelSpecs,
  variableSpecs,
} from "./default-field-specs.ts";
import type { FieldSpec } from "./field-spec.ts";
import { type NameReferenceSpec, nameReferenceSpecs } from "./name-reference-specs.ts";
import { compareTypes } from "./resource-order.ts";
import { isSelectedType } from "./resource-type.ts";

/** Lists of fields, by the name they have in a `configurations` file. */
export interface FieldSpecLists {
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly namespace: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly varReference: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
}

/** Which fields each transformer changes. */
export interface TransformerConfiguration extends FieldSpecLists {
  readonly nameReference: readonly NameReferenceSpec[];
}

export const fieldSpecListNames = [
  "namePrefix",
  "nameSuffix",
  "namespace",
  "commonLabels",
  "labels",
  "templateLabels",
  "commonAnnotations",
  "varReference",
  "images",
  "replicas",
] as const satisfies readonly (keyof FieldSpecLists)[];

export const emptyConfiguration: TransformerConfiguration = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  commonAnnotations: [],
  varReference: [],
  images: [],
  replicas: [],
  nameReference: [],
};

export const defaultConfiguration: TransformerConfiguration = {
  namePrefix: nameSpecs,
  nameSuffix: nameSpecs,
  namespace: namespaceSpecs,
  commonLabels: commonLabelSpecs,
  labels: [],
  templateLabels: templateLabelSpecs,
  commonAnnotations: commonAnnotationSpecs,
  varReference: variableSpecs,
  images: imageSpecs,
  replicas: replicaSpecs,
  nameReference: nameReferenceSpecs.toSorted(compareTypes),
};

/**
 * The fields of both; what the first already covers is not repeated. Whatever was accumulated covers the default, which
 * is the first thing that every kustomization adds.
 */
export function mergeConfigurations(
  base: TransformerConfiguration,
  added: TransformerConfiguration,
): TransformerConfiguration {
  if (base === added || added === emptyConfiguration) return base;
  if (added === defaultConfiguration) return base === emptyConfiguration ? added : base;
  const merged: { -readonly [Name in keyof TransformerConfiguration]: TransformerConfiguration[Name] } = { ...base };
  for (const name of fieldSpecListNames) merged[name] = mergeFieldSpecs(base[name], added[name]).toSorted(compareTypes);
  merged.nameReference = mergeReferences(base.nameReference, added.nameReference).toSorted(compareTypes);
  return merged;
}

/** Appends what `base` does not cover yet. */
export function mergeFieldSpecs(base: readonly FieldSpec[], added: readonly FieldSpec[]): readonly FieldSpec[] {
  const merged = [...base];
  for (const spec of added) {
    if (merged.some((existing) => existing.path === spec.path && isSelectedType(typeOfSpec(existing), spec))) continue;
    merged.push(spec);
  }
  return merged;
}

function typeOfSpec({ group = "", version = "", kind = "" }: FieldSpec): {
  group: string;
  version: string;
  kind: string;
} {
  return { group, version, kind };
}

function mergeReferences(
  base: readonly NameReferenceSpec[],
  added: readonly NameReferenceSpec[],
): readonly NameReferenceSpec[] {
  const merged = [...base];
  for (const reference of added) {
    const index = merged.findIndex(
      ({ group = "", version = "", kind = "" }) =>
        group === (reference.group ?? "") && version === (reference.version ?? "") && kind === (reference.kind ?? ""),
    );
    const existing = merged[index];
    if (existing === undefined) merged.push(reference);
    else merged[index] = { ...existing, referrers: mergeFieldSpecs(existing.referrers, reference.referrers) };
  }
  return merged;
}
