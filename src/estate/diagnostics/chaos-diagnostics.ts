import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

export const chaosPlanUnreadable: DiagnosticRule<{ readonly file: string; readonly problem: string }> = {
  code: "EST-843",
  name: "chaos-plan-unreadable",
  severity: "error",
  message: ({ file, problem }) => `${shorten(file)} is no plan of chaos experiments: ${problem}.`,
  hint: () => "Give the plan.json that scantling chaos plan --to FOLDER wrote, or what it prints with -o json.",
};

export const observationRefused: DiagnosticRule<{
  readonly file: string;
  readonly where: string;
  readonly problem: string;
}> = {
  code: "EST-844",
  name: "chaos-observation-refused",
  severity: "error",
  message: ({ file, where, problem }) => `${where} of ${shorten(file)} is left out: ${problem}.`,
  hint: () => "Name the experiment as the plan does, and say downtimeSeconds, or time, good and total of each step.",
};

/** Every problem of plans and observations, for the catalogue of diagnostics. */
export const chaosDiagnosticRules = [chaosPlanUnreadable, observationRefused] as const;
