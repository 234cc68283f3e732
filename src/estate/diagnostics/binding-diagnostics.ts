import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { listed, shorten } from "./wording.ts";

export const applicationWithoutCluster: DiagnosticRule<{ readonly application: string; readonly environment: string }> =
  {
    code: "EST-218",
    name: "application-without-cluster",
    severity: "error",
    message: ({ application, environment }) =>
      `No cluster serves environment ${shorten(environment)}, so Application ${shorten(application)} runs nowhere there.`,
    hint: ({ environment }) =>
      `Add ${environment} to the environments of a Cluster, or take it out of the Application.`,
  };

export const clusterServesNot: DiagnosticRule<{ readonly cluster: string; readonly environment: string }> = {
  code: "EST-219",
  name: "cluster-serves-not",
  severity: "warning",
  message: ({ cluster, environment }) =>
    `Cluster ${shorten(cluster)} does not list environment ${shorten(environment)}, but an Application puts it there; it is taken as meant.`,
  hint: ({ environment }) => `Add ${environment} to the environments of the Cluster.`,
};

export const manifestsNotFound: DiagnosticRule<{
  readonly field: string;
  readonly path: string;
  readonly suggestion: string | undefined;
}> = {
  code: "EST-220",
  name: "manifests-not-found",
  severity: "error",
  message: ({ field, path }) => `${shorten(field)} names "${shorten(path)}", and nothing that was read lies there.`,
  hint: ({ suggestion }) =>
    suggestion === undefined
      ? "Paths are relative to the document; what lies outside the folders that were named is not read."
      : `Did you mean ${suggestion}?`,
};

export const manifestsEmpty: DiagnosticRule<{ readonly field: string; readonly path: string }> = {
  code: "EST-221",
  name: "manifests-empty",
  severity: "error",
  message: ({ field, path }) => `${shorten(field)} names "${shorten(path)}", which gives no Kubernetes object.`,
  hint: () => "Name the folder, file, Kustomize folder or chart that holds the manifests.",
};

export const manifestsRemote: DiagnosticRule<{ readonly source: string }> = {
  code: "EST-223",
  name: "manifests-remote",
  severity: "error",
  message: ({ source }) => `${shorten(source)} is not in this repository and is not fetched.`,
  hint: () => "Keep a copy in the repository (a chart: helm pull --untar), or pipe the rendered manifests in.",
};

export const manifestsMissing: DiagnosticRule<{ readonly application: string; readonly environment: string }> = {
  code: "EST-236",
  name: "manifests-missing",
  severity: "error",
  message: ({ application, environment }) =>
    `Application ${shorten(application)} runs in ${shorten(environment)}, but names no manifests for it.`,
  hint: ({ environment }) => `Add spec.manifests.${environment} or spec.manifests.default.`,
};

export const manifestsUnused: DiagnosticRule<{ readonly application: string; readonly environment: string }> = {
  code: "EST-237",
  name: "manifests-unused",
  severity: "warning",
  message: ({ application, environment }) =>
    `Application ${shorten(application)} names manifests for ${shorten(environment)}, where it does not run.`,
  hint: ({ environment }) => `Add ${environment} to its environments, or take the manifests out.`,
};

export const applicationEmpty: DiagnosticRule<{
  readonly application: string;
  readonly namespace: string | undefined;
}> = {
  code: "EST-238",
  name: "application-empty",
  severity: "warning",
  message: ({ application, namespace }) =>
    namespace === undefined
      ? `Application ${shorten(application)} names neither manifests nor a namespace, so no object belongs to it.`
      : `Application ${shorten(application)} names no manifests, and nothing is in its namespace ${shorten(namespace)}.`,
  hint: () => "Add spec.manifests with the folder, file, Kustomize folder or chart that holds its manifests.",
};

export const chartNotRendered: DiagnosticRule<{ readonly chart: string }> = {
  code: "EST-222",
  name: "chart-not-rendered",
  severity: "error",
  message: ({ chart }) => `Helm chart ${shorten(chart)} is not rendered, so nothing is known of what it holds.`,
  hint: () => "Put helm on PATH, or pipe the rendered manifests in: helm template RELEASE CHART | scantling assess -",
};

