import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { type AssumptionRule, assume } from "../../estate/assumptions/assumption-rule.ts";
import type { FailureRule, FailureUnit } from "../../estate/assumptions/failure-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Place } from "../../estate/sources/place.ts";
import { durationInWords } from "../words/duration-in-words.ts";

/** A number of the failure model with the reason it stands on: an override of the estate, or the rule's assumption. */
export interface FailureNumber {
  readonly value: number;
  readonly reason: Reason;
}

/** The failure model of one estate: numbers by rule, and a record of every assumption that was used. */
export class FailureModel {
  readonly #overrides: Estate["failureModel"];
  readonly #numbers = new Map<string, FailureNumber>();
  readonly #assumptions = new Map<string, Assumption>();

  constructor(overrides: Estate["failureModel"]) {
    this.#overrides = overrides;
  }

  number(rule: FailureRule): FailureNumber {
    const known = this.#numbers.get(rule.name);
    if (known !== undefined) return known;
    const number = this.#read(rule);
    this.#numbers.set(rule.name, number);
    return number;
  }

  value(rule: FailureRule): number {
    return this.number(rule).value;
  }

  reason(rule: FailureRule): Reason {
    return this.number(rule).reason;
  }

  /** Records a filled gap once a subject, and gives it as a reason. */
  assume<Parameters>(rule: AssumptionRule<Parameters>, subject: string, parameters: Parameters, place?: Place): Reason {
    const assumption = assume(rule, subject, parameters, place);
    this.#assumptions.set(`${rule.id} ${subject}`, assumption);
    return { kind: "assumption", id: rule.id, text: assumption.text, value: assumption.value };
  }

  /** All assumptions used so far, by id and subject. */
  assumptions(): readonly Assumption[] {
    return [...this.#assumptions]
      .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
      .map(([, assumption]) => assumption);
  }

  #read(rule: FailureRule): FailureNumber {
    const override = this.#overrides.get(rule.name);
    if (override === undefined) {
      const text = inWords(rule.standard, rule.unit);
      return { value: rule.standard, reason: this.assume(rule, "Estate", { value: text }) };
    }
    const value = rule.unit === "ratio" ? Math.min(1, Math.max(0, override.value)) : Math.max(0, override.value);
    const reason: Reason = {
      kind: "declared",
      name: `failureModel.${rule.name}`,
      value: inWords(value, rule.unit),
      ...(override.place === undefined ? {} : { place: override.place }),
    };
    return { value, reason };
  }
}

function inWords(value: number, unit: FailureUnit): string {
  switch (unit) {
    case "ratio":
      return `${Number((value * 100).toPrecision(6))} %`;
    case "hours":
      return durationInWords(value);
    case "perMonth":
      return `${Number(value.toPrecision(4))} a month`;
  }
}
