import type { Catalog } from "../../catalog/catalog.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import type { FailureRule, FailureUnit } from "../../estate/assumptions/failure-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";

/** What recovery is computed from besides the store: published facts, and what the estate knows better. */
export interface RecoveryKnowledge {
  readonly catalog: Catalog;
  /** Overrides of `Estate.spec.failureModel`, by the name of the rule. */
  readonly failureModel: Estate["failureModel"];
}

/** A number of the failure model with the reason that it stands on. */
interface FailureNumber {
  /** In the unit of the rule: hours, a ratio, or times a month. */
  readonly value: number;
  readonly reason: Reason;
}

/** A number of the failure model: as the estate overrides it, else the rule's own. */
export function failureNumber({ failureModel }: RecoveryKnowledge, rule: FailureRule): FailureNumber {
  const override = failureModel.get(rule.name);
  if (override === undefined) {
    const { id, text, value } = assume(rule, "Estate", { value: inWords(rule.standard, rule.unit) });
    return { value: rule.standard, reason: { kind: "assumption", id, text, value } };
  }
  const value = Math.max(0, rule.unit === "ratio" ? Math.min(1, override.value) : override.value);
  const { place } = override;
  const name = `failureModel.${rule.name}`;
  const declared: Reason = { kind: "declared", name, value: inWords(value, rule.unit) };
  return { value, reason: place === undefined ? declared : { ...declared, place } };
}

function inWords(value: number, unit: FailureUnit): string {
  const rounded = (figure: number) => Number(figure.toPrecision(4));
  switch (unit) {
    case "ratio":
      return `${rounded(value * 100)} %`;
    case "hours":
      return value < 1 ? `${rounded(value * 60)} min` : `${rounded(value)} h`;
    case "perMonth":
      return `${rounded(value)} a month`;
  }
}
