/** The four operators of `matchExpressions`; `Gt` and `Lt` come only from the string form (`tier>2`). */
type LabelOperator = "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";

/** One requirement on a label. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  /** Sorted, each once; empty for Exists and DoesNotExist, one integer for Gt and Lt. */
  readonly values: readonly string[];
}

/** Requirements that must all hold. No requirement at all matches everything; what an absent selector means is the caller's. */
export interface LabelSelector {
  readonly requirements: readonly LabelRequirement[];
}

/** A selector and what is wrong with the value it was read from; any problem makes the API server refuse it. */
export interface LabelSelectorReading {
  readonly selector: LabelSelector;
  readonly problems: readonly LabelSelectorProblem[];
}

interface LabelSelectorProblem {
  /** Inside the selector, such as `["matchExpressions", 0, "operator"]`. */
  readonly path: readonly (string | number)[];
  /** A clause, such as `the operator "in" is not In, NotIn, Exists or DoesNotExist`. */
  readonly text: string;
}

const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** True for a label key as Kubernetes validates it: an optional DNS prefix and a name of at most 63 characters. */
export function isLabelKey(key: string): boolean {
  const slash = key.indexOf("/");
  if (slash < 0) return NAME.test(key);
  const prefix = key.slice(0, slash);
  return prefix.length <= 253 && PREFIX.test(prefix) && NAME.test(key.slice(slash + 1));
}

/** True for a label value: empty, or at most 63 characters. */
export function isLabelValue(value: string): boolean {
  return value === "" || NAME.test(value);
}

/** The selector of a `LabelSelector` value; undefined when it is absent or the API server would refuse it. */
export function readLabelSelector(value: unknown): LabelSelector | undefined {
  const reading = inspectLabelSelector(value);
  return reading === undefined || reading.problems.length > 0 ? undefined : reading.selector;
}

/** As `readLabelSelector`, with the problems named; undefined when there is no selector (absent or null). */
export function inspectLabelSelector(value: unknown): LabelSelectorReading | undefined {
  if (value === undefined || value === null) return undefined;
  const requirements: LabelRequirement[] = [];
  const problems: LabelSelectorProblem[] = [];
  if (!isRecord(value)) {
    problems.push({ path: [], text: "a label selector is a mapping with matchLabels and matchExpressions" });
    return { selector: { requirements }, problems };
  }
  readMatchLabels(value.matchLabels, requirements, problems);
  readMatchExpressions(value.matchExpressions, requirements, problems);
  return { selector: { requirements: requirements.toSorted(byKey) }, problems };
}

/** A selector of a plain map, as Services and nodeSelectors write it. */
export function selectorOfLabels(labels: { readonly [key: string]: string }): LabelSelector {
  const requirements = Object.entries(labels).map(
    ([key, value]): LabelRequirement => ({ key, operator: "In", values: [value] }),
  );
  return { requirements: requirements.toSorted(byKey) };
}

function readMatchLabels(value: unknown, requirements: LabelRequirement[], problems: LabelSelectorProblem[]): void {
  if (value === undefined || value === null) return;
  if (!isRecord(value)) {
    problems.push({ path: ["matchLabels"], text: "matchLabels is a mapping of labels" });
    return;
  }
  for (const [key, written] of Object.entries(value)) {
    const path = ["matchLabels", key];
    // Go's decoder makes the empty text of a null.
    const label = written ?? "";
    if (typeof label !== "string") problems.push({ path, text: `the value of the label "${key}" is not text` });
    else if (!isLabelKey(key)) problems.push({ path, text: `"${key}" is not a valid label key` });
    else if (!isLabelValue(label)) problems.push({ path, text: `"${label}" is not a valid label value` });
    else requirements.push({ key, operator: "In", values: [label] });
  }
}

function readMatchExpressions(
  value: unknown,
  requirements: LabelRequirement[],
  problems: LabelSelectorProblem[],
): void {
  if (value === undefined || value === null) return;
  if (!Array.isArray(value)) {
    problems.push({ path: ["matchExpressions"], text: "matchExpressions is a list" });
    return;
  }
  for (const [index, expression] of value.entries()) {
    const problem = readExpression(expression, requirements);
    if (problem !== undefined) {
      problems.push({ path: ["matchExpressions", index, ...problem.path], text: problem.text });
    }
  }
}

function readExpression(expression: unknown, requirements: LabelRequirement[]): LabelSelectorProblem | undefined {
  if (!isRecord(expression)) return { path: [], text: "an expression is a mapping with key, operator and values" };
  const { key, operator } = expression;
  const values = expression.values ?? [];
  if (typeof key !== "string" || !isLabelKey(key))
    return { path: ["key"], text: `"${String(key)}" is not a valid label key` };
  if (!isTexts(values)) return { path: ["values"], text: "values is a list of texts" };
  const invalid = values.findIndex((label) => !isLabelValue(label));
  if (invalid >= 0) return { path: ["values", invalid], text: `"${values[invalid]}" is not a valid label value` };
  switch (operator) {
    case "In":
    case "NotIn":
      if (values.length === 0) return { path: ["values"], text: `${operator} needs at least one value` };
      requirements.push({ key, operator, values: [...new Set(values)].toSorted() });
      return undefined;
    case "Exists":
    case "DoesNotExist":
      if (values.length > 0) return { path: ["values"], text: `${operator} takes no values` };
      requirements.push({ key, operator, values: [] });
      return undefined;
    default:
      return {
        path: ["operator"],
        text: `the operator "${String(operator)}" is not In, NotIn, Exists or DoesNotExist`,
      };
  }
}

/** True when every requirement holds. NotIn also holds where the label is absent. */
export function matchesLabels(selector: LabelSelector, labels: { readonly [key: string]: string }): boolean {
  return selector.requirements.every((requirement) => matchesRequirement(requirement, labels));
}

function matchesRequirement(requirement: LabelRequirement, labels: { readonly [key: string]: string }): boolean {
  const present = Object.hasOwn(labels, requirement.key);
  const value = labels[requirement.key] ?? "";
  switch (requirement.operator) {
    case "In":
      return present && requirement.values.includes(value);
    case "NotIn":
      return !present || !requirement.values.includes(value);
    case "Exists":
      return present;
    case "DoesNotExist":
      return !present;
    case "Gt":
      return present && isInteger(value) && Number(value) > Number(requirement.values[0]);
    case "Lt":
      return present && isInteger(value) && Number(value) < Number(requirement.values[0]);
  }
}

/** The selector in the string form of `kubectl -l`: `app=web,tier in (a,b),!legacy`; empty when it matches everything. */
export function formatLabelSelector(selector: LabelSelector): string {
  return selector.requirements.map(formatRequirement).join(",");
}

function formatRequirement({ key, operator, values }: LabelRequirement): string {
  switch (operator) {
    case "In":
      return values.length === 1 ? `${key}=${values[0] ?? ""}` : `${key} in (${values.join(",")})`;
    case "NotIn":
      return values.length === 1 ? `${key}!=${values[0] ?? ""}` : `${key} notin (${values.join(",")})`;
    case "Exists":
      return key;
    case "DoesNotExist":
      return `!${key}`;
    case "Gt":
      return `${key}>${values[0] ?? ""}`;
    case "Lt":
      return `${key}<${values[0] ?? ""}`;
  }
}

/** Base-ten integers, as Go's ParseInt takes them. */
export function isInteger(text: string): boolean {
  return /^[+-]?[0-9]{1,18}$/.test(text);
}

function byKey(left: LabelRequirement, right: LabelRequirement): number {
  return left.key < right.key ? -1 : left.key > right.key ? 1 : 0;
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
