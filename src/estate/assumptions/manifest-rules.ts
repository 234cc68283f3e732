import type { AssumptionRule } from "./assumption-rule.ts";

export const inferredDependencyIsHard: AssumptionRule<{ readonly targets: readonly string[] }> = {
  id: "ASM-130",
  name: "inferred-dependency-is-hard",
  text: ({ targets }) =>
    `Dependencies read from manifests are taken as hard: without ${enumerate(targets)} the workload fails.`,
  value: () => "hard",
  replaceBy: "Application.spec.dependencies[].type",
};

export const opaqueReplicas: AssumptionRule<{ readonly kind: string }> = {
  id: "ASM-131",
  name: "opaque-replicas",
  text: ({ kind }) => `This ${kind} does not say how many pods it runs; one is assumed.`,
  value: () => "1 pod",
  replaceBy: "the field of the custom resource that states its replicas",
};

export const ingressIsPublic: AssumptionRule<{ readonly className: string | undefined }> = {
  id: "ASM-132",
  name: "ingress-is-public",
  text: ({ className }) =>
    `Nothing says that ${className === undefined ? "its controller" : `the class ${className}`} is internal, so it is taken as reachable from the Internet.`,
  value: () => "public",
  replaceBy: "Application.spec.entryPoints[].exposure",
};

export const classNameSaysInternal: AssumptionRule<{ readonly className: string }> = {
  id: "ASM-133",
  name: "class-name-says-internal",
  text: ({ className }) => `The class ${className} is taken as internal because of its name.`,
  value: () => "internal",
  replaceBy: "Application.spec.entryPoints[].exposure",
};

export const requestsFromLimits: AssumptionRule<{ readonly containers: readonly string[] }> = {
  id: "ASM-134",
  name: "requests-from-limits",
  text: ({ containers }) =>
    `Where only a limit is stated, the API server takes it as the request (${enumerate(containers)}).`,
  value: () => "request = limit",
  replaceBy: "resources.requests of the container",
};

export const limitRangeDefaults: AssumptionRule<{ readonly containers: readonly string[] }> = {
  id: "ASM-135",
  name: "limit-range-defaults",
  text: ({ containers }) =>
    `The namespace's LimitRange fills in what these containers leave out: ${enumerate(containers)}.`,
  value: () => "LimitRange default",
  replaceBy: "resources of the container",
};

function enumerate(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/** Every rule that fills gaps of manifests, for the catalogue. */
export const manifestAssumptionRules = [
  inferredDependencyIsHard,
  opaqueReplicas,
  ingressIsPublic,
  classNameSaysInternal,
  requestsFromLimits,
  limitRangeDefaults,
] as const;