export const valuesNotFound: DiagnosticRule<{ readonly source: string; readonly chart: string }> = {
  code: "EST-235",
  name: "chart-value-file-missing",
  severity: "error",
  message: ({ source, chart }) => `Values file "${shorten(source)}" of chart ${shorten(chart)} was not read.`,
  hint: () => "Paths are relative to the document that names them.",
};

export const objectShadowed: DiagnosticRule<{
  readonly count: number;
  readonly example: string;
  readonly kept: string;
  readonly dropped: string;
  readonly where: string;
}> = {
  code: "EST-224",
  name: "object-shadowed",
  severity: "warning",
  message: ({ count, example, kept, dropped, where }) =>
    count === 1
      ? `${shorten(example)} comes from ${shorten(dropped)} and from ${shorten(kept)}, both for ${shorten(where)}; that of ${shorten(kept)} counts.`
      : `${count} objects such as ${shorten(example)} come from ${shorten(dropped)} and from ${shorten(kept)}, both for ${shorten(where)}; those of ${shorten(kept)} count.`,
  hint: () => "Name one of the folders, or declare an Application with manifests for each environment.",
};

export const objectRepeated: DiagnosticRule<{
  readonly count: number;
  readonly example: string;
  readonly one: string;
  readonly other: string;
}> = {
  code: "EST-240",
  name: "object-repeated",
  severity: "note",
  message: ({ count, example, one, other }) =>
    `${shorten(example)}${count === 1 ? "" : ` and ${count - 1} more`} come${count === 1 ? "s" : ""} with the same content from ${shorten(one)} and from ${shorten(other)}.`,
};

export const fileHoldsNothing: DiagnosticRule<{ readonly source: string }> = {
  code: "EST-225",
  name: "file-holds-nothing",
  severity: "error",
  message: ({ source }) => `${shorten(source)} holds no Kubernetes object and no document of Scantling.`,
  hint: () => "Name a file of manifests, or a folder that holds some.",
};

export const fileNotKubernetes: DiagnosticRule<{ readonly source: string; readonly documents: number }> = {
  code: "EST-226",
  name: "file-not-kubernetes",
  severity: "note",
  message: ({ source }) =>
    `${shorten(source)} is neither a Kubernetes manifest nor a document of Scantling and is not used.`,
};

export const documentsAlone: DiagnosticRule<{ readonly documents: number; readonly roots: readonly string[] }> = {
  code: "EST-241",
  name: "documents-without-manifests",
  severity: "warning",
  message: ({ documents, roots }) =>
    `${documents === 1 ? "One document" : `${documents} documents`} of Scantling, but no Kubernetes manifest, can be found in ${listed(roots)}, so nothing runs.`,
  hint: () =>
    "Name the folder of the manifests too, or name it under spec.manifests of an Application (paths are relative to the document).",
};

export const nothingToRead: DiagnosticRule<{ readonly roots: readonly string[] }> = {
  code: "EST-227",
  name: "nothing-to-read",
  severity: "error",
  message: ({ roots }) =>
    roots.length === 0
      ? "No file or folder was named."
      : `Nothing below ${listed(roots)} is a Kubernetes manifest or a document of Scantling.`,
  hint: () => "Name a folder with manifests (YAML or JSON, a Kustomize folder, a Helm chart), or pipe them in as -.",
};

/** Rules of manifests and the applications that they belong to, for the catalogue. */
export const bindingDiagnosticRules = [
  applicationWithoutCluster,
  clusterServesNot,
  manifestsNotFound,
  manifestsEmpty,
  manifestsRemote,
  manifestsMissing,
  manifestsUnused,
  applicationEmpty,
  chartNotRendered,
  valuesNotFound,
  objectShadowed,
  objectRepeated,
  fileHoldsNothing,
  fileNotKubernetes,
  documentsAlone,
  nothingToRead,
] as const;
