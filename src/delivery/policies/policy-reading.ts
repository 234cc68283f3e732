import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { rolloutConditionNotDeclared } from "../../estate/assumptions/rollout-rules.ts";
import { policyFieldUnusable } from "../../estate/diagnostics/delivery-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { formatFieldPath } from "../../estate/kubernetes/field-path.ts";
import { valueAt } from "../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { parseDuration } from "../../estate/quantities/duration.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";

/** What policies leave open, where the caller knows it. */
export interface PolicyConditions {
  /** Until a person goes on after a pause without duration. */
  readonly approvalSeconds?: number;
  /** Until a new pod is ready. */
  readonly startSeconds?: number;
  /** Percentage of the users that an A/B match selects. */
  readonly matchShare?: number;
}

interface NumberRange {
  readonly least: number;
  readonly most?: number;
  readonly whole?: boolean;
}

/** Reads fields of one object; what cannot be used is told with its place, and the object is then not evaluable. */
export class PolicyReading {
  readonly object: KubernetesObject;
  readonly subject: string;
  readonly conditions: PolicyConditions;
  readonly diagnostics: Diagnostic[] = [];
  readonly assumptions: Assumption[] = [];

  constructor(object: KubernetesObject, conditions: PolicyConditions) {
    this.object = object;
    this.conditions = conditions;
    const namespace = object.namespace === undefined ? "" : `${object.namespace}/`;
    this.subject = `${object.kind}/${namespace}${object.name}`;
  }

  get isUsable(): boolean {
    return !this.diagnostics.some(({ severity }) => severity === "error");
  }

  value(path: FieldPath): unknown {
    return valueAt(this.object.value, path) ?? undefined;
  }

  refuse(path: FieldPath, problem: string, remedy: string): void {
    this.diagnostics.push(
      diagnose(
        policyFieldUnusable,
        { subject: this.subject, field: formatFieldPath(path), problem, remedy },
        { place: this.object.locate(path), affects: [this.subject] },
      ),
    );
  }

  /** A number of the field; undefined where it is absent or refused. Texts count where tools take both. */
  number(path: FieldPath, range: NumberRange, written: unknown = this.value(path)): number | undefined {
    if (written === undefined) return undefined;
    const value = typeof written === "string" && written.trim() !== "" ? Number(written) : written;
    const { least, most = Number.POSITIVE_INFINITY, whole = false } = range;
    const isGood =
      typeof value === "number" &&
      value >= least &&
      value <= most &&
      (whole ? Number.isSafeInteger(value) : Number.isFinite(value));
    if (isGood) return value;
    const bounds = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
    const expected = `a ${whole ? "whole number" : "number"} ${bounds}`;
    this.refuse(path, `${describe(written)} is not ${expected}`, `Write ${expected}.`);
    return undefined;
  }

  /** Seconds of a Go duration, or of a bare number of seconds where `bare` allows it. */
  seconds(
    path: FieldPath,
    { bare = false, least = 0, written = this.value(path) }: DurationReading = {},
  ): number | undefined {
    if (written === undefined) return undefined;
    const text = typeof written === "number" ? String(written) : written;
    const isBare = bare && typeof text === "string" && /^\d+(\.\d+)?$/.test(text);
    const seconds = isBare ? Number(text) : typeof text === "string" ? parseDuration(text) : undefined;
    if (seconds !== undefined && seconds >= least && seconds <= mostSeconds) return seconds;
    const bounds = least > 0 ? ` of at least ${least}s` : "";
    this.refuse(path, `${describe(written)} is no duration${bounds}`, "Write a duration such as 30s, 1m or 1h.");
    return undefined;
  }

  /** What a condition is taken to be, told unless the caller said it. */
  condition(name: keyof PolicyConditions, what: string, byDefault: number, shown: string): number {
    const given = this.conditions[name];
    if (given !== undefined) return given;
    const assumption = assume(
      rolloutConditionNotDeclared,
      this.subject,
      { what, value: shown },
      this.object.locate([]),
    );
    if (!this.assumptions.some(({ text }) => text === assumption.text)) this.assumptions.push(assumption);
    return byDefault;
  }
}

interface DurationReading {
  readonly bare?: boolean;
  readonly least?: number;
  readonly written?: unknown;
}

/** A year: no rollout takes longer. */
const mostSeconds = 31_536_000;

/** A value as a message names it. */
export function describe(value: unknown): string {
  if (typeof value === "string") return `"${value.length > 40 ? `${value.slice(0, 37)}...` : value}"`;
  if (Array.isArray(value)) return "a list";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "an object";
}
