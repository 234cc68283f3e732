import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { nearestName } from "./nearest-name.ts";

/** Parameters of a rule that can say what was probably meant: the names that would have done. */
interface Suggesting {
  readonly candidates: readonly string[];
}

/** The nearest of the names that would have done; without one, all of them. */
export function didYouMean(written: string, candidates: readonly string[]): string {
  // Below three letters everything is near everything.
  const nearest = written.length < 3 ? undefined : nearestName(written, candidates);
  if (nearest !== undefined) return `Did you mean ${shorten(nearest)}?`;
  return candidates.length === 0 ? "There is none that could be named." : `Names that would do: ${listed(candidates)}.`;
}

/** Cuts hostile lengths, so that a message stays one readable sentence. */
export function shorten(text: string): string {
  const flat = text.replace(/\s+/g, " ");
  return flat.length <= 80 ? flat : `${flat.slice(0, 77)}...`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).map(shorten).join(", ");
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}

export const documentKindUnknown: DiagnosticRule<Suggesting & { readonly kind: string; readonly apiVersion: string }> =
  {
    code: "EST-200",
    name: "document-kind-unknown",
    severity: "error",
    message: ({ kind, apiVersion }) =>
      `${shorten(kind)} is no kind of ${shorten(apiVersion)}, so this document is not used.`,
    hint: ({ kind, candidates }) => didYouMean(kind, candidates),
  };

export const documentVersionUnknown: DiagnosticRule<{ readonly apiVersion: string; readonly known: string }> = {
  code: "EST-201",
  name: "document-version-unknown",
  severity: "error",
  message: ({ apiVersion }) => `Documents of ${shorten(apiVersion)} cannot be read.`,
  hint: ({ known }) => `Write it as ${known}.`,
};

export const documentNotRead: DiagnosticRule<{ readonly kind: string }> = {
  code: "EST-202",
  name: "document-not-read",
  severity: "note",
  message: ({ kind }) => `OpenSLO documents of kind ${shorten(kind)} are kept but say nothing that is used here.`,
  hint: () => "Objectives are read from documents of kind SLO, SLI, AlertPolicy and AlertCondition.",
};

export const fieldUnknown: DiagnosticRule<
  Suggesting & {
    readonly field: string;
    readonly name: string;
    readonly kind: string;
    readonly elsewhere: string | undefined;
  }
> = {
  code: "EST-203",
  name: "document-field-unknown",
  severity: "error",
  message: ({ field, kind }) => `${shorten(field)} is no field of ${shorten(kind)} and is not used.`,
  hint: ({ name, candidates, elsewhere }) =>
    elsewhere !== undefined && nearestName(name, candidates) === undefined
      ? `Did you mean ${elsewhere}?`
      : didYouMean(name, candidates),
};

export const fieldWrongType: DiagnosticRule<{
  readonly field: string;
  readonly expected: string;
  readonly found: string;
  readonly meaning: string | undefined;
}> = {
  code: "EST-204",
  name: "document-field-type",
  severity: "error",
  message: ({ field, expected, found }) => `${shorten(field)} must be ${expected}, but is ${shorten(found)}.`,
  hint: ({ expected, meaning }) => meaning ?? `Write ${expected} here.`,
};

export const fieldMissing: DiagnosticRule<{ readonly field: string; readonly meaning: string | undefined }> = {
  code: "EST-205",
  name: "document-field-missing",
  severity: "error",
  message: ({ field }) => `${shorten(field)} is missing.`,
  hint: ({ field, meaning }) => meaning ?? `Add ${shorten(field)}; "scantling explain Kind.field" says what it holds.`,
};

export const fieldFormat: DiagnosticRule<{
  readonly field: string;
  readonly expected: string;
  readonly found: string;
  readonly meaning: string | undefined;
}> = {
  code: "EST-206",
  name: "document-field-format",
  severity: "error",
  message: ({ field, expected, found }) => `${shorten(field)} must be ${expected}, but is ${shorten(found)}.`,
  hint: ({ expected, meaning }) => meaning ?? `Write ${expected} here.`,
};

export const fieldValue: DiagnosticRule<{
  readonly field: string;
  readonly found: string;
  readonly allowed: readonly string[];
}> = {
  code: "EST-207",
  name: "document-field-value",
  severity: "error",
  message: ({ field, found, allowed }) =>
    `${shorten(field)} is ${shorten(found)}, but must be one of ${listed(allowed)}.`,
  hint: ({ found, allowed }) => didYouMean(found.replace(/^"|"$/g, ""), allowed),
};

