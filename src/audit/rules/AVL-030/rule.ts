import { parseImageReference } from "../../../estate/kubernetes/image-reference.ts";
import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { CloudService } from "../../../estate/model/service.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

const azureRegistry = ".azurecr.io";
const registryService = "containerRegistry";

/** Stores that hold what workloads read when they start. */
const configurationServices = ["appConfiguration", "keyVault"];

interface Need {
  readonly workload: Workload;
  readonly container: Container;
  readonly registry: string;
  readonly region: string;
}

/** AVL-030: with a region lost, the other one can still start pods: images and configuration are there too. */
export const regionalSources: Rule = {
  id: "AVL-030",
  name: "regional-sources",
  title: "Images and configuration can be read in every region that runs workloads, with any other region lost.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["manifests", "cluster", "environments"],
  *evaluate({ estate }) {
    for (const needs of needsByEnvironment(estate).values()) {
      const regions = [...new Set(needs.map(({ region }) => region))].toSorted();
      if (regions.length < 2) continue;
      for (const ofRegistry of Map.groupBy(needs, ({ registry }) => registry).values()) {
        const outcome = judgeRegistry(estate, ofRegistry);
        if (outcome !== undefined) yield outcome;
      }
      const [first] = needs;
      if (first !== undefined) yield* judgeStores(estate, first.workload.environment, regions);
    }
  },
};

/** Images of private Azure registries by environment; public ones are served worldwide. */
function needsByEnvironment(estate: Estate): ReadonlyMap<string, readonly Need[]> {
  const { clusters } = lookupOf(estate);
  const needs = estate.workloads.flatMap((workload) =>
    workload.containers.flatMap((container): Need[] => {
      const registry = container.image === undefined ? undefined : parseImageReference(container.image).registry;
      const region = clusters.get(workload.cluster)?.region;
      if (registry === undefined || region === undefined || !registry.endsWith(azureRegistry)) return [];
      return [{ workload, container, registry, region }];
    }),
  );
  return Map.groupBy(needs, ({ workload }) => workload.environment);
}

function judgeRegistry(estate: Estate, needs: readonly Need[]): RuleOutcome | undefined {
  const [first] = needs;
  const regions = [...new Set(needs.map(({ region }) => region))].toSorted();
  if (first === undefined || regions.length < 2) return undefined;
  const { workload, container, registry } = first;
  const place = workload.object.locate([...container.path, "image"]);
  const common = {
    subject: `Registry/${registry}`,
    subjectLabel: registry,
    environment: workload.environment,
    tenant: undefined,
    namespace: undefined,
  };
  const service = registryNamed(estate.cloudServices, registry);
  if (service === undefined) {
    return {
      ...common,
      verdict: "notEvaluable",
      place,
      missing: ["needs-E"],
      message: `Whether registry ${registry}, used in ${regions.join(" and ")}, has a replica in each depends on its regions; no CloudService declares it.`,
    };
  }
  const absent = regions.filter((region) => service.regions !== "global" && !service.regions.includes(region));
  if (absent.length === 0) return { ...common, verdict: "pass", place: workload.place, message: "" };
  return {
    ...common,
    verdict: "fail",
    place: service.place ?? place,
    message: `Registry ${registry} is in ${regionsOf(service)}, but workloads of ${workload.environment} pull from it in ${absent.join(" and ")} too: with its region lost, no new pod starts there.`,
    fix: { description: `Replicate the registry (tier Premium) to ${absent.join(" and ")}.` },
  };
}

/** The registry by its own name, or the only one that is declared. */
function registryNamed(services: readonly CloudService[], registry: string): CloudService | undefined {
  const registries = services.filter(({ service }) => service === registryService);
  const name = registry.slice(0, -azureRegistry.length);
  return registries.find((each) => each.name === name) ?? (registries.length === 1 ? registries[0] : undefined);
}

/** Stores of configuration and secrets, unless there is one of the kind in each region. */
function* judgeStores(estate: Estate, environment: string, regions: readonly string[]): Iterable<RuleOutcome> {
  for (const kind of configurationServices) {
    const stores = estate.cloudServices.filter(({ service }) => service === kind);
    const [first] = stores;
    if (first?.place === undefined) continue;
    const absent = regions.filter((region) => !stores.some(isIn(region)));
    const common = {
      subject: `CloudService/${first.name}`,
      subjectLabel: first.name,
      environment,
      tenant: undefined,
      namespace: undefined,
      place: first.place,
    };
    if (absent.length === 0) {
      yield { ...common, verdict: "pass", message: "" };
      continue;
    }
    yield {
      ...common,
      verdict: "fail",
      message: `${first.name} (${kind}) is in ${regionsOf(first)} alone, but ${environment} runs in ${regions.join(" and ")}: with that region lost, pods in ${absent.join(" and ")} cannot read what they need to start.`,
      fix: {
        description: `Keep a store of its own in ${absent.join(" and ")}, filled by the same pipeline, or replicate this one.`,
      },
    };
  }
}

function isIn(region: string): (service: CloudService) => boolean {
  return ({ regions }) => regions === "global" || regions.includes(region);
}

function regionsOf({ regions }: CloudService): string {
  return regions === "global" ? "all regions" : regions.length === 0 ? "no declared region" : regions.join(", ");
}
