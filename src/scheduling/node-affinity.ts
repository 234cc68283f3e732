import { asInteger, asList, asLooseText, asObject, asText, isJsonObject } from "../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../estate/kubernetes/kubernetes-object.ts";

type Labels = { readonly [key: string]: string };

/** One requirement of a node selector term. */
interface NodeRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** A term of node affinity: requirements are ANDed; a term without any matches nothing. */
interface NodeSelectorTerm {
  readonly expressions: readonly NodeRequirement[];
  /** Only `metadata.name` exists; names of nodes that do not exist yet match no term that asks for one. */
  readonly fields: readonly NodeRequirement[];
}

/** What a pod spec says about the nodes it wants, read once. */
export interface NodeAffinity {
  /** Undefined: no required affinity; an empty list matches no node. */
  readonly required: readonly NodeSelectorTerm[] | undefined;
  readonly preferred: readonly { readonly weight: number; readonly term: NodeSelectorTerm }[];
}

/** Reads `affinity.nodeAffinity` of a pod spec. */
export function readNodeAffinity(podSpec: JsonObject): NodeAffinity {
  const affinity = asObject(asObject(podSpec.affinity).nodeAffinity);
  const required = affinity.requiredDuringSchedulingIgnoredDuringExecution;
  return {
    required: isJsonObject(required) ? asList(required.nodeSelectorTerms).map(readTerm) : undefined,
    preferred: asList(affinity.preferredDuringSchedulingIgnoredDuringExecution).flatMap((entry) => {
      const weight = asInteger(asObject(entry).weight) ?? 0;
      return weight > 0 ? [{ weight, term: readTerm(asObject(entry).preference) }] : [];
    }),
  };
}

/** True when some term of the required affinity matches, or none is required. */
export function matchesRequired(affinity: NodeAffinity, labels: Labels, nodeName: string): boolean {
  return affinity.required === undefined || affinity.required.some((term) => matchesTerm(term, labels, nodeName));
}

/** Sum of the weights of the preferred terms that match. */
export function preferredWeight(affinity: NodeAffinity, labels: Labels, nodeName: string): number {
  return affinity.preferred.reduce(
    (sum, { weight, term }) => (matchesTerm(term, labels, nodeName) ? sum + weight : sum),
    0,
  );
}

/** Label keys that the required affinity asks about, for messages and for knowing what a pod leaves open. */
export function requiredKeys(affinity: NodeAffinity): readonly string[] {
  return [...new Set((affinity.required ?? []).flatMap((term) => term.expressions.map(({ key }) => key)))];
}

function readTerm(value: unknown): NodeSelectorTerm {
  const term = asObject(value);
  return {
    expressions: asList(term.matchExpressions).map(readRequirement),
    fields: asList(term.matchFields).map(readRequirement),
  };
}

function readRequirement(value: unknown): NodeRequirement {
  const entry = asObject(value);
  return {
    key: asText(entry.key) ?? "",
    operator: asText(entry.operator) ?? "",
    values: asList(entry.values).flatMap((each) => asLooseText(each) ?? []),
  };
}

function matchesTerm(term: NodeSelectorTerm, labels: Labels, nodeName: string): boolean {
  if (term.expressions.length === 0 && term.fields.length === 0) return false;
  return (
    term.expressions.every((requirement) => matchesLabel(requirement, labels)) &&
    term.fields.every((requirement) => matchesField(requirement, nodeName))
  );
}

function matchesLabel({ key, operator, values }: NodeRequirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
    case "Lt":
      return compareIntegers(operator, value, values);
    default:
      return false;
  }
}

/** Both sides must be base-10 64-bit integers, otherwise nothing matches. */
function compareIntegers(operator: "Gt" | "Lt", value: string | undefined, values: readonly string[]): boolean {
  const [bound] = values;
  if (value === undefined || bound === undefined || values.length !== 1) return false;
  const left = parseInt64(value);
  const right = parseInt64(bound);
  if (left === undefined || right === undefined) return false;
  return operator === "Gt" ? left > right : left < right;
}

function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?\d{1,19}$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ""));
  return value === BigInt.asIntN(64, value) ? value : undefined;
}

function matchesField({ key, operator, values }: NodeRequirement, nodeName: string): boolean {
  if (key !== "metadata.name" || values.length !== 1) return false;
  if (operator === "In") return values[0] === nodeName;
  return operator === "NotIn" && values[0] !== nodeName;
}
