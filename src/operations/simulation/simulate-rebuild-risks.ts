import { asList, asObject, asText, valueAt } from "../../estate/kubernetes/json-value.ts";
import { lastingClaims } from "../../estate/kubernetes/pod-volumes.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { DataStore } from "../../estate/model/service.ts";
import { formatPlace, type Place } from "../../estate/sources/place.ts";
import { isBackedUp } from "./simulate-rebuild-steps.ts";

/** Something that Git does not have, or that goes with the region, and that a rebuild would stop at. */
export interface RebuildRisk {
  readonly risk:
    | "secretNotInGit"
    | "dataWithoutBackup"
    | "imagesInRegion"
    | "imageNotPinned"
    | "secretStoreInRegion"
    | "storeInRegion"
    | "notRendered"
    | "versionNotPinned"
    | "noRestoreDrill"
    | "namesByHand"
    | "agentNotDeclared";
  /** `stops`: the rebuild does not end without it; `loses`: data is gone; `delays`: it costs time or is not the same. */
  readonly effect: "stops" | "loses" | "delays";
  readonly words: string;
  readonly place?: Place;
}

const effects: readonly RebuildRisk["effect"][] = ["stops", "loses", "delays"];

/** What stands between Git and a cluster that serves, the gravest first. */
export function rebuildRisks(estate: Estate, cluster: Cluster): readonly RebuildRisk[] {
  const workloads = estate.workloads.filter((workload) => workload.cluster === cluster.name);
  const objects = estate.objects.filter((object) => object.cluster === cluster.name);
  const risks = [
    ...missingSecrets(workloads, objects),
    ...notRendered(estate, workloads),
    ...dataRisks(cluster, workloads),
    ...regionRisks(estate, cluster, objects),
    ...imageRisks(workloads),
    ...platformRisks(estate, cluster),
  ];
  return risks.toSorted(
    (left, right) =>
      effects.indexOf(left.effect) - effects.indexOf(right.effect) ||
      (left.risk < right.risk ? -1 : left.risk > right.risk ? 1 : left.words < right.words ? -1 : 1),
  );
}

/** Secrets that pods cannot start without and that nothing in Git makes. */
function missingSecrets(workloads: readonly Workload[], objects: readonly PlacedObject[]): readonly RebuildRisk[] {
  const made = new Set(objects.flatMap(secretsMadeBy));
  const wanted = new Map<string, Workload[]>();
  for (const workload of workloads) {
    for (const name of secretsOf(workload)) {
      const key = `${workload.namespace}/${name}`;
      if (!made.has(key)) wanted.set(key, [...(wanted.get(key) ?? []), workload]);
    }
  }
  return [...wanted].map(([secret, users]) => ({
    risk: "secretNotInGit" as const,
    effect: "stops" as const,
    words: `Secret ${secret} is nowhere in Git: ${namesOf(users)} cannot start until somebody makes it by hand`,
    ...(users[0] === undefined ? {} : { place: users[0].place }),
  }));
}

function secretsOf({ podSpec, containers }: Workload): readonly string[] {
  const required = (reference: unknown, key: string) => {
    const { [key]: name, optional } = asObject(reference);
    return optional === true ? [] : (asText(name) ?? []);
  };
  const inContainers = containers.flatMap(({ value }) => [
    ...asList(value["envFrom"]).flatMap((each) => required(asObject(each)["secretRef"], "name")),
    ...asList(value["env"]).flatMap((each) => required(valueAt(each, ["valueFrom", "secretKeyRef"]), "name")),
  ]);
  const inVolumes = asList(podSpec["volumes"]).flatMap((each) => required(asObject(each)["secret"], "secretName"));
  return [...new Set([...inContainers, ...inVolumes])].sort();
}

function secretsMadeBy({ object, namespace }: PlacedObject): readonly string[] {
  const inNamespace = (name: string | undefined) => (name === undefined ? [] : [`${namespace}/${name}`]);
  switch (object.kind) {
    case "Secret":
    case "SealedSecret":
      return inNamespace(object.name);
    case "ExternalSecret":
      return inNamespace(asText(valueAt(object.value, ["spec", "target", "name"])) ?? object.name);
    case "Certificate":
      return inNamespace(asText(valueAt(object.value, ["spec", "secretName"])));
    case "SecretProviderClass":
      return asList(valueAt(object.value, ["spec", "secretObjects"])).flatMap((each) =>
        inNamespace(asText(asObject(each)["secretName"])),
      );
    case "Ingress":
      return asList(valueAt(object.value, ["spec", "tls"])).flatMap((each) =>
        inNamespace(asText(asObject(each)["secretName"])),
      );
    default:
      return [];
  }
}

function notRendered(estate: Estate, workloads: readonly Workload[]): readonly RebuildRisk[] {
  const here = new Set(workloads.map(({ id }) => id));
  const broken = estate.diagnostics.filter(
    ({ severity, affects }) => severity === "error" && (affects ?? []).some((id) => here.has(id)),
  );
  return broken.map(({ message, code, place }) => ({
    risk: "notRendered" as const,
    effect: "stops" as const,
    words: `what Git has cannot be applied as it is (${code}): ${message}`,
    ...(place === undefined ? {} : { place }),
  }));
}

