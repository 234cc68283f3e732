import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { didYouMean, type Suggesting, shorten } from "./wording.ts";

export const simulationInputUnusable: DiagnosticRule<{
  readonly input: string;
  readonly value: string;
  readonly range: string;
}> = {
  code: "EST-875",
  name: "consistency-input-unusable",
  severity: "error",
  message: ({ input, value, range }) =>
    `${shorten(input)} is ${shorten(value)}, which is not ${range}: nothing is simulated.`,
  hint: ({ range }) => `Write ${range}.`,
};

export const simulationNameUnknown: DiagnosticRule<{ readonly what: string; readonly written: string } & Suggesting> = {
  code: "EST-876",
  name: "consistency-name-unknown",
  severity: "error",
  message: ({ what, written }) => `"${shorten(written)}" is no ${what}: nothing is simulated.`,
  hint: ({ written, candidates }) => didYouMean(written, candidates),
};

export const latencyFitUnusable: DiagnosticRule<{ readonly fit: string; readonly problem: string }> = {
  code: "EST-877",
  name: "latency-fit-unusable",
  severity: "error",
  message: ({ fit, problem }) => `The latency fit ${shorten(fit)} cannot be used: ${problem}.`,
  hint: () => "Give latencies of zero or more milliseconds, and weights that sum to one.",
};

export const quorumUnusable: DiagnosticRule<{ readonly quorum: string; readonly problem: string }> = {
  code: "EST-878",
  name: "quorum-unusable",
  severity: "error",
  message: ({ quorum, problem }) => `The quorum ${shorten(quorum)} cannot be used: ${problem}.`,
  hint: () => "Write N,R,W with R and W from 1 to N, such as 3,2,2.",
};

export const strongNeedsOneWriter: DiagnosticRule<Record<string, never>> = {
  code: "EST-879",
  name: "strong-needs-one-write-region",
  severity: "error",
  message: () =>
    "Azure Cosmos DB has no strong consistency with several write regions: the configuration does not exist, so nothing is simulated.",
  hint: () => "Keep one write region, or choose boundedStaleness or weaker.",
};

export const stalenessBoundUnusable: DiagnosticRule<{
  readonly option: string;
  readonly value: string;
  readonly range: string;
  readonly regions: number;
  readonly source: string;
}> = {
  code: "EST-880",
  name: "staleness-bound-unusable",
  severity: "error",
  message: ({ option, value, range, regions, source }) =>
    `${option} is ${shorten(value)}, where Azure Cosmos DB with ${regions === 1 ? "one region" : `${regions} regions`} takes ${range} (${source}): nothing is simulated.`,
  hint: ({ range }) => `Write ${range}.`,
};

export const optionUnsupported: DiagnosticRule<{ readonly option: string; readonly why: string }> = {
  code: "EST-881",
  name: "consistency-option-unsupported",
  severity: "error",
  message: ({ option, why }) => `${option} cannot be played: ${why}, so nothing is simulated.`,
  hint: ({ option }) => `Leave ${option} out, or choose another store with --level, --quorum or --primary-replica.`,
};

export const linkDelayUnknown: DiagnosticRule<{ readonly from: string; readonly to: string }> = {
  code: "EST-882",
  name: "link-delay-unknown",
  severity: "error",
  message: ({ from, to }) =>
    `Nothing says how long a message takes between ${shorten(from)} and ${shorten(to)}: nothing is simulated.`,
  hint: () => "Give the link, or betweenRegions, in the file of --latency.",
};

/** Every problem of consistency simulations, for the catalogue of diagnostics. */
export const consistencyDiagnosticRules = [
  simulationInputUnusable,
  simulationNameUnknown,
  latencyFitUnusable,
  quorumUnusable,
  strongNeedsOneWriter,
  stalenessBoundUnusable,
  optionUnsupported,
  linkDelayUnknown,
] as const;