export const fieldRange: DiagnosticRule<{
  readonly field: string;
  readonly found: string;
  readonly expected: string;
  readonly meaning: string | undefined;
}> = {
  code: "EST-208",
  name: "document-field-range",
  severity: "error",
  message: ({ field, found, expected }) => `${shorten(field)} is ${shorten(found)}, but must be ${expected}.`,
  hint: ({ expected, meaning }) => meaning ?? `Write a value that is ${expected}.`,
};

export const documentDuplicate: DiagnosticRule<{ readonly document: string; readonly first: string }> = {
  code: "EST-209",
  name: "document-duplicate",
  severity: "error",
  message: ({ document, first }) => `${shorten(document)} is declared twice (first at ${first}); the first one counts.`,
  hint: () => "Give one of them another name, or join the two.",
};

export const estateDuplicate: DiagnosticRule<{ readonly name: string; readonly first: string }> = {
  code: "EST-210",
  name: "estate-duplicate",
  severity: "error",
  message: ({ name, first }) =>
    `There is a second Estate document, ${shorten(name)} (first at ${first}); the first one counts.`,
  hint: () => "An estate has one Estate document: join the two, or name the folder of one estate.",
};

export const nameDuplicate: DiagnosticRule<{ readonly field: string; readonly name: string }> = {
  code: "EST-211",
  name: "name-duplicate",
  severity: "error",
  message: ({ field, name }) => `${shorten(field)} names "${shorten(name)}" twice; the first one counts.`,
  hint: () => "Give one of the two another name, or join them.",
};

/** Where names are looked up that no field of the Estate lists. */
const listsOfNames: ReadonlyMap<string, string> = new Map([
  ["tenant", "the Tenant documents"],
  ["cluster", "the Cluster documents"],
  ["Application", "the Application documents"],
  ["DataStore", "the DataStore documents"],
  ["CloudService", "the CloudService documents"],
  ["LoadProfile", "the LoadProfile documents"],
  ["workload", "the workloads of the manifests"],
  ["zone", "the zones of its region"],
  ["service", "the Applications and journeys"],
]);

/** `list`: the field that lists such names, with its place, where there is one. */
export const referenceDangling: DiagnosticRule<
  Suggesting & {
    readonly field: string;
    readonly target: string;
    readonly what: string;
    readonly list: string | undefined;
  }
> = {
  code: "EST-212",
  name: "reference-dangling",
  severity: "error",
  message: ({ field, target, what, list }) => {
    const names = list ?? listsOfNames.get(what);
    const where = names === undefined ? "which does not exist" : `which is not among ${names}`;
    return `${shorten(field)} names ${what} "${shorten(target)}", ${where}.`;
  },
  hint: ({ target, candidates, list }) => {
    const meant = didYouMean(target, candidates);
    return list === undefined ? meant : `${meant} To have it, add ${shorten(target)} to ${list}.`;
  },
};

export const exclusiveFields: DiagnosticRule<{ readonly field: string; readonly other: string }> = {
  code: "EST-213",
  name: "exclusive-fields",
  severity: "error",
  message: ({ field, other }) =>
    `${shorten(field)} and ${shorten(other)} exclude one another; ${shorten(other)} counts.`,
  hint: ({ field }) => `Take ${field} out.`,
};

export const boundsInverted: DiagnosticRule<{ readonly field: string; readonly min: number; readonly max: number }> = {
  code: "EST-214",
  name: "bounds-inverted",
  severity: "error",
  message: ({ field, min, max }) => `${shorten(field)} has a minimum of ${min} above its maximum of ${max}.`,
  hint: () => "Swap the two.",
};

export const subnetOutside: DiagnosticRule<{
  readonly subnet: string;
  readonly prefix: string;
  readonly network: string;
}> = {
  code: "EST-215",
  name: "subnet-outside-network",
  severity: "error",
  message: ({ subnet, prefix, network }) =>
    `Subnet ${shorten(subnet)} (${prefix}) lies outside the address space of network ${shorten(network)}.`,
  hint: ({ network }) => `Widen the address space of ${network}, or move the subnet into it.`,
};

export const rangesOverlap: DiagnosticRule<{ readonly one: string; readonly other: string }> = {
  code: "EST-216",
  name: "address-ranges-overlap",
  severity: "error",
  message: ({ one, other }) => `The address ranges of ${shorten(one)} and ${shorten(other)} overlap.`,
  hint: () => "Networks that overlap cannot be peered, and subnets of one network must not overlap.",
};

