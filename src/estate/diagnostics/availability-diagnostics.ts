import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

interface JourneyObjective {
  readonly journey: string;
  readonly objective: string;
}

export const objectiveNeverMet: DiagnosticRule<JourneyObjective> = {
  code: "EST-841",
  name: "objective-never-met",
  severity: "warning",
  message: ({ journey, objective }) =>
    `The objective ${objective} of ${shorten(journey)} allows no failure at all, so nothing that can fail meets it.`,
  hint: () => "Write what users would miss, such as 99.95%: what is left is the budget for failures and changes.",
};

export const objectiveAlwaysMet: DiagnosticRule<JourneyObjective> = {
  code: "EST-842",
  name: "objective-always-met",
  severity: "warning",
  message: ({ journey, objective }) =>
    `The objective ${objective} of ${shorten(journey)} is met by a journey that never works.`,
  hint: () => "Write what users need, such as 99.9%, or leave the objective out.",
};

/** Problems of what the availability of journeys is held against, for the catalogue of diagnostics. */
export const availabilityDiagnosticRules = [objectiveNeverMet, objectiveAlwaysMet] as const;
