import type { ManifestChange } from "../../../src/audit/manifest-change.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { NamedReports, ReportName } from "../../../src/operations/named-reports.ts";
import type { StructurePlan } from "../../../src/operations/planning/plan-report.ts";
import type { FailureReport } from "../../../src/operations/simulation/simulate-failure.ts";
import type { AvailabilityAnswers, AvailabilityRequest } from "../availability/availability-request.ts";
import type { BillAnswers, BillRequest } from "../bill/bill-request.ts";
import type { DeliveryAnswers, DeliveryRequest } from "../delivery/delivery-request.ts";
import type { FixPreview } from "../fixes/fix-preview.ts";
import type { RolloutAnswer, RolloutChoices, RolloutRequest } from "../rollout/rollout-request.ts";
import type { LoadAnswer, LoadChoices, LoadRequest } from "../simulation/load-request.ts";
import type { StatefulAnswers, StatefulRequest } from "../stateful/stateful-request.ts";
import type { WhatIfAnswers, WhatIfRequest } from "../what-if/what-if-request.ts";
import type { Texts } from "./assess-texts.ts";

/** What the page asks of the engines. */
export type EngineQuestion =
  | { readonly kind: "assessment" }
  | { readonly kind: "report"; readonly name: ReportName }
  /** What a fix does to the objects that it changes. */
  | { readonly kind: "fix"; readonly subject: string; readonly changes: readonly ManifestChange[] }
  /** Where demand can come in. */
  | { readonly kind: "loadChoices" }
  /** Demand played through an entry point, under several strategies. */
  | { readonly kind: "load"; readonly request: LoadRequest }
  /** Every node, pool and zone lost in turn. */
  | { readonly kind: "failures" }
  /** A part of the bill view. */
  | { readonly kind: "bill"; readonly request: BillRequest }
  /** Journeys in depth, what would help them, or their years simulated. */
  | { readonly kind: "availability"; readonly request: AvailabilityRequest }
  /** The structure that the estate should have; takes many seconds. */
  | { readonly kind: "plan" }
  /** What changes that are tried do to cost, isolation and availability. */
  | { readonly kind: "whatIf"; readonly request: WhatIfRequest }
  /** The rollout policies that there are to choose from. */
  | { readonly kind: "rolloutChoices" }
  /** What one policy does to a regressed and to a healthy version. */
  | { readonly kind: "rollout"; readonly request: RolloutRequest }
  /** The choice of stores, how they come back, or a run played on one of them. */
  | { readonly kind: "stateful"; readonly request: StatefulRequest }
  /** What lands where, what edits of the infrastructure do, or the repository as it would be written. */
  | { readonly kind: "delivery"; readonly request: DeliveryRequest };

/** The answer to each question. */
export type EngineAnswer<Question extends EngineQuestion> = Question extends { readonly kind: "assessment" }
  ? Assessment
  : Question extends { readonly kind: "plan" }
    ? StructurePlan
    : Question extends { readonly kind: "whatIf"; readonly request: infer Request extends WhatIfRequest }
      ? WhatIfAnswers[Request["what"]]
      : Question extends { readonly kind: "report"; readonly name: infer Name extends ReportName }
        ? NamedReports[Name]
        : Question extends { readonly kind: "loadChoices" }
          ? LoadChoices
          : Question extends { readonly kind: "load" }
            ? LoadAnswer
            : Question extends { readonly kind: "failures" }
              ? FailureReport
              : Question extends { readonly kind: "bill"; readonly request: infer Request extends BillRequest }
                ? BillAnswers[Request["part"]]
                : Question extends {
                      readonly kind: "availability";
                      readonly request: infer Request extends AvailabilityRequest;
                    }
                  ? AvailabilityAnswers[Request["what"]]
                  : Question extends { readonly kind: "rolloutChoices" }
                    ? RolloutChoices
                    : Question extends { readonly kind: "rollout" }
                      ? RolloutAnswer
                      : Question extends {
                            readonly kind: "stateful";
                            readonly request: infer Request extends StatefulRequest;
                          }
                        ? StatefulAnswers[Request["part"]]
                        : Question extends {
                              readonly kind: "delivery";
                              readonly request: infer Request extends DeliveryRequest;
                            }
                          ? DeliveryAnswers[Request["part"]]
                          : FixPreview;

export interface EngineRequest {
  readonly id: number;
  /** Equal for equal texts, so that they are read once. */
  readonly reading: number;
  readonly texts: Texts;
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  readonly question: EngineQuestion;
}

export type EngineResponse =
  /** What is being done, before the answer. */
  | { readonly id: number; readonly progress: string }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string };
