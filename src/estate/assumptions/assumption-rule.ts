import type { Place } from "../sources/place.ts";
import type { Assumption } from "./assumption.ts";

/** A rule that fills a gap, declared once. */
export interface AssumptionRule<Parameters> {
  /** `ASM-nnn`, never reused. */
  readonly id: string;
  /** Kebab-case; for rates and repair times also the key under `Estate.spec.failureModel`. */
  readonly name: string;
  /** One sentence: what is assumed, and on what grounds. */
  readonly text: (parameters: Parameters) => string;
  readonly value: (parameters: Parameters) => string;
  /** Document and field that replaces it. */
  readonly replaceBy: string;
}

/** Instantiates a rule for one subject. */
export function assume<Parameters>(
  rule: AssumptionRule<Parameters>,
  subject: string,
  parameters: Parameters,
  place?: Place,
): Assumption {
  return {
    id: rule.id,
    name: rule.name,
    subject,
    text: rule.text(parameters),
    value: rule.value(parameters),
    replaceBy: rule.replaceBy,
    ...(place === undefined ? {} : { place }),
  };
}
