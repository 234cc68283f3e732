import { type PodSelection, selectsPod } from "./affinity-term.ts";
import type { PodTemplate } from "./pod-template.ts";

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** Why no node whatever can suit a template, as a clause; undefined when one might. */
export function contradictionOf(template: PodTemplate): string | undefined {
  const { nodeAffinity, nodeSelector, podAffinity, podAntiAffinity } = template;
  const selected = Object.entries(nodeSelector).map(
    ([key, value]): Requirement => ({ key, operator: "In", values: [value] }),
  );
  const terms = nodeAffinity.required;
  if (terms?.length === 0) return "its required node affinity has no term";
  const clashes = (terms ?? [{ expressions: [], fields: [] }]).map((term, index) =>
    terms !== undefined && term.expressions.length === 0 && term.fields.length === 0
      ? `term ${index + 1} of its required node affinity is empty, which matches nothing`
      : clashOf([...selected, ...term.expressions]),
  );
  const [first] = clashes;
  if (first !== undefined && clashes.every((clash) => clash !== undefined)) return first;
  const repelled = podAffinity.required.find(
    (near) =>
      !mayBeFirst(near.selection, template) &&
      podAntiAffinity.required.some(
        (far) => far.topologyKey === near.topologyKey && far.selection.key === near.selection.key,
      ),
  );
  return repelled === undefined
    ? undefined
    : `it must be in one ${repelled.topologyKey} with pods that it must keep away from there`;
}

/** A pod that matches its own affinity passes it while no such pod runs; a namespace selector may or may not hold it. */
function mayBeFirst(selection: PodSelection, { namespace, labels }: PodTemplate): boolean {
  return selection.namespaceSelector !== undefined || selectsPod(selection, namespace, labels, {});
}

/** Two requirements on one label that exclude each other. */
function clashOf(requirements: readonly Requirement[]): string | undefined {
  for (const [index, left] of requirements.entries()) {
    for (const right of requirements.slice(index)) {
      if (left.key === right.key && exclude(left, right))
        return `it asks for ${inWords(left)} and for ${inWords(right)}`;
    }
  }
  return undefined;
}

function exclude(left: Requirement, right: Requirement): boolean {
  if (left === right) return left.operator === "In" && left.values.length === 0;
  return excludesInOrder(left, right) || excludesInOrder(right, left);
}

function excludesInOrder(left: Requirement, right: Requirement): boolean {
  switch (left.operator) {
    case "In":
      if (right.operator === "In") return !left.values.some((value) => right.values.includes(value));
      if (right.operator === "NotIn") return left.values.every((value) => right.values.includes(value));
      return right.operator === "DoesNotExist";
    case "Exists":
      return right.operator === "DoesNotExist";
    case "Gt":
    case "Lt":
      if (right.operator === "DoesNotExist") return true;
      return left.operator === "Gt" && right.operator === "Lt" && isEmptyRange(left.values[0], right.values[0]);
    default:
      return false;
  }
}

function isEmptyRange(above: string | undefined, below: string | undefined): boolean {
  if (above === undefined || below === undefined) return false;
  if (!/^[+-]?\d{1,15}$/.test(above) || !/^[+-]?\d{1,15}$/.test(below)) return false;
  return Number(below) - Number(above) < 2;
}

function inWords({ key, operator, values }: Requirement): string {
  return values.length === 0 ? `${key} ${operator}` : `${key} ${operator} ${values.join(", ")}`;
}