export const namespaceContested: DiagnosticRule<{
  readonly namespace: string;
  readonly owner: string;
  readonly claimant: string;
}> = {
  code: "EST-217",
  name: "namespace-contested",
  severity: "error",
  message: ({ namespace, owner, claimant }) =>
    `Namespace ${shorten(namespace)} belongs to tenant ${shorten(owner)} and is claimed by ${shorten(claimant)} too; ${shorten(owner)} keeps it.`,
  hint: () => "A namespace has one owner: take it out of one of the two.",
};

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

export const chartNotRendered: DiagnosticRule<{ readonly chart: string }> = {
  code: "EST-222",
  name: "chart-not-rendered",
  severity: "error",
  message: ({ chart }) => `Helm chart ${shorten(chart)} is not rendered, so nothing is known of what it holds.`,
  hint: () => "Put helm on PATH, or pipe the rendered manifests in: helm template RELEASE CHART | scantling assess -",
};

export const manifestsRemote: DiagnosticRule<{ readonly source: string }> = {
  code: "EST-223",
  name: "manifests-remote",
  severity: "error",
  message: ({ source }) => `${shorten(source)} is not in this repository and is not fetched.`,
  hint: () => "Keep a copy in the repository (a chart: helm pull --untar), or pipe the rendered manifests in.",
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

export const objectivesDisagree: DiagnosticRule<{
  readonly journey: string;
  readonly objective: string;
  readonly slo: string;
  readonly target: string;
}> = {
  code: "EST-228",
  name: "objectives-disagree",
  severity: "warning",
  message: ({ journey, objective, slo, target }) =>
    `Journey ${shorten(journey)} asks for ${objective}, but SLO ${shorten(slo)} says ${target}; the SLO holds.`,
  hint: () => "Leave the objective of the journey out, or make the two equal.",
};

export const objectiveWithoutTarget: DiagnosticRule<{ readonly slo: string }> = {
  code: "EST-229",
  name: "objective-without-target",
  severity: "error",
  message: ({ slo }) => `SLO ${shorten(slo)} has an objective without target or targetPercent, so it asks for nothing.`,
  hint: () => "Add target as a ratio (0.999) or targetPercent (99.9).",
};

export const objectiveNotAvailability: DiagnosticRule<{ readonly slo: string }> = {
  code: "EST-230",
  name: "objective-not-availability",
  severity: "note",
  message: ({ slo }) =>
    `SLO ${shorten(slo)} compares a metric with a threshold: it is kept, and not held against the availability of a journey.`,
};

export const dependencyCycle: DiagnosticRule<{ readonly cycle: readonly string[] }> = {
  code: "EST-231",
  name: "dependency-cycle",
  severity: "warning",
  message: ({ cycle }) => `These workloads depend on one another, so each fails with any of them: ${listed(cycle)}.`,
  hint: () => "Where one of them can do without, declare the dependency soft or async in the Application.",
};

export const dependencyOnItself: DiagnosticRule<{ readonly workload: string }> = {
  code: "EST-232",
  name: "dependency-on-itself",
  severity: "error",
  message: ({ workload }) => `${shorten(workload)} is declared to depend on itself.`,
  hint: () => "Take it out, or name the workload that was meant.",
};

export const exchangeRateMissing: DiagnosticRule<{ readonly currency: string }> = {
  code: "EST-233",
  name: "exchange-rate-missing",
  severity: "error",
  message: ({ currency }) => `Money is declared in ${currency}, but there is no exchange rate for it.`,
  hint: ({ currency }) =>
    `Add spec.exchangeRates.${currency} with perUsd and asOf: prices of the catalog are in US dollars.`,
};

export const failureModelUnknown: DiagnosticRule<Suggesting & { readonly name: string }> = {
  code: "EST-234",
  name: "failure-model-unknown",
  severity: "error",
  message: ({ name }) => `spec.failureModel.${shorten(name)} overrides no assumption of the failure model.`,
  hint: ({ name, candidates }) => didYouMean(name, candidates),
};

export const valuesNotFound: DiagnosticRule<{ readonly source: string; readonly chart: string }> = {
  code: "EST-235",
  name: "chart-value-file-missing",
  severity: "error",
  message: ({ source, chart }) => `Values file "${shorten(source)}" of chart ${shorten(chart)} was not read.`,
  hint: () => "Paths are relative to the document that names them.",
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

export const loadProfileEmpty: DiagnosticRule<{ readonly profile: string }> = {
  code: "EST-239",
  name: "load-profile-empty",
  severity: "error",
  message: ({ profile }) =>
    `LoadProfile ${shorten(profile)} has neither shape nor series, so it says nothing of the demand.`,
  hint: () => "Add spec.shape with base and daily peak, or spec.series with a CSV file.",
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

export const documentsAlone: DiagnosticRule<{ readonly documents: number; readonly roots: readonly string[] }> = {
  code: "EST-241",
  name: "documents-without-manifests",
  severity: "warning",
  message: ({ documents, roots }) =>
    `${documents === 1 ? "One document" : `${documents} documents`} of Scantling, but no Kubernetes manifest, can be found in ${listed(roots)}, so nothing runs.`,
  hint: () =>
    "Name the folder of the manifests too, or name it under spec.manifests of an Application (paths are relative to the document).",
};

export const referenceUnread: DiagnosticRule<{
  readonly field: string;
  readonly target: string;
  readonly what: string;
  readonly unread: readonly string[];
}> = {
  code: "EST-242",
  name: "reference-into-unread",
  severity: "error",
  message: ({ field, target, what, unread }) =>
    `${shorten(field)} names ${what} "${shorten(target)}", which may be in ${listed(unread)}, which could not be read.`,
  hint: ({ unread }) => `Mend the errors of ${listed(unread)} first.`,
};

export const documentLost: DiagnosticRule<{
  readonly kind: string;
  readonly source: string;
  /** What is used instead. */
  readonly standIn: string | undefined;
}> = {
  code: "EST-243",
  name: "document-lost",
  severity: "error",
  message: ({ kind, source, standIn }) =>
    `A document of kind ${kind} in ${shorten(source)} cannot be used, because it has an error; ${standIn ?? "what it declares is left out"}.`,
  hint: ({ source }) => `Mend the other errors of ${shorten(source)} first.`,
};

export const namespaceReserved: DiagnosticRule<{ readonly namespace: string; readonly claimant: string }> = {
  code: "EST-248",
  name: "namespace-reserved",
  severity: "warning",
  message: ({ namespace, claimant }) =>
    `${shorten(claimant)} claims the namespace "${shorten(namespace)}" of the cluster itself or of a component, which stays with the tenant platform.`,
  hint: () => "Take the namespace out of this Tenant; who runs the platform is declared by a Tenant named platform.",
};

export const tenantNameReserved: DiagnosticRule<{
  readonly tenant: string;
  readonly trust: string;
  readonly expected: string;
}> = {
  code: "EST-249",
  name: "tenant-name-reserved",
  severity: "warning",
  message: ({ tenant, trust, expected }) =>
    `The Tenant "${shorten(tenant)}" has the trust ${trust}, but that name stands for ${tenant === "platform" ? "what the cluster itself runs" : "namespaces that nobody owns"}, whose trust is ${expected}: those are judged by ${trust} too.`,
  hint: ({ tenant, expected }) =>
    `Give this Tenant another name when it is not ${tenant === "platform" ? "the platform's own" : "the one of namespaces without owner"}, else write trust: ${expected}.`,
};

/** Every rule of documents, references and binding, for the catalogue. */
export const documentDiagnosticRules = [
  documentKindUnknown,
  documentVersionUnknown,
  documentNotRead,
  fieldUnknown,
  fieldWrongType,
  fieldMissing,
  fieldFormat,
  fieldValue,
  fieldRange,
  documentDuplicate,
  estateDuplicate,
  nameDuplicate,
  referenceDangling,
  exclusiveFields,
  boundsInverted,
  subnetOutside,
  rangesOverlap,
  namespaceContested,
  applicationWithoutCluster,
  clusterServesNot,
  manifestsNotFound,
  manifestsEmpty,
  chartNotRendered,
  manifestsRemote,
  objectShadowed,
  fileHoldsNothing,
  fileNotKubernetes,
  nothingToRead,
  objectivesDisagree,
  objectiveWithoutTarget,
  objectiveNotAvailability,
  dependencyCycle,
  dependencyOnItself,
  exchangeRateMissing,
  failureModelUnknown,
  valuesNotFound,
  manifestsMissing,
  manifestsUnused,
  applicationEmpty,
  loadProfileEmpty,
  objectRepeated,
  documentsAlone,
  referenceUnread,
  documentLost,
  namespaceReserved,
  tenantNameReserved,
] as const;
