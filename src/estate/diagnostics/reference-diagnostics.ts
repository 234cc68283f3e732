import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { didYouMean, listed, type Suggesting, shorten } from "./wording.ts";

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

/** Rules of names and what they refer to, for the catalogue. */
export const referenceDiagnosticRules = [
  documentDuplicate,
  estateDuplicate,
  nameDuplicate,
  referenceDangling,
  referenceUnread,
  documentLost,
  exclusiveFields,
  boundsInverted,
  subnetOutside,
  rangesOverlap,
  namespaceContested,
  namespaceReserved,
  tenantNameReserved,
] as const;