function dataRisks(cluster: Cluster, workloads: readonly Workload[]): readonly RebuildRisk[] {
  const holding = workloads.filter((workload) => lastingClaims(workload).length > 0);
  const lost = holding.filter(({ namespace }) => !isBackedUp(cluster, namespace));
  const risks = lost.map(
    (workload): RebuildRisk => ({
      risk: "dataWithoutBackup",
      effect: "loses",
      words: `${workload.label} keeps data on volumes (${lastingClaims(workload)
        .map(({ name }) => name)
        .join(", ")}) and no backup of them is declared: it comes back empty`,
      place: workload.place,
    }),
  );
  if (holding.length === lost.length || cluster.backup?.lastRestoreDrill !== undefined) return risks;
  const words = `backups of ${cluster.name} have never been restored as far as is declared: times and completeness are a guess`;
  return [...risks, { risk: "noRestoreDrill", effect: "delays", words, ...placeOf(cluster) }];
}

function regionRisks(
  estate: Estate,
  { region, name }: Cluster,
  objects: readonly PlacedObject[],
): readonly RebuildRisk[] {
  const inRegion = estate.cloudServices.filter(
    ({ regions }) => regions !== "global" && regions.every((each) => each === region),
  );
  const ofService = (service: string) => inRegion.filter((each) => each.service === service);
  const copies = objects.some(
    ({ object }) => object.kind === "ExternalSecret" || object.kind === "SecretProviderClass",
  );
  const applications = new Set(
    estate.workloads.flatMap((workload) => (workload.cluster === name ? (workload.application ?? []) : [])),
  );
  const stores = estate.dataStores.filter(
    ({ workload, application, regions: { readers, writers } }) =>
      workload === undefined &&
      applications.has(application ?? "") &&
      writers.length > 0 &&
      [...readers, ...writers].every((each) => each === region),
  );
  return [
    ...ofService("containerRegistry").map(
      (registry): RebuildRisk => ({
        risk: "imagesInRegion",
        effect: "stops",
        words: `registry ${registry.name} is in ${region} only: if the region is lost no image can be pulled`,
        ...placeOf(registry),
      }),
    ),
    ...(copies ? ofService("keyVault") : []).map(
      (vault): RebuildRisk => ({
        risk: "secretStoreInRegion",
        effect: "stops",
        words: `key vault ${vault.name} is in ${region} only: if the region is lost secrets are read-only at best until it is back`,
        ...placeOf(vault),
      }),
    ),
    ...regionalStores(stores, region),
  ];
}

function regionalStores(stores: readonly DataStore[], region: string): readonly RebuildRisk[] {
  const [first, ...others] = stores;
  if (first === undefined) return [];
  const names = stores.map(({ name }) => name).sort();
  const words =
    others.length === 0
      ? `data store ${first.name} outlives the cluster, but is in ${region} only: if the region is lost it must be restored elsewhere first`
      : `data stores ${names.slice(0, -1).join(", ")} and ${names.at(-1)} outlive the cluster, but are in ${region} only: if the region is lost they must be restored elsewhere first`;
  return [{ risk: "storeInRegion", effect: "loses", words, ...placeOf(first) }];
}

function imageRisks(workloads: readonly Workload[]): readonly RebuildRisk[] {
  const loose = new Map<string, Workload>();
  for (const workload of workloads) {
    for (const { image } of workload.containers) {
      if (image !== undefined && isLoose(image) && !loose.has(image)) loose.set(image, workload);
    }
  }
  const [first, ...others] = [...loose.keys()].sort();
  if (first === undefined) return [];
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const place = loose.get(first)?.place;
  const words = `${first}${more} name no fixed version: what is pulled then need not be what runs now`;
  return [{ risk: "imageNotPinned", effect: "delays", words, ...(place === undefined ? {} : { place }) }];
}

/** Neither a digest nor a tag other than `latest`. */
function isLoose(image: string): boolean {
  if (image.includes("@sha256:")) return false;
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || tag === "latest";
}

function platformRisks({ delivery, entryPoints, workloads }: Estate, cluster: Cluster): readonly RebuildRisk[] {
  const unpinned = cluster.components.filter(({ version }) => version === undefined).map(({ name }) => name);
  const here = new Set(workloads.flatMap((each) => (each.cluster === cluster.name ? [each.id] : [])));
  const named = entryPoints.filter(
    ({ hostname, through, workloads: behind }) =>
      hostname !== undefined && through.length === 0 && behind.some((id) => here.has(id)),
  );
  const keepsNames = cluster.components.some(({ name }) => name.includes("external-dns"));
  const risks: RebuildRisk[] = [];
  if (unpinned.length > 0) {
    const words = `${unpinned.join(", ")} of ${cluster.name} ${unpinned.length === 1 ? "has" : "have"} no version: the newest one is installed`;
    risks.push({ risk: "versionNotPinned", effect: "delays", words, ...placeOf(cluster) });
  }
  if (named.length > 0 && !keepsNames) {
    const words = `no component keeps DNS: ${named.length} ${named.length === 1 ? "name is" : "names are"} led to the new address by hand`;
    risks.push({ risk: "namesByHand", effect: "delays", words, ...placeOf(cluster) });
  }
  if (delivery.agent === undefined) {
    const words =
      "the estate names no GitOps agent: who applies Git to a new cluster, and with which rights, is not declared";
    risks.push({ risk: "agentNotDeclared", effect: "delays", words });
  }
  return risks;
}

function namesOf(workloads: readonly Workload[]): string {
  const labels = [...new Set(workloads.map(({ label }) => label))];
  return labels.length <= 2 ? labels.join(" and ") : `${labels.slice(0, 2).join(", ")} and ${labels.length - 2} more`;
}

function placeOf({ place }: { readonly place?: Place }): { readonly place?: Place } {
  return place === undefined ? {} : { place };
}

/** A risk with its place, as a line of a report. */
export function riskInWords({ words, place }: RebuildRisk): string {
  return place === undefined ? words : `${words} (${formatPlace(place)})`;
}
