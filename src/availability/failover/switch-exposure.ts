import { slaServiceOf } from "../../catalog/service-names.ts";
import {
  dnsTimeToLive,
  type FailureRule,
  regionDetectionTime,
  regionSwitchFailure,
  regionSwitchTime,
} from "../../estate/assumptions/failure-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Application, EntryPoint, Journey } from "../../estate/model/application.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import { type Exposure, fullExposure, untilSwitch } from "../from-estate/exposure.ts";
import type { FaultModel } from "../from-estate/fault-model.ts";

/** How long users wait for the passive region, part by part. */
interface SwitchTime {
  readonly hours: number;
  readonly reasons: readonly Reason[];
}

/**
 * Detection and decision, switch of data and traffic, and where DNS steers the traffic, its time to live: clients keep
 * the old address so long. A front end with an anycast address answers at the same address from either region.
 */
function switchTime(model: FaultModel, application: Application | undefined, entryPoint: EntryPoint): SwitchTime {
  const { failures } = model;
  const { detectSeconds, switchSeconds } = application?.regions ?? {};
  const place = application?.place === undefined ? {} : { place: application.place };
  const part = (declared: number | undefined, field: string, rule: FailureRule) => {
    if (declared === undefined) return failures.number(rule);
    const reason: Reason = { kind: "declared", name: `regions.${field}`, value: declared, unit: "s", ...place };
    return { value: declared / 3600, reason };
  };
  const parts = [
    part(detectSeconds, "detectSeconds", regionDetectionTime),
    part(switchSeconds, "switchSeconds", regionSwitchTime),
    ...(isAnycast(model, entryPoint) ? [] : [failures.number(dnsTimeToLive)]),
  ];
  return {
    hours: parts.reduce((sum, { value }) => sum + value, 0),
    reasons: parts.map(({ reason }) => reason),
  };
}

/** Outages count until the passive region serves. */
export function switchExposure(
  model: FaultModel,
  application: Application | undefined,
  entryPoint: EntryPoint,
): Exposure {
  const { hours, reasons } = switchTime(model, application, entryPoint);
  return untilSwitch(fullExposure, hours, reasons);
}

/** The switch itself fails when it is needed. */
export function switchEvent({ book, failures }: FaultModel, journey: Journey): NodeId {
  const label = `switch of ${journey.application} to its other region`;
  return book.node(`switch/${journey.environment}/${journey.application}`, () => ({
    label,
    category: "switch",
    unavailability: failures.value(regionSwitchFailure),
    repairHours: undefined,
    frequencyPerHour: 0,
    clause: `the ${label} fails`,
    reasons: [failures.reason(regionSwitchFailure)],
  }));
}

function isAnycast({ cloudServices }: FaultModel, { through }: EntryPoint): boolean {
  return through.some((name) => slaServiceOf(cloudServices.get(name)?.service ?? "") === "front-door");
}
