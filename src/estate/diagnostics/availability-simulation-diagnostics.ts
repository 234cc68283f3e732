import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

export const nothingToSimulate: DiagnosticRule<{ readonly lacks: "journey" | "cluster" }> = {
  code: "EST-816",
  name: "nothing-to-simulate",
  severity: "warning",
  message: ({ lacks }) => `The estate has no ${lacks}, so there is nothing to simulate.`,
  hint: ({ lacks }) =>
    lacks === "journey"
      ? "Declare entryPoints and journeys in the Application documents."
      : "Declare Cluster documents.",
};

export const simulationStopped: DiagnosticRule<{
  readonly years: number;
  readonly asked: number;
  readonly events: number;
}> = {
  code: "EST-817",
  name: "availability-simulation-stopped",
  severity: "warning",
  message: ({ years, asked, events }) =>
    `The simulation was stopped after ${events.toLocaleString("en-US")} events: ${years} of ${asked} years are in its figures.`,
  hint: () => "Ask for fewer years, or for one journey with --journey.",
};

export const simulatedJourneyUnknown: DiagnosticRule<{
  readonly name: string;
  readonly near: string | undefined;
  readonly known: string;
}> = {
  code: "EST-818",
  name: "simulated-journey-unknown",
  severity: "error",
  message: ({ name }) => `There is no journey called "${shorten(name)}" to simulate.`,
  hint: ({ near, known }) => (near === undefined ? `There is ${known}.` : `Did you mean ${near}?`),
};

export const journeySimulatedInPart: DiagnosticRule<{ readonly journey: string; readonly missing: string }> = {
  code: "EST-845",
  name: "journey-simulated-in-part",
  severity: "warning",
  message: ({ journey, missing }) =>
    `Journey ${shorten(journey)} is simulated in part only, so its downtime is not evaluable: ${shorten(missing)} is not known.`,
  hint: () => "Declare what is missing; until then the figures are of the known part, and the truth is worse.",
};

export const availabilitySimulationDiagnosticRules = [
  nothingToSimulate,
  simulationStopped,
  simulatedJourneyUnknown,
  journeySimulatedInPart,
] as const;
