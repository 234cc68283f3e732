import type { DiagnosticRule } from "./diagnostic-rule.ts";

interface PathParameters {
  readonly path: string;
}

export const pathNotFound: DiagnosticRule<PathParameters & { readonly near: string | undefined }> = {
  code: "EST-400",
  name: "path-not-found",
  severity: "error",
  message: ({ path }) => `There is no file or folder "${path}".`,
  hint: ({ near }) =>
    near === undefined
      ? "Check the spelling; relative paths start at the folder the command runs in."
      : `Did you mean "${near}"?`,
};

export const unreadable: DiagnosticRule<PathParameters & { readonly reason: string }> = {
  code: "EST-401",
  name: "unreadable",
  severity: "error",
  message: ({ path, reason }) => `"${path}" cannot be read: ${reason}.`,
  hint: () => "Give it read permission or repair the link, or name paths that leave it out.",
};

export const emptyFolder: DiagnosticRule<PathParameters> = {
  code: "EST-402",
  name: "empty-folder",
  severity: "error",
  message: ({ path }) => `The folder "${path}" holds no YAML or JSON file.`,
  hint: () => "Files ending in .yaml, .yml and .json are read; hidden folders and node_modules are not.",
};

export const binaryFile: DiagnosticRule<PathParameters> = {
  code: "EST-403",
  name: "binary-file",
  severity: "error",
  message: ({ path }) => `"${path}" is a binary file, not text.`,
  hint: () => "Save it as YAML or JSON text in UTF-8, or move it out of what is read.",
};

export const fileTooLarge: DiagnosticRule<PathParameters & { readonly limitMiB: number }> = {
  code: "EST-404",
  name: "file-too-large",
  severity: "error",
  message: ({ path, limitMiB }) => `"${path}" is larger than ${limitMiB} MiB and was not read.`,
  hint: () => "Split it into several files.",
};

export const notUtf8: DiagnosticRule<PathParameters> = {
  code: "EST-405",
  name: "not-utf8",
  severity: "error",
  message: ({ path }) => `"${path}" holds bytes here that are not UTF-8.`,
  hint: () => "Save the file as UTF-8; UTF-16 is read only when it starts with a byte order mark.",
};

export const cyclicLink: DiagnosticRule<PathParameters & { readonly target: string }> = {
  code: "EST-406",
  name: "cyclic-link",
  severity: "warning",
  message: ({ path, target }) =>
    `The link "${path}" leads back to the folder "${target}" that it lies in, and was not followed.`,
  hint: () => "Remove the link, or name the folders to read so that it lies outside them.",
};

export const totalTooLarge: DiagnosticRule<{ readonly limitMiB: number; readonly path: string }> = {
  code: "EST-407",
  name: "total-too-large",
  severity: "error",
  message: ({ limitMiB, path }) => `More than ${limitMiB} MiB of text: "${path}" and the files after it were not read.`,
  hint: () => "Name narrower paths.",
};

export const notAFile: DiagnosticRule<PathParameters> = {
  code: "EST-408",
  name: "not-a-file",
  severity: "warning",
  message: ({ path }) => `"${path}" is neither a file nor a folder, and was not read.`,
  hint: () => "Name a file or a folder; what a pipe or device gives can be piped in as -.",
};

export const repeatedFolder: DiagnosticRule<PathParameters & { readonly first: string }> = {
  code: "EST-409",
  name: "repeated-folder",
  severity: "note",
  message: ({ path, first }) => `The link "${path}" leads to the folder "${first}", which is read already.`,
};

interface ChartParameters {
  readonly chart: string;
}

/** With the command that renders the chart as it was asked for. */
interface RenderParameters extends ChartParameters {
  readonly command: string;
}

/** How to hand over what helm renders elsewhere. */
function pipeHint(command: string): string {
  return `Render it elsewhere and pipe it in beside the paths of the estate: ${command} | scantling assess ESTATE -`;
}

export const helmMissing: DiagnosticRule<RenderParameters> = {
  code: "EST-420",
  name: "helm-missing",
  severity: "error",
  message: ({ chart }) => `The chart "${chart}" was not rendered: there is no helm on PATH.`,
  hint: ({ command }) => `Install helm 3 or 4. ${pipeHint(command)}`,
};

export const chartFailed: DiagnosticRule<RenderParameters & { readonly reason: string }> = {
  code: "EST-421",
  name: "chart-failed",
  severity: "error",
  message: ({ chart, reason }) => `helm could not render the chart "${chart}": ${reason}.`,
  hint: ({ command }) => `Run it yourself to see all of it: ${command}`,
};

export const chartTimeout: DiagnosticRule<RenderParameters & { readonly seconds: number }> = {
  code: "EST-422",
  name: "chart-timeout",
  severity: "error",
  message: ({ chart, seconds }) => `helm took longer than ${seconds} s for the chart "${chart}" and was stopped.`,
  hint: ({ command }) => pipeHint(command),
};

export const chartWarning: DiagnosticRule<ChartParameters & { readonly text: string }> = {
  code: "EST-423",
  name: "chart-warning",
  severity: "note",
  message: ({ chart, text }) => `helm says of the chart "${chart}": ${text}.`,
};

export const chartTooLarge: DiagnosticRule<RenderParameters & { readonly limitMiB: number }> = {
  code: "EST-424",
  name: "chart-too-large",
  severity: "error",
  message: ({ chart, limitMiB }) => `The chart "${chart}" renders to more than ${limitMiB} MiB.`,
  hint: ({ command }) => `Turn parts of it off in its values. ${pipeHint(command)}`,
};

/** Every rule of adapters and charts, for the catalogue. */
export const adapterDiagnosticRules = [
  pathNotFound,
  unreadable,
  emptyFolder,
  binaryFile,
  fileTooLarge,
  notUtf8,
  cyclicLink,
  totalTooLarge,
  notAFile,
  repeatedFolder,
  helmMissing,
  chartFailed,
  chartTimeout,
  chartWarning,
  chartTooLarge,
] as const;
