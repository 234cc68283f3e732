import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  answerUnusable,
  classUnknown,
  namespaceOfAnother,
  onboardingNameRefused,
  onboardingNameTaken,
  onboardingNameUnknown,
  onboardingNotPossible,
} from "../../estate/diagnostics/onboarding-diagnostics.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { tenancyLayerNames } from "../../estate/model/tenancy-layer.ts";
import { parsePercentage } from "../../estate/quantities/percentage.ts";
import { parseQuantity } from "../../estate/quantities/quantity.ts";
import type { MovedApplication, NewApplication, NewTenant, OnboardingRequest } from "./onboarding-request.ts";
import { splitAnswer } from "./split-answer.ts";

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const labelInWords = "at most 63 lower-case letters, digits and '-', with a letter or digit at both ends";
const sharings = ["separate", "bounded", "shared"];

/** What the request contradicts, in itself and in the estate; errors and warnings. */
export function checkRequest(
  request: OnboardingRequest,
  estate: Estate,
  classes: readonly string[],
): readonly Diagnostic[] {
  switch (request.kind) {
    case "addTenant":
      return checkTenant(request, estate);
    case "addApplication":
      return checkApplication(request, estate, classes);
    case "moveToTenant":
    case "moveToClusters":
      return checkMove(request, estate);
  }
}

function checkTenant(request: NewTenant, estate: Estate): readonly Diagnostic[] {
  const { name, classification, accepts, quota, namespaces } = request;
  const taken = estate.tenants.some((tenant) => tenant.name === name && tenant.place !== undefined);
  const isStanding = name === "platform" || name === "unassigned";
  return [
    ...[name, ...namespaces].flatMap(checkName),
    ...(taken || isStanding ? [diagnose(onboardingNameTaken, { what: "Tenant", name })] : []),
    ...unknown("classification", [classification], estate.classifications),
    ...accepts.flatMap((answer) => checkAccepts(answer)),
    ...quota.flatMap((answer) => checkQuota(answer)),
    ...namespaces.flatMap((namespace) => checkNamespace(namespace, name, estate)),
  ];
}

function checkAccepts(answer: string): readonly Diagnostic[] {
  const [layer, value] = splitAnswer(answer);
  if (layer === undefined || value === undefined) {
    return [
      diagnose(answerUnusable, { flag: "--accepts", given: answer, wanted: "layer=value, such as kernel=separate" }),
    ];
  }
  return [...unknown("layer of tenancy", [layer], tenancyLayerNames), ...unknown("way to share", [value], sharings)];
}

function checkQuota(answer: string): readonly Diagnostic[] {
  const [resource, amount] = splitAnswer(answer);
  const isUsable =
    (resource === "cpu" || resource === "memory") && amount !== undefined && parseQuantity(amount) !== undefined;
  return isUsable
    ? []
    : [diagnose(answerUnusable, { flag: "--quota", given: answer, wanted: "cpu=24 or memory=96Gi" })];
}

function checkApplication(request: NewApplication, estate: Estate, classes: readonly string[]): readonly Diagnostic[] {
  const { name, tenant, environments, namespace = name, objectives, manifests } = request;
  const known = estate.environments.map((each) => each.name);
  return [
    ...checkName(name),
    ...(namespace === name ? [] : checkName(namespace)),
    ...(estate.applications.some((each) => each.name === name)
      ? [diagnose(onboardingNameTaken, { what: "Application", name })]
      : []),
    ...unknown("tenant", [tenant], ownTenants(estate)),
    ...unknown("environment", environments, known),
    ...checkNamespace(namespace, tenant, estate),
    ...(classes.includes(request.class) ? [] : [diagnose(classUnknown, { name: request.class, candidates: classes })]),
    ...manifests.flatMap((answer) => {
      const [environment] = splitAnswer(answer);
      return environment === undefined ? [] : unknown("environment", [environment], ["default", ...environments]);
    }),
    ...objectives.flatMap((answer) => {
      const percentage = splitAnswer(answer)[1] ?? answer;
      return parsePercentage(percentage) === undefined
        ? [diagnose(answerUnusable, { flag: "--objective", given: answer, wanted: "a percentage, such as 99.9%" })]
        : [];
    }),
  ];
}

function checkMove(request: MovedApplication, estate: Estate): readonly Diagnostic[] {
  const application = estate.applications.find(({ name }) => name === request.application);
  if (application === undefined) {
    const candidates = estate.applications.map(({ name }) => name);
    return [diagnose(onboardingNameUnknown, { what: "application", name: request.application, candidates })];
  }
  if (request.kind === "moveToTenant") {
    const own = new Set([application.namespace, ...namespacesOf(application.name, estate)]);
    const shared = estate.applications.filter(
      (other) => other.name !== application.name && other.tenant !== request.tenant && own.has(other.namespace),
    );
    return [
      ...unknown("tenant", [request.tenant], ownTenants(estate)),
      ...shared.map(({ name, namespace = "" }) =>
        diagnose(onboardingNotPossible, {
          what: `moving ${application.name} to ${request.tenant}`,
          reason: `it shares namespace ${namespace} with application ${name}, which stays`,
        }),
      ),
    ];
  }
  const { environment, clusters } = request;
  const serving = estate.clusters
    .filter((cluster) => cluster.environments.includes(environment))
    .map(({ name }) => name);
  if (!application.environments.includes(environment))
    return unknown("environment of it", [environment], application.environments);
  return unknown(`cluster that serves ${environment}, called`, clusters, serving);
}

function namespacesOf(application: string, { workloads }: Estate): readonly string[] {
  return workloads.filter((workload) => workload.application === application).map(({ namespace }) => namespace);
}

/** Tenants that applications may be of; `unassigned` is for what nobody owns. */
function ownTenants({ tenants }: Estate): readonly string[] {
  return tenants.filter(({ name, place }) => place !== undefined || name === "platform").map(({ name }) => name);
}

function checkName(name: string): readonly Diagnostic[] {
  return label.test(name) ? [] : [diagnose(onboardingNameRefused, { name, wanted: labelInWords })];
}

function checkNamespace(namespace: string, tenant: string, { tenants }: Estate): readonly Diagnostic[] {
  const owner = tenants.find(({ namespaces }) => namespaces.includes(namespace))?.name;
  return owner === undefined || owner === tenant || owner === "unassigned"
    ? []
    : [diagnose(namespaceOfAnother, { namespace, owner })];
}

function unknown(what: string, names: readonly string[], candidates: readonly string[]): readonly Diagnostic[] {
  return names
    .filter((name) => !candidates.includes(name))
    .map((name) => diagnose(onboardingNameUnknown, { what, name, candidates }));
}
