import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { quietHourTraffic } from "../../estate/assumptions/slo-rules.ts";
import type { Application, Journey } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";

/** Traffic of a service, with what it stands on. */
export interface QuietTraffic {
  readonly requestsPerSecond: number;
  readonly assumption: Assumption;
}

/** Journeys that an SLO with this service is for, in production: of a name in several environments the last one. */
export function journeysOf(estate: Estate, service: string): readonly Journey[] {
  const production = new Map(estate.journeys.map((journey) => [`${journey.application}/${journey.name}`, journey.id]));
  return estate.journeys.filter((journey) => {
    const { id, name, application } = journey;
    if (service === id) return true;
    const isNamed = service === application || service === name || service === `${application}/${name}`;
    return isNamed && production.get(`${application}/${name}`) === id;
  });
}

/** The application that an SLO with this service is for. */
export function applicationOf(estate: Estate, service: string): Application | undefined {
  const name = journeysOf(estate, service)[0]?.application ?? service;
  return estate.applications.find((application) => application.name === name);
}

/**
 * Requests at the quietest hour, from the load profile of the workloads that the journeys run through; undefined where no
 * shape in requests (orders, events) per second is declared.
 */
export function quietTraffic(estate: Estate, service: string): QuietTraffic | undefined {
  const application = applicationOf(estate, service);
  const entered = new Set(
    journeysOf(estate, service).flatMap(({ entryPoint, through }) => [...entryPoint.workloads, ...through]),
  );
  const references = new Set(
    estate.workloads
      .filter(({ id }) => entered.has(id))
      .map(({ namespace, kind, name }) => `${namespace}/${kind}/${name}`),
  );
  for (const { profile, workload } of application?.load ?? []) {
    const name = profile.slice(profile.indexOf("/") + 1);
    const declared = estate.loadProfiles.find((candidate) => candidate.name === name);
    const perSecond = declared?.unit.endsWith("PerSecond") === true ? baseOf(declared.spec.shape) : undefined;
    if (declared === undefined || perSecond === undefined || !references.has(workload)) continue;
    const parameters = { profile: name, perSecond };
    return {
      requestsPerSecond: perSecond,
      assumption: assume(quietHourTraffic, `LoadProfile/${name}`, parameters, declared.place),
    };
  }
  return undefined;
}

function baseOf(shape: unknown): number | undefined {
  if (typeof shape !== "object" || shape === null || !("base" in shape)) return undefined;
  return typeof shape.base === "number" && shape.base > 0 ? shape.base : undefined;
}
