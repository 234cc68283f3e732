import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { listed, shorten } from "./wording.ts";

export const deliveredPathMissing: DiagnosticRule<{ readonly delivery: string; readonly path: string }> = {
  code: "EST-970",
  name: "delivered-path-missing",
  severity: "error",
  message: ({ delivery, path }) => `${shorten(delivery)} delivers ${shorten(path)}, which is not in the repository.`,
  hint: () => "Correct the path, or import the repository that holds it as well.",
};

export const deliveredFromElsewhere: DiagnosticRule<{
  readonly delivery: string;
  readonly source: string;
  readonly consequence: string;
}> = {
  code: "EST-971",
  name: "delivered-from-elsewhere",
  severity: "warning",
  message: ({ delivery, source, consequence }) =>
    `${shorten(delivery)} comes from ${shorten(source)}, which is not in this repository: ${consequence}.`,
  hint: () => "Render it to manifests beside the others, or declare what it needs in the Cluster document.",
};

export const deliveryChangesContent: DiagnosticRule<{ readonly delivery: string; readonly fields: readonly string[] }> =
  {
    code: "EST-972",
    name: "delivery-changes-content",
    severity: "warning",
    message: ({ delivery, fields }) =>
      `${shorten(delivery)} changes what it delivers by ${listed(fields)}: the manifests are read as they are written.`,
    hint: () => "Move the change into an overlay or a values file, which every reader of the repository sees.",
  };

export const pathDeliveredTwice: DiagnosticRule<{
  readonly path: string;
  readonly cluster: string;
  readonly deliveries: readonly string[];
}> = {
  code: "EST-973",
  name: "path-delivered-twice",
  severity: "warning",
  message: ({ path, cluster, deliveries }) =>
    `${listed(deliveries)} deliver the same ${shorten(path)} to ${shorten(cluster)}: they would fight over its objects, and the first one counts.`,
  hint: () => "Let one of them deliver it.",
};

export const deliveryCycle: DiagnosticRule<{ readonly deliveries: readonly string[] }> = {
  code: "EST-974",
  name: "delivery-cycle",
  severity: "error",
  message: ({ deliveries }) => `${listed(deliveries)} wait for each other in a circle: none of them is ever delivered.`,
  hint: () => "Take one dependsOn of the circle away.",
};

export const applicationsNotGenerated: DiagnosticRule<{ readonly problem: string }> = {
  code: "EST-975",
  name: "applications-not-generated",
  severity: "error",
  message: ({ problem }) => `Some Applications are not known: ${shorten(problem)}.`,
  hint: () =>
    "Only lists, files and folders of this repository and matrices of two can be read; what asks clusters or services has to be written out.",
};

export const formsDifferByCluster: DiagnosticRule<{ readonly application: string; readonly environment: string }> = {
  code: "EST-976",
  name: "forms-differ-by-cluster",
  severity: "warning",
  message: ({ application, environment }) =>
    `The clusters of ${shorten(environment)} get ${shorten(application)} in forms that one path cannot name: that of the first cluster counts for all.`,
  hint: () => "Give each cluster a folder of its own, named like the cluster, with a kustomization.",
};

export const olderApiVersion: DiagnosticRule<{
  readonly kind: string;
  readonly found: string;
  readonly current: string;
  readonly objects: number;
}> = {
  code: "EST-977",
  name: "older-api-version",
  severity: "note",
  message: ({ kind, found, current, objects }) =>
    `${objects === 1 ? `A ${kind} is` : `${objects} objects of kind ${kind} are`} written in ${found}; ${current} is current.`,
  hint: ({ current }) => `Set apiVersion: ${current}; scantling render writes it so.`,
};

export const nothingToImport: DiagnosticRule<undefined> = {
  code: "EST-978",
  name: "nothing-to-import",
  severity: "error",
  message: () => "There is nothing here that is delivered to a cluster.",
  hint: () =>
    "Name the root of a GitOps repository, a folder of manifests or charts, or files that kubectl get -o yaml wrote.",
};

export const importTargetNotEmpty: DiagnosticRule<{ readonly folder: string; readonly files: number }> = {
  code: "EST-979",
  name: "import-target-not-empty",
  severity: "error",
  message: ({ folder, files }) =>
    `${shorten(folder)} holds ${files === 1 ? "a file" : `${files} files`} already: nothing was written.`,
  hint: () => "Name an empty folder, or write beside what is there and over it with --force.",
};

export const declaredNotDelivered: DiagnosticRule<{ readonly application: string }> = {
  code: "EST-985",
  name: "declared-not-delivered",
  severity: "warning",
  message: ({ application }) =>
    `Application ${shorten(application)} is declared in the repository, and nothing there delivers it.`,
  hint: () => "Render the repository again, or take the document away.",
};

export const secretsLeftOut: DiagnosticRule<{ readonly secrets: number; readonly clusters: readonly string[] }> = {
  code: "EST-986",
  name: "secrets-left-out",
  severity: "note",
  message: ({ secrets, clusters }) =>
    `The values of ${secrets === 1 ? "one Secret" : `${secrets} Secrets`} on ${listed(clusters)} were left out; keys are kept.`,
};

export const importDiagnosticRules = [
  deliveredPathMissing,
  deliveredFromElsewhere,
  deliveryChangesContent,
  pathDeliveredTwice,
  deliveryCycle,
  applicationsNotGenerated,
  formsDifferByCluster,
  olderApiVersion,
  nothingToImport,
  importTargetNotEmpty,
  declaredNotDelivered,
  secretsLeftOut,
] as const;
