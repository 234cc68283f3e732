import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { isAbsoluteSourcePath, normalizeSourcePath, sourceDirectory } from "../../estate/sources/source-path.ts";
import type { DocumentChange } from "../../planning/documents/document-change.ts";
import type { MovedApplication, NewApplication, NewTenant, OnboardingRequest } from "./onboarding-request.ts";
import { splitAnswer } from "./split-answer.ts";

/** What is known of the estate's documents when a request is made one. */
export interface RequestSurroundings {
  readonly estate: Estate;
  /** A sibling that the new document is put beside. */
  readonly beside: Extract<DocumentChange, { kind: "create" }>["beside"];
  /** The file that the new document will be in. */
  readonly path: string;
  /** True for a path that is a Helm chart. */
  readonly isChart: (path: string) => boolean;
}

/** The request as a change of documents. */
export function requestChanges(
  request: OnboardingRequest,
  surroundings: RequestSurroundings,
): readonly DocumentChange[] {
  const { beside, estate } = surroundings;
  switch (request.kind) {
    case "addTenant":
      return [{ kind: "create", document: { kind: "Tenant", name: request.name }, spec: tenantSpec(request), beside }];
    case "addApplication": {
      const document = { kind: "Application", name: request.name } as const;
      return [{ kind: "create", document, spec: applicationSpec(request, surroundings), beside }];
    }
    case "moveToTenant":
    case "moveToClusters":
      return moveChanges(request, estate);
  }
}

function tenantSpec({
  owners,
  classification,
  trust,
  accepts,
  quota,
  monthlyBudget,
  namespaces,
}: NewTenant): JsonObject {
  return {
    owners: owners.map((owner) => (owner.includes("@") ? { email: owner } : { entraGroup: owner })),
    ...(namespaces.length === 0 ? {} : { namespaces }),
    classification,
    trust,
    ...(accepts.length === 0 ? {} : { accepts: pairs(accepts) }),
    ...(quota.length === 0 ? {} : { quota: pairs(quota) }),
    ...(monthlyBudget === undefined ? {} : { budget: { monthlyCost: monthlyBudget } }),
  };
}

function applicationSpec(request: NewApplication, { path, isChart }: RequestSurroundings): JsonObject {
  const { tenant, environments, namespace, manifests } = request;
  const source = (written: string) => {
    const seen = relativeTo(sourceDirectory(path), written);
    return isChart(normalizeSourcePath(written)) ? { chart: seen } : seen;
  };
  const [first] = manifests;
  const isOne = manifests.length === 1 && first !== undefined && splitAnswer(first)[0] === undefined;
  return {
    tenant,
    class: request.class,
    environments,
    namespace: namespace ?? request.name,
    ...(first === undefined
      ? {}
      : {
          manifests: isOne
            ? source(first)
            : Object.fromEntries(
                manifests.map((answer) => {
                  const [environment = "default", place = ""] = splitAnswer(answer);
                  return [environment, source(place)];
                }),
              ),
        }),
    ...(request.class === "sandbox" ? { requires: { sandbox: true } } : {}),
  };
}

/** Journeys with their objectives: by the entry point that is named, or by the only one that was found. */
export function objectiveChanges(
  { name, objectives }: NewApplication,
  entryPoints: readonly string[],
): DocumentChange | { readonly missing: readonly string[] } | undefined {
  if (objectives.length === 0) return undefined;
  const journeys = objectives.map((answer) => {
    const [named, percentage = answer] = splitAnswer(answer);
    const entryPoint = named ?? (entryPoints.length === 1 ? entryPoints[0] : undefined);
    return { name: journeyName(entryPoint ?? ""), entryPoint, objective: percentage };
  });
  if (journeys.some(({ entryPoint }) => entryPoint === undefined || !entryPoints.includes(entryPoint))) {
    return { missing: entryPoints };
  }
  return {
    kind: "edit",
    document: { kind: "Application", name },
    changes: [{ path: ["spec", "journeys"], value: journeys }],
  };
}

/** Entry points that are found have names such as `shop.web.loadBalancer`: what is in the middle says most. */
function journeyName(entryPoint: string): string {
  const parts = entryPoint.split(/[./]/);
  const word = parts.length > 2 ? parts[1] : parts.at(-1);
  const plain = (word ?? "").toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-");
  return plain.replaceAll(/^-+|-+$/g, "") || "use";
}

function moveChanges(request: MovedApplication, { applications, clusters }: Estate): readonly DocumentChange[] {
  const document = { kind: "Application", name: request.application } as const;
  if (request.kind === "moveToTenant") {
    return [{ kind: "edit", document, changes: [{ path: ["spec", "tenant"], value: request.tenant }] }];
  }
  const bound = applications.find(({ name }) => name === request.application)?.clusters.get(request.environment) ?? [];
  const isThere = bound.length === request.clusters.length && request.clusters.every((name) => bound.includes(name));
  if (isThere || clusters.length === 0) return [];
  const path = ["spec", "clusters", request.environment];
  return [{ kind: "edit", document, changes: [{ path, value: request.clusters }] }];
}

function pairs(answers: readonly string[]): JsonObject {
  return Object.fromEntries(answers.map((answer) => [splitAnswer(answer)[0] ?? answer, splitAnswer(answer)[1] ?? ""]));
}

/** A path as seen from a folder, both by the same measure. */
function relativeTo(folder: string, path: string): string {
  const target = normalizeSourcePath(path);
  const base = normalizeSourcePath(folder);
  if (isAbsoluteSourcePath(target) !== isAbsoluteSourcePath(base)) return target;
  const targetParts = target === "." ? [] : target.split("/");
  const baseParts = base === "." ? [] : base.split("/");
  let common = 0;
  while (common < baseParts.length && baseParts[common] === targetParts[common]) common += 1;
  const parts = [...baseParts.slice(common).map(() => ".."), ...targetParts.slice(common)];
  if (parts.length === 0) return ".";
  return parts[0] === ".." ? parts.join("/") : `./${parts.join("/")}`;
}
