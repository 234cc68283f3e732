import type { Journey } from "../../estate/model/application.ts";
import type { CloudService } from "../../estate/model/service.ts";
import { entryNameFailure } from "../failover/name-service.ts";
import { FALSE, type NodeId } from "../fault-tree/fault-tree.ts";
import { type Exposure, fullExposure } from "./exposure.ts";
import type { FaultModel } from "./fault-model.ts";
import { cloudServiceFailure, regionsOfService } from "./service-events.ts";
import type { JourneyScope } from "./serving-failure.ts";

/** What stands in front of a journey's clusters: name, edge, WAF, gateway. */
export interface EntryChain {
  /** In front of all regions. */
  readonly outside: readonly NodeId[];
  /** In front of the clusters of one region only, such as an application gateway each. */
  readonly ofRegion: (region: string, exposure: Exposure) => readonly NodeId[];
}

/**
 * Services of one kind that are in every region that serves the journey, one each, stand in front of their own region
 * and fail with it; all others stand in front of everything.
 */
export function entryChain(
  model: FaultModel,
  journey: Journey,
  regions: readonly string[],
  scope: JourneyScope,
): EntryChain {
  const services = journey.entryPoint.through.flatMap((name): readonly CloudService[] => {
    const service = model.cloudServices.get(name);
    if (service === undefined) scope.missing.add(`CloudService/${name}, in front of ${journey.entryPoint.name}`);
    return service === undefined ? [] : [service];
  });
  const own = services.filter((service) => isOnePerRegion(service, services, regions));
  const { hostname, exposure } = journey.entryPoint;
  const name = hostname === undefined || exposure === "private" ? FALSE : entryNameFailure(model);
  return {
    outside: [
      name,
      ...services
        .filter((service) => !own.includes(service))
        .map((service) => cloudServiceFailure(model, service, fullExposure)),
    ],
    ofRegion: (region, counted) =>
      own
        .filter((service) => regionsOfService(service).includes(region))
        .map((service) => cloudServiceFailure(model, service, counted)),
  };
}

function isOnePerRegion(service: CloudService, services: readonly CloudService[], regions: readonly string[]): boolean {
  if (regions.length < 2 || regionsOfService(service).length !== 1) return false;
  const alike = services.filter((each) => each.service === service.service);
  return regions.every((region) => alike.some((each) => regionsOfService(each).join() === region));
}
