import type { Application } from "../../../estate/model/application.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { Place } from "../../../estate/sources/place.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/**
 * AKS-019: an application that must outlive its region has a twin in another one. That both render the same needs no
 * check: the model places what an Application renders on each of its clusters.
 */
export const regionTwin: Rule = {
  id: "AKS-019",
  name: "region-twin",
  title:
    "An application with a recovery objective for the loss of a region runs the same in two regions behind a global entry.",
  severity: { high: "high", medium: undefined, low: undefined },
  inputs: ["environments", "cluster", "objectives"],
  judges: "objects",
  *evaluate({ estate }) {
    const critical = estate.environments.filter(({ criticality }) => criticality === "high");
    for (const application of estate.applications) {
      if (application.recovery["region"]?.rtoSeconds === undefined) continue;
      for (const { name } of critical) {
        if (application.clusters.has(name)) yield* judge(estate, application, name);
      }
    }
  },
};

function* judge(estate: Estate, application: Application, environment: string): Iterable<RuleOutcome> {
  const clusters = estate.clusters.filter(({ name }) => application.clusters.get(environment)?.includes(name) === true);
  const regions = [...new Set(clusters.map(({ region }) => region))];
  const say = outcomeOf(estate, application, environment);
  if (regions.length < 2) {
    yield say({
      verdict: "fail",
      part: "1",
      message: `${application.name} must outlive the loss of a region, and all of it runs in ${regions.join("")}, on ${clusters.map(({ name }) => name).join(", ")}.`,
      fix: { description: "Give it a cluster in a second region." },
    });
    return;
  }
  const findings = [
    ...localEntries(estate, application, environment, say),
    ...localRegistries(estate, application, regions, say),
  ];
  yield* findings.length === 0 ? [say({ verdict: "pass", message: "" })] : findings;
}

type Verdict = Pick<RuleOutcome, "verdict" | "message"> &
  Partial<Pick<RuleOutcome, "part" | "missing" | "fix" | "place" | "path">>;

function outcomeOf(estate: Estate, application: Application, environment: string): (verdict: Verdict) => RuleOutcome {
  const place: Place = application.place ?? estate.place ?? { precision: "file", source: "" };
  return (verdict) => ({
    subject: `${environment}/Application/${application.name}`,
    subjectLabel: `Application/${application.name}`,
    environment,
    tenant: application.tenant,
    namespace: application.namespace,
    place,
    ...verdict,
  });
}

type Say = (verdict: Verdict) => RuleOutcome;

/** Users must reach the region that is left without changing an address. */
function* localEntries(estate: Estate, application: Application, environment: string, say: Say): Iterable<RuleOutcome> {
  const global = new Set(estate.cloudServices.filter(({ regions }) => regions === "global").map(({ name }) => name));
  const journeys = estate.journeys.filter(
    (journey) => journey.application === application.name && journey.environment === environment,
  );
  const local = journeys.find(({ entryPoint }) => !entryPoint.through.some((name) => global.has(name)));
  if (local === undefined) return;
  const { entryPoint } = local;
  yield say({
    verdict: "fail",
    part: "2",
    ...(local.place === undefined ? {} : { place: local.place }),
    message: `Journey ${local.name} of ${application.name} enters at ${entryPoint.hostname ?? entryPoint.name} without a global service in front: when a region is lost, users keep being sent there.`,
    fix: { description: "Put Front Door, Traffic Manager or another global entry in front of both regions." },
  });
}

function* localRegistries(
  estate: Estate,
  application: Application,
  regions: readonly string[],
  say: Say,
): Iterable<RuleOutcome> {
  const registries = estate.cloudServices.filter(({ service }) => service === "containerRegistry");
  if (registries.length === 0) {
    const missing = missingForAbsence(estate);
    // A registry outside Azure is not the estate's to replicate, so in a complete estate there is nothing to say.
    if (missing.length === 0) return;
    const message = `No registry is declared, so nothing says whether the images of ${application.name} can be pulled when a region is lost.`;
    yield say({ verdict: "notEvaluable", part: "3", missing, message });
    return;
  }
  for (const registry of registries) {
    const lacking = regions.filter((region) => registry.regions !== "global" && !registry.regions.includes(region));
    if (lacking.length === 0) continue;
    yield say({
      verdict: "fail",
      part: "3",
      path: `CloudService/${registry.name}`,
      ...(registry.place === undefined ? {} : { place: registry.place }),
      message: `Registry ${registry.name} has no replica in ${lacking.join(", ")}, where ${application.name} must come up when the other region is lost: new nodes there find no images.`,
      fix: { description: "Replicate the registry into each region." },
    });
  }
}
