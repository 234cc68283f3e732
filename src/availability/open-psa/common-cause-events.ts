import type { ExpressionEvaluator } from "./evaluate-expression.ts";
import type { CommonCauseGroup, CommonCauseModel } from "./model.ts";

/** One cause that takes these members down together, by their index in the group. */
export interface CommonCause {
  readonly taken: readonly number[];
  readonly probability: number;
}

/**
 * The causes of a group: one for each set of members that its model gives a probability. A text says why the group
 * cannot be used; undefined when a number of it has no value, which the evaluator has told.
 */
export function commonCauses(
  { model, members, distribution, factors, scope }: CommonCauseGroup,
  evaluator: ExpressionEvaluator,
): readonly CommonCause[] | string | undefined {
  const total = evaluator.evaluate(distribution, scope);
  const values = new Map<number, number>();
  for (const [level, expression] of factors) {
    const value = evaluator.evaluate(expression, scope);
    if (value === undefined) return undefined;
    values.set(level, value);
  }
  if (total === undefined) return undefined;
  if (total < 0 || total > 1) return `its probability is ${total}`;
  const joint = jointProbabilities(model, members.length, total, values);
  if (typeof joint === "string") return joint;
  return joint.flatMap((probability, size) =>
    size === 0 || probability <= 0 ? [] : [...subsets(members.length, size)].map((taken) => ({ taken, probability })),
  );
}

/** A group of n members may have 2^n - 1 causes: beyond this only a beta factor is used. */
const MAXIMUM_MEMBERS = 12;

/**
 * Probability that exactly a given set of k of the n members fails by one cause, by k (index 0 is not used); a text says
 * why the factors cannot be used. Q is the probability of each member by itself and by common causes together.
 *
 * - beta factor: Q1 = (1 - beta) Q, Qn = beta Q
 * - MGL: Qk = Q / C(n-1, k-1) prod(rho_2 .. rho_k) (1 - rho_(k+1)), the last factor being 1 at the highest level
 * - alpha factor: Qk = k / C(n-1, k-1) alpha_k / sum(j alpha_j) Q
 * - phi factor: Qk = phi_k Q
 *
 * Source: Open-PSA Model Exchange Format 2.0, common cause groups; NUREG/CR-5485 for the models.
 */
function jointProbabilities(
  model: CommonCauseModel,
  members: number,
  total: number,
  factors: ReadonlyMap<number, number>,
): readonly number[] | string {
  const levels = [...factors.keys()];
  const highest = Math.max(...levels);
  if (highest > members) return `a factor is for ${highest} members, and it has ${members}`;
  if ([...factors.values()].some((factor) => factor < 0 || factor > 1)) return "a factor lies outside 0 to 1";
  if (model !== "beta-factor" && members > MAXIMUM_MEMBERS) {
    return `this model is used up to ${MAXIMUM_MEMBERS} members; give it a beta-factor`;
  }
  switch (model) {
    case "beta-factor":
      return betaFactor(members, total, factors);
    case "MGL":
      return multipleGreekLetters(members, total, factors, highest);
    case "alpha-factor":
      return alphaFactors(members, total, factors, highest);
    case "phi-factor":
      return phiFactors(members, total, factors, highest);
  }
}

function betaFactor(members: number, total: number, factors: ReadonlyMap<number, number>): readonly number[] | string {
  const [beta] = factors.values();
  if (beta === undefined || factors.size !== 1) return "a beta-factor group has exactly one factor";
  const joint = zeros(members);
  joint[1] = (1 - beta) * total;
  joint[members] = beta * total;
  return joint;
}

function multipleGreekLetters(
  members: number,
  total: number,
  factors: ReadonlyMap<number, number>,
  highest: number,
): readonly number[] | string {
  if (!isComplete(factors, 2, highest)) return "its factors must be given for every level from 2 on";
  const joint = zeros(members);
  let product = 1;
  for (let level = 1; level <= highest; level += 1) {
    product *= level === 1 ? 1 : (factors.get(level) ?? 0);
    const ends = level === highest ? 1 : 1 - (factors.get(level + 1) ?? 0);
    joint[level] = (total / combinations(members - 1, level - 1)) * product * ends;
  }
  return joint;
}

function alphaFactors(
  members: number,
  total: number,
  factors: ReadonlyMap<number, number>,
  highest: number,
): readonly number[] | string {
  if (!isComplete(factors, 1, highest)) return "its factors must be given for every level from 1 on";
  let weighted = 0;
  for (const [level, alpha] of factors) weighted += level * alpha;
  if (weighted <= 0) return "its factors are all 0";
  const joint = zeros(members);
  for (const [level, alpha] of factors) {
    joint[level] = (((level / combinations(members - 1, level - 1)) * alpha) / weighted) * total;
  }
  return joint;
}

function phiFactors(
  members: number,
  total: number,
  factors: ReadonlyMap<number, number>,
  highest: number,
): readonly number[] | string {
  if (!isComplete(factors, 1, highest)) return "its factors must be given for every level from 1 on";
  const sum = [...factors.values()].reduce((before, phi) => before + phi, 0);
  if (Math.abs(sum - 1) > 1e-4) return `its factors add up to ${sum}, not to 1`;
  const joint = zeros(members);
  for (const [level, phi] of factors) joint[level] = phi * total;
  return joint;
}

function zeros(members: number): number[] {
  return Array.from<number>({ length: members + 1 }).fill(0);
}

function isComplete(factors: ReadonlyMap<number, number>, first: number, highest: number): boolean {
  for (let level = first; level <= highest; level += 1) if (!factors.has(level)) return false;
  return factors.size === highest - first + 1;
}

function combinations(from: number, take: number): number {
  let count = 1;
  for (let step = 1; step <= take; step += 1) count = (count * (from - take + step)) / step;
  return Math.round(count);
}

/** All sets of so many of the first n numbers, in lexical order. */
function* subsets(n: number, size: number): Generator<readonly number[]> {
  const chosen = Array.from({ length: size }, (_, index) => index);
  for (;;) {
    yield [...chosen];
    let last = size - 1;
    while (last >= 0 && chosen[last] === n - size + last) last -= 1;
    if (last < 0) return;
    const next = (chosen[last] ?? 0) + 1;
    for (let index = last; index < size; index += 1) chosen[index] = next + index - last;
  }
}
