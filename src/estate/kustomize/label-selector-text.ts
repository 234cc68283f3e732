import { KustomizeFault } from "./kustomize-fault.ts";

/** Tells whether labels match. */
export type LabelPredicate = (labels: ReadonlyMap<string, string>) => boolean;

const KEY = "(?:[A-Za-z0-9.-]+/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?";
const VALUE = "[-A-Za-z0-9_.]*";
const EXISTS = new RegExp(`^(!?)\\s*(${KEY})$`);
const EQUALITY = new RegExp(`^(${KEY})\\s*(==|=|!=|<|>)\\s*(${VALUE})$`);
const SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);

/**
 * Reads a selector in the form that `kubectl --selector` takes: `app=web,tier!=db,env in (dev, test),!legacy`. An empty
 * text matches everything.
 * @throws KustomizeFault when it is no selector
 */
export function readLabelSelectorText(text: string): LabelPredicate {
  const requirements = splitRequirements(text).map(readRequirement);
  return (labels) => requirements.every((matches) => matches(labels));
}

function splitRequirements(text: string): readonly string[] {
  if (text.trim() === "") return [];
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    else if (character === "," && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim());
}

function readRequirement(text: string): LabelPredicate {
  const [, not, existing] = EXISTS.exec(text) ?? [];
  if (existing !== undefined) return (labels) => labels.has(existing) === (not === "");
  const [, key = "", operator, value = ""] = EQUALITY.exec(text) ?? [];
  if (operator !== undefined) return equality(key, operator, value);
  const [, setKey = "", setOperator, list = ""] = SET.exec(text) ?? [];
  if (setOperator === undefined) throw new KustomizeFault(`"${text}" is no label selector`);
  const values = new Set(list.split(",").map((entry) => entry.trim()));
  return (labels) => {
    const actual = labels.get(setKey);
    return setOperator === "in"
      ? actual !== undefined && values.has(actual)
      : actual === undefined || !values.has(actual);
  };
}

function equality(key: string, operator: string, value: string): LabelPredicate {
  switch (operator) {
    case "!=":
      return (labels) => labels.get(key) !== value;
    case "<":
    case ">":
      return (labels) => comparesInteger(labels.get(key), operator, value);
    default:
      return (labels) => labels.get(key) === value;
  }
}

function comparesInteger(actual: string | undefined, operator: "<" | ">", value: string): boolean {
  if (actual === undefined || !/^-?[0-9]+$/.test(actual) || !/^-?[0-9]+$/.test(value)) return false;
  return operator === "<" ? BigInt(actual) < BigInt(value) : BigInt(actual) > BigInt(value);
}
