import { KustomizeFault } from "./kustomize-fault.ts";
import { type Pattern, parseRegularExpression } from "./regular-expression-syntax.ts";

/** A step of the machine: the numbers are steps to go on with. */
type Step =
  | { readonly kind: "character"; readonly accepts: (codePoint: number) => boolean }
  | { readonly kind: "assertion"; readonly at: "start" | "end" | "boundary" | "notBoundary" }
  | { readonly kind: "fork"; readonly targets: readonly number[] }
  | { readonly kind: "match" };

const MAXIMUM_STEPS = 20_000;

interface Program {
  readonly steps: Step[];
  /** Parts of the expression that were written out so far, those that need no step included. */
  emitted: number;
}

/**
 * A regular expression in the syntax of Go, run in time linear in the text whatever the expression: input decides about
 * both, and must not be able to hang the evaluation.
 */
export interface RegularExpression {
  /** True when the expression matches somewhere in the text. */
  search(text: string): boolean;
}

/** @throws KustomizeFault when the text is no regular expression */
export function regularExpression(source: string): RegularExpression {
  const program: Program = { steps: [], emitted: 0 };
  emit(parseRegularExpression(source), program);
  const { steps } = program;
  steps.push({ kind: "match" });
  return { search: (text) => search(steps, text) };
}

/** An expression that must match the whole text; a text of letters, digits, `-` and `_` stands for itself. */
export function wholeTextMatcher(source: string): (text: string) => boolean {
  if (/^[A-Za-z0-9_-]*$/.test(source)) return (text) => text === source;
  const expression = regularExpression(`^(?:${source})$`);
  return (text) => expression.search(text);
}

function emit(pattern: Pattern, program: Program): void {
  program.emitted += 1;
  if (program.emitted > MAXIMUM_STEPS) throw new KustomizeFault("the regular expression is too large");
  switch (pattern.kind) {
    case "character":
    case "assertion":
      program.steps.push(pattern);
      return;
    case "sequence":
      for (const part of pattern.parts) emit(part, program);
      return;
    case "choice":
      emitChoice(pattern.options, program);
      return;
    case "repeat":
      emitRepeat(pattern, program);
      return;
  }
}

function emitChoice(options: readonly Pattern[], program: Program): void {
  const { steps } = program;
  const fork = steps.length;
  steps.push({ kind: "fork", targets: [] });
  const starts: number[] = [];
  const ends: number[] = [];
  for (const option of options) {
    starts.push(steps.length);
    emit(option, program);
    ends.push(steps.length);
    steps.push({ kind: "fork", targets: [] });
  }
  steps[fork] = { kind: "fork", targets: starts };
  for (const end of ends) steps[end] = { kind: "fork", targets: [steps.length] };
}

function emitRepeat({ part, minimum, maximum }: Extract<Pattern, { kind: "repeat" }>, program: Program): void {
  const { steps } = program;
  for (let count = 0; count < minimum; count += 1) emit(part, program);
  if (maximum === undefined) {
    const fork = steps.length;
    steps.push({ kind: "fork", targets: [] });
    emit(part, program);
    steps.push({ kind: "fork", targets: [fork] });
    steps[fork] = { kind: "fork", targets: [fork + 1, steps.length] };
    return;
  }
  const forks: number[] = [];
  for (let count = minimum; count < maximum; count += 1) {
    forks.push(steps.length);
    steps.push({ kind: "fork", targets: [] });
    emit(part, program);
  }
  for (const fork of forks) steps[fork] = { kind: "fork", targets: [fork + 1, steps.length] };
}

function search(steps: readonly Step[], text: string): boolean {
  const codePoints = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  let current = new Set<number>();
  for (let position = 0; position <= codePoints.length; position += 1) {
    const active = reachable(steps, [...current, 0], codePoints, position);
    if (active === "match") return true;
    const codePoint = codePoints[position];
    current = new Set();
    if (codePoint === undefined) break;
    for (const index of active) {
      const step = steps[index];
      if (step?.kind === "character" && step.accepts(codePoint)) current.add(index + 1);
    }
  }
  return false;
}

/** Every step that can be reached without reading a character; `match` as soon as one is the end. */
function reachable(
  steps: readonly Step[],
  starts: readonly number[],
  codePoints: readonly number[],
  position: number,
): ReadonlySet<number> | "match" {
  const seen = new Set<number>();
  const pending = [...starts];
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    if (seen.has(index)) continue;
    seen.add(index);
    const step = steps[index];
    if (step?.kind === "match") return "match";
    if (step?.kind === "fork") pending.push(...step.targets);
    else if (step?.kind === "assertion" && holds(step.at, codePoints, position)) pending.push(index + 1);
  }
  return seen;
}

function holds(
  at: Extract<Step, { kind: "assertion" }>["at"],
  codePoints: readonly number[],
  position: number,
): boolean {
  switch (at) {
    case "start":
      return position === 0;
    case "end":
      return position === codePoints.length;
    case "boundary":
    case "notBoundary": {
      const boundary = isWord(codePoints[position - 1]) !== isWord(codePoints[position]);
      return boundary === (at === "boundary");
    }
  }
}

function isWord(codePoint: number | undefined): boolean {
  return codePoint !== undefined && /^\w$/.test(String.fromCodePoint(codePoint));
}
