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

export const accessMissing: DiagnosticRule<{
  /** Such as `id-orders cannot log in to sql-orders yet`. */
  readonly lack: string;
  readonly reason: string;
  readonly remedy: string;
}> = {
  code: "EST-987",
  name: "access-missing",
  severity: "warning",
  message: ({ lack, reason }) => `${lack}: ${reason}.`,
  hint: ({ remedy }) => remedy,
};

export const openToPublic: DiagnosticRule<{
  readonly resource: string;
  readonly clusters: readonly string[];
  readonly reason: string;
}> = {
  code: "EST-988",
  name: "open-to-public",
  severity: "warning",
  message: ({ resource, clusters, reason }) =>
    `${shorten(resource)} keeps its endpoint in the public network, although clusters that use it are private (${listed(clusters)}): ${reason}.`,
  hint: () => "Close it by hand where everyone who uses it has a private way, or accept that Entra alone guards it.",
};

/** What is declared to be closed, filtered or isolated, and is not on this target. */
export const guardNotExpressed: typeof fieldNotExpressed = {
  code: "EST-989",
  name: "guard-not-expressed",
  severity: "warning",
  message: ({ target, resource, field, reason }) =>
    field === ""
      ? `${target} does not write ${shorten(resource)}, and what it guards stands without it: ${reason}.`
      : `${target} cannot say ${field} of ${shorten(resource)}, and what it guards stands without it: ${reason}.`,
  hint: () => "For production choose another cloud target, or write this guard by hand before anything is let in.",
};

export const registryBlocked: DiagnosticRule<{ readonly network: string; readonly registries: readonly string[] }> = {
  code: "EST-990",
  name: "registry-behind-firewall",
  severity: "warning",
  message: ({ network, registries }) =>
    `Pods on clusters of network ${shorten(network)} have images from ${listed(registries)}, which its firewall lets nobody reach.`,
  hint: () =>
    "Import the images into the estate's own registry, or add the registry and where its layers come from to Estate.spec.networks[].egress.allowedFqdns.",
};

export const repositoryCredentials: DiagnosticRule<{
  readonly clusters: readonly string[];
  readonly secret: string;
}> = {
  code: "EST-991",
  name: "repository-credentials-by-hand",
  severity: "note",
  message: ({ clusters, secret }) =>
    `Flux reads its repository with username and password of the Secret flux-system/${secret}, which no file holds: it has to be put in place on ${listed(clusters)}.`,
  hint: ({ secret }) =>
    `A read-only token does, and an https:// address: kubectl -n flux-system create secret generic ${secret} --from-literal=username=git --from-literal=password=TOKEN. An empty one is enough for a public repository.`,
};

export const addressesShared: DiagnosticRule<{ readonly clusters: readonly string[]; readonly range: string }> = {
  code: "EST-992",
  name: "addresses-shared",
  severity: "warning",
  message: ({ clusters, range }) =>
    `Clusters ${listed(clusters)} name no network: each gets one of its own with the same addresses (${range}), and none can be connected to another.`,
  hint: () => "Declare Estate.spec.networks with an addressSpace each, and name them in Cluster.spec.network.name.",
};

export const windowSaidOtherwise: DiagnosticRule<{ readonly cluster: string; readonly windows: readonly string[] }> = {
  code: "EST-993",
  name: "window-said-otherwise",
  severity: "warning",
  message: ({ cluster, windows }) =>
    `AKS is not told the maintenance windows of ${shorten(cluster)} as they are declared: ${windows.join("; ")}.`,
  hint: () =>
    "Declare one window of at least four hours a week for each of the scopes cluster and nodeOs; scope default takes any number.",
};

export const namesCollide: DiagnosticRule<{
  readonly kind: string;
  readonly names: readonly string[];
  readonly as: string;
}> = {
  code: "EST-994",
  name: "cloud-names-collide",
  severity: "error",
  message: ({ kind, names, as }) =>
    `${kind === "" ? "" : `${kind} `}${listed(names.map(shorten))} become one and the same on the cloud side: ${shorten(as)}.`,
  hint: () => "Rename one of them so that they differ in more than case and punctuation.",
};

export const cacheSizeUnknown: DiagnosticRule<{
  readonly store: string;
  readonly sku: string;
  readonly written: string;
}> = {
  code: "EST-943",
  name: "cache-size-unknown",
  severity: "warning",
  message: ({ store, sku, written }) =>
    `${shorten(store)} declares ${shorten(sku)}, which is no size of Azure Managed Redis or Azure Cache for Redis: ${written} is written in its place.`,
  hint: () => "Declare one such as Balanced_B3 in DataStore.spec.sku.",
};

export const cacheClosedToNew: DiagnosticRule<{
  readonly store: string;
  readonly sku: string;
  readonly since: string;
  readonly ends: string | undefined;
}> = {
  code: "EST-944",
  name: "cache-closed-to-new-tenants",
  severity: "warning",
  message: ({ store, sku, since, ends }) =>
    `${shorten(store)} is an Azure Cache for Redis (${shorten(sku)}): since ${since} no tenant that had none before can create one${ends === undefined ? "" : `, and it ends on ${ends}`}.`,
  hint: () =>
    "Declare a size of Azure Managed Redis in DataStore.spec.sku, such as Balanced_B3; keep this one only where the tenant had such a cache before.",
};

export const cloudTargetDiagnosticRules = [
  fieldNotExpressed,
  serviceNotWritten,
  networkFull,
  fileNotRead,
  targetsDiffer,
  accessMissing,
  openToPublic,
  guardNotExpressed,
  registryBlocked,
  repositoryCredentials,
  addressesShared,
  windowSaidOtherwise,
  namesCollide,
  cacheSizeUnknown,
  cacheClosedToNew,
] as const;
