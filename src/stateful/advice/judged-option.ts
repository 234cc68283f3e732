import type { Catalog } from "../../catalog/catalog.ts";
import { fitnessVerdicts } from "./fitness-rules.ts";
import { latencyVerdicts } from "./latency-rules.ts";
import type { StoreOption } from "./options/store-option.ts";
import { type RecoveryBook, recoveryVerdicts } from "./recovery-rules.ts";
import type { RuleVerdict } from "./rule-verdict.ts";
import type { StoreNeed } from "./store-need.ts";

/** `fits`: no rule fails and none is open; `open`: none fails, but nobody says whether all are met; `rejected`: one fails. */
type OptionStanding = "fits" | "open" | "rejected";

export interface JudgedOption {
  readonly option: StoreOption;
  readonly standing: OptionStanding;
  readonly verdicts: readonly RuleVerdict[];
}

/** Every rule on one option. */
export function judgeOption(option: StoreOption, need: StoreNeed, catalog: Catalog, book: RecoveryBook): JudgedOption {
  const verdicts = [
    ...fitnessVerdicts(option, need, catalog),
    ...latencyVerdicts(option, need, catalog),
    ...recoveryVerdicts(option, need, book),
  ];
  const has = (outcome: RuleVerdict["outcome"]) => verdicts.some((verdict) => verdict.outcome === outcome);
  return { option, standing: has("fail") ? "rejected" : has("open") ? "open" : "fits", verdicts };
}
