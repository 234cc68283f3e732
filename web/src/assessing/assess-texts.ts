import { defaultCatalog } from "../../../src/catalog/default-catalog.ts";
import { loadEstate } from "../../../src/estate/load-estate.ts";
import type { Estate } from "../../../src/estate/model/estate.ts";
import { assess } from "../../../src/operations/assess.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { namedReports, type ReportsByName } from "../../../src/operations/named-reports.ts";
import type { StructurePlan } from "../../../src/operations/planning/plan-report.ts";
import type { Progress } from "../../../src/operations/ports.ts";
import { type FailureReport, simulateFailure } from "../../../src/operations/simulation/simulate-failure.ts";
import { answerAvailability } from "../availability/answer-availability.ts";
import type { AvailabilityAnswers, AvailabilityRequest } from "../availability/availability-request.ts";
import { answerBill } from "../bill/answer-bill.ts";
import type { BillAnswers, BillRequest } from "../bill/bill-request.ts";
import { answerDelivery } from "../delivery/answer-delivery.ts";
import type { DeliveryAnswers, DeliveryRequest } from "../delivery/delivery-request.ts";
import { answerPlan } from "../plan/answer-plan.ts";
import { answerRollout, listRollouts } from "../rollout/answer-rollout.ts";
import type { RolloutAnswer, RolloutChoices, RolloutRequest } from "../rollout/rollout-request.ts";
import { answerLoad } from "../simulation/answer-load.ts";
import type { LoadAnswer, LoadRequest } from "../simulation/load-request.ts";
import { answerStateful } from "../stateful/answer-stateful.ts";
import type { StatefulAnswers, StatefulRequest } from "../stateful/stateful-request.ts";
import { answerWhatIf } from "../what-if/answer-what-if.ts";
import type { WhatIfAnswers, WhatIfRequest } from "../what-if/what-if-request.ts";
import { rootsOf } from "./roots.ts";

/** Texts by path, as a folder or a paste gives them. */
export type Texts = { readonly [path: string]: string };

/** One reading of texts, and the reports over it. */
export interface OpenedTexts {
  readonly estate: Estate;
  readonly assessment: () => Assessment;
  readonly reports: ReportsByName;
  readonly load: (request: LoadRequest) => LoadAnswer;
  readonly failures: () => FailureReport;
  readonly availability: (
    request: AvailabilityRequest,
    onProgress: Progress,
  ) => AvailabilityAnswers[AvailabilityRequest["what"]];
  readonly rolloutChoices: () => RolloutChoices;
  readonly rollout: (request: RolloutRequest) => RolloutAnswer;
  readonly stateful: (request: StatefulRequest, onProgress: Progress) => StatefulAnswers[StatefulRequest["part"]];
  readonly delivery: (request: DeliveryRequest, onProgress: Progress) => DeliveryAnswers[DeliveryRequest["part"]];
  readonly plan: (onProgress: Progress) => Promise<StructurePlan>;
  readonly whatIf: (request: WhatIfRequest) => WhatIfAnswers[WhatIfRequest["what"]];
  readonly bill: (request: BillRequest) => Promise<BillAnswers[BillRequest["part"]]>;
}

/** The same way as on the command line, in the browser: documents, estate, reports. `today` is `YYYY-MM-DD`. */
export function openTexts(texts: Texts, today: string): OpenedTexts {
  const sources = { texts: new Map(Object.entries(texts)), roots: rootsOf(texts), diagnostics: [] };
  const estate = loadEstate(sources);
  return {
    estate,
    assessment: () => assess(estate, defaultCatalog, { today }),
    reports: namedReports({ estate, sources }, defaultCatalog, today),
    load: (request) => answerLoad(estate, texts, today, request),
    failures: () => simulateFailure(estate, defaultCatalog, { nodes: "planned" }),
    availability: (request, onProgress) => answerAvailability(estate, today, request, onProgress),
    rolloutChoices: () => listRollouts(texts),
    rollout: (request) => answerRollout(texts, request),
    stateful: (request, onProgress) => answerStateful(estate, request, onProgress),
    delivery: (request, onProgress) => answerDelivery(estate, sources, request, onProgress),
    plan: (onProgress) => answerPlan(estate, today, onProgress),
    whatIf: (request) => answerWhatIf(estate, today, request),
    bill: (request) => answerBill(estate, texts, today, request),
  };
}
