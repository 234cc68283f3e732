import { parseImageReference } from "../../../estate/kubernetes/image-reference.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { isSizingKind, mayDiffer } from "../../environments/allowed-differences.ts";
import { type EnvironmentPair, environmentPairs } from "../../environments/environment-pairs.ts";
import { flattenObject } from "../../environments/flatten-object.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import { quietPass } from "../../estate-lookup/quiet-pass.ts";
import { holdsVariable } from "../../estate-lookup/unresolved.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** GIT-008: what is tested in one environment is what runs in the next. */
export const environmentsAlike: Rule = {
  id: "GIT-008",
  name: "environments-alike",
  title: "Rendered environments differ only in number, size, place, address, version and configuration values.",
  severity: { high: "medium", medium: "medium", low: undefined },
  inputs: ["manifests", "environments"],
  parameters: [
    {
      name: "allowedPaths",
      description: "Further fields in which environments may differ, as prefixes of paths parted by commas.",
      default: "",
    },
  ],
  judges: "objects",
  *evaluate({ estate, parameters }) {
    const more = String(parameters["allowedPaths"])
      .split(",")
      .map((path) => path.trim())
      .filter((path) => path !== "");
    for (const pair of environmentPairs(estate)) {
      for (const [key, placed] of pair.higherObjects) {
        const lower = pair.lowerObjects.get(key);
        yield* lower === undefined ? lackedBelow(estate, pair, placed) : compare(estate, pair, placed, lower, more);
      }
      yield* lackedAbove(estate, pair);
    }
  },
};

const mostShown = 3;

function* compare(
  estate: Estate,
  pair: EnvironmentPair,
  placed: PlacedObject,
  lower: PlacedObject,
  more: readonly string[],
): Iterable<RuleOutcome> {
  const findings = [...versionAhead(estate, pair, placed, lower)];
  if (!isSizingKind(placed.object.kind)) findings.push(...differences(estate, pair, placed, lower, more));
  yield* findings.length === 0 ? [quietPass(placed)] : findings;
}

function* differences(
  estate: Estate,
  { lower: lowerName, higher }: EnvironmentPair,
  placed: PlacedObject,
  lower: PlacedObject,
  more: readonly string[],
): Iterable<RuleOutcome> {
  const here = flattenObject(placed.object.value);
  const there = flattenObject(lower.object.value);
  const differing = [...new Set([...here.keys(), ...there.keys()])].filter((path) => {
    const one = here.get(path)?.value;
    const other = there.get(path)?.value;
    return !mayDiffer(path, more) && !isSame(one, other) && !holdsVariable(one) && !holdsVariable(other);
  });
  const [first] = differing;
  if (first === undefined) return;
  const said = differing.slice(0, mostShown).map((path) => {
    return `${path} (${shown(there.get(path)?.value)} in ${lowerName}, ${shown(here.get(path)?.value)} in ${higher})`;
  });
  const rest = differing.length - said.length;
  const field = here.get(first)?.path ?? there.get(first)?.path ?? [];
  yield objectOutcome(estate, placed, {
    verdict: "fail",
    part: "1",
    field,
    message: `${placed.object.kind} ${placed.object.name} is not the same in ${lowerName} and ${higher} in ${differing.length} ${differing.length === 1 ? "field" : "fields"}: ${said.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}. What was tested is not what runs.`,
    fix: { description: "Move the difference into the base, or allow the field in the audit settings." },
  });
}

/** Empty and absent mean the same to Kubernetes. */
function isSame(one: unknown, other: unknown): boolean {
  const isEmpty = (value: unknown) =>
    value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);
  return (isEmpty(one) && isEmpty(other)) || JSON.stringify(one) === JSON.stringify(other);
}

function shown(value: unknown): string {
  if (value === undefined) return "absent";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

function* lackedBelow(estate: Estate, { lower, higher }: EnvironmentPair, placed: PlacedObject): Iterable<RuleOutcome> {
  const { kind, name } = placed.object;
  if (isSizingKind(kind) || missingForAbsence(estate).includes("unparsable-dependency")) return;
  yield objectOutcome(estate, placed, {
    verdict: "fail",
    part: "2",
    message: `${kind} ${name} is in ${higher} and not in ${lower}: it reaches ${higher} untested.`,
    fix: { description: "Put it into the base." },
  });
}

function* lackedAbove(
  estate: Estate,
  { lower, higher, lowerObjects, higherObjects }: EnvironmentPair,
): Iterable<RuleOutcome> {
  if (missingForAbsence(estate).includes("unparsable-dependency")) return;
  for (const [key, placed] of lowerObjects) {
    const { kind, name } = placed.object;
    if (higherObjects.has(key) || isSizingKind(kind)) continue;
    yield {
      ...objectOutcome(estate, placed, {
        verdict: "fail",
        part: "2",
        message: `${kind} ${name} is in ${lower} and not in ${higher}: ${lower} tests something else than what runs.`,
        fix: { description: "Put it into the base, or take it out of the lower environment." },
      }),
      environment: higher,
    };
  }
}

/** A version goes through the environments in order: production never runs what the one before it does not have yet. */
function* versionAhead(
  estate: Estate,
  { lower: lowerName, higher }: EnvironmentPair,
  placed: PlacedObject,
  lower: PlacedObject,
): Iterable<RuleOutcome> {
  const there = flattenObject(lower.object.value);
  for (const [path, { path: field, value }] of flattenObject(placed.object.value)) {
    const other = there.get(path)?.value;
    if (!/containers\[[^\]]*\]\.image$/i.test(path) || typeof value !== "string" || typeof other !== "string") continue;
    const one = parseImageReference(value).tag;
    const two = parseImageReference(other).tag;
    if (one === undefined || two === undefined || !isNewer(one, two)) continue;
    yield objectOutcome(estate, placed, {
      verdict: "fail",
      part: "3",
      field,
      message: `${placed.object.kind} ${placed.object.name} runs ${one} in ${higher} and still ${two} in ${lowerName}: the version skipped an environment.`,
      fix: { description: `Bring ${one} to ${lowerName} first.` },
    });
  }
}

/** Only versions of numbers have an order that everybody agrees on. */
function isNewer(one: string, other: string): boolean {
  const left = /^v?(\d+)\.(\d+)(?:\.(\d+))?$/.exec(one);
  const right = /^v?(\d+)\.(\d+)(?:\.(\d+))?$/.exec(other);
  if (left === null || right === null) return false;
  for (const index of [1, 2, 3]) {
    const difference = Number(left[index] ?? 0) - Number(right[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
