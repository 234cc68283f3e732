import type { ServiceLevelAgreement } from "../../catalog/catalog.ts";
import type { FailureRule } from "../../estate/assumptions/failure-rules.ts";
import { slaAsFailureRate, undeclaredRedundancy } from "../../estate/assumptions/failure-structure-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { FaultModel } from "./fault-model.ts";

/** Share of time down, and what says so. */
export interface StatedUnavailability {
  readonly unavailability: number;
  readonly reasons: readonly Reason[];
}

/**
 * What an SLA row promises, taken as a failure rate: the weaker of reads and writes. The fallback rule holds where there
 * is no row, or none that is financially backed.
 */
export function agreementOf(
  { failures }: FaultModel,
  agreement: ServiceLevelAgreement | undefined,
  fallback: FailureRule,
  subject: string,
  place?: Place,
): StatedUnavailability {
  if (agreement?.unavailability === undefined) {
    const fact = agreement === undefined ? [] : [agreementReason(agreement, "no financially backed SLA")];
    return { unavailability: failures.value(fallback), reasons: [...fact, failures.reason(fallback)] };
  }
  const weaker = Math.max(agreement.unavailability, agreement.writeUnavailability ?? 0);
  const percent =
    weaker === agreement.unavailability ? agreement.slaPercent : (agreement.writeSlaPercent ?? agreement.slaPercent);
  const open =
    (agreement.notExcluded ?? []).length === 0
      ? []
      : [failures.assume(undeclaredRedundancy, subject, { subject, held: agreement.configuration }, place)];
  return {
    unavailability: weaker,
    reasons: [agreementReason(agreement, percent ?? ""), ...open, failures.assume(slaAsFailureRate, "Estate", {})],
  };
}

function agreementReason(agreement: ServiceLevelAgreement, value: string): Reason {
  return {
    kind: "fact",
    name: `SLA of ${agreement.service} (${agreement.configuration})`,
    value,
    ...(agreement.unavailability === undefined ? {} : { unit: "%" }),
    source: agreement.source,
    asOf: agreement.asOf,
    verified: agreement.verified,
  };
}
