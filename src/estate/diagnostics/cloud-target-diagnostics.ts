import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { listed, shorten } from "./wording.ts";

export const fieldNotExpressed: DiagnosticRule<{
  readonly target: string;
  readonly resource: string;
  readonly field: string;
  readonly reason: string;
}> = {
  code: "EST-980",
  name: "field-not-expressed",
  severity: "warning",
  message: ({ target, resource, field, reason }) =>
    field === ""
      ? `${target} does not write ${shorten(resource)}: ${reason}.`
      : `${target} cannot say ${field} of ${shorten(resource)}: ${reason}.`,
  hint: () => "Choose another cloud target, or set it by hand once the resource stands.",
};

export const serviceNotWritten: DiagnosticRule<{
  readonly service: string;
  readonly name: string;
  readonly reason: string;
}> = {
  code: "EST-981",
  name: "service-not-written",
  severity: "warning",
  message: ({ service, name, reason }) =>
    `No resource is written for ${shorten(name)} (${shorten(service)}): ${reason}.`,
  hint: () => "Write it by hand beside the generated files, or change what the reason names.",
};

export const networkFull: DiagnosticRule<{ readonly network: string; readonly subnet: string }> = {
  code: "EST-982",
  name: "network-full",
  severity: "error",
  message: ({ network, subnet }) => `Network ${shorten(network)} has no free range left for ${subnet}.`,
  hint: () => "Widen Estate.spec.networks[].addressSpace, or declare the subnet.",
};

export const fileNotRead: DiagnosticRule<{
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}> = {
  code: "EST-983",
  name: "cloud-file-not-read",
  severity: "error",
  message: ({ file, line, column, problem }) => `${shorten(file)}:${line}:${column}: ${problem}.`,
  hint: () => "Only what a render writes can be read back; take the edit out, or render again.",
};

export const targetsDiffer: DiagnosticRule<{
  readonly one: string;
  readonly other: string;
  readonly paths: readonly string[];
}> = {
  code: "EST-984",
  name: "cloud-targets-differ",
  severity: "error",
  message: ({ one, other, paths }) => `${one} and ${other} do not say the same: ${listed(paths)}.`,
  hint: () => "This is a defect of a writer; please report it with the estate that caused it.",
};

export const cloudTargetDiagnosticRules = [
  fieldNotExpressed,
  serviceNotWritten,
  networkFull,
  fileNotRead,
  targetsDiffer,
] as const;
