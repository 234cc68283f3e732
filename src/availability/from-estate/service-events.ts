import {
  externalUnavailability,
  type FailureRule,
  serviceRepairTime,
  serviceUnavailability,
} from "../../estate/assumptions/failure-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { CloudService, DataStore } from "../../estate/model/service.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import { type EventCategory, frequencyOf } from "./event-book.ts";
import { type Exposure, exposed } from "./exposure.ts";
import type { FaultModel } from "./fault-model.ts";
import { regionEvent } from "./infrastructure-events.ts";
import { agreementOf, type StatedUnavailability } from "./service-agreement.ts";

/** A cloud service: down by itself, or with the one region that it is in. */
export function cloudServiceFailure(model: FaultModel, service: CloudService, exposure: Exposure): NodeId {
  const subject = `CloudService/${service.name}`;
  const regions = regionsOfService(service);
  const event = serviceEvent(model, subject, "service", service.place, () => {
    if (service.unavailability !== undefined)
      return declared(`${subject} availability`, service.unavailability, service.place);
    const agreement = model.catalog.sla(service.service, {
      tier: service.tier,
      zoneRedundant: service.zoneRedundant,
      ...(regions.length === 0 ? {} : { regions: regions.length }),
    });
    return agreementOf(model, agreement, serviceUnavailability, subject, service.place);
  });
  return withRegion(model, event, regions, exposure);
}

/** A managed store: down by itself, or with the one region that uses it. */
export function dataStoreFailure(model: FaultModel, store: DataStore, exposure: Exposure): NodeId {
  const subject = `DataStore/${store.name}`;
  const regions = regionsOfStore(store);
  const event = serviceEvent(model, subject, "dataStore", store.place, () => {
    if (store.unavailability !== undefined)
      return declared(`${subject} availability`, store.unavailability, store.place);
    const agreement =
      store.service === "auto"
        ? undefined
        : model.catalog.sla(store.service, {
            tier: store.sku,
            zoneRedundant: store.zoneRedundant,
            ...(regions.length === 0
              ? {}
              : { regions: regions.length, multiRegionWrite: store.regions.writers.length > 1 }),
          });
    return agreementOf(model, agreement, serviceUnavailability, subject, store.place);
  });
  return withRegion(model, event, regions, exposure);
}

/** None: global, or not declared. */
export function regionsOfService({ regions }: CloudService): readonly string[] {
  return regions === "global" ? [] : regions;
}

export function regionsOfStore({ regions }: DataStore): readonly string[] {
  return [...new Set([...regions.readers, ...regions.writers])];
}

/** Something outside the estate, by host name: one event however often it is referenced. */
export function externalHostFailure(
  model: FaultModel,
  host: string,
  unavailability: number | undefined,
  place: Place | undefined,
  exposure: Exposure,
): NodeId {
  const subject = `host:${host}`;
  const event = serviceEvent(model, subject, "external", place, () =>
    unavailability === undefined
      ? assumed(model, externalUnavailability)
      : declared(`availability of ${host}`, unavailability, place),
  );
  return exposed(model.book, event, exposure);
}

/** The load balancer in front of a cluster. */
export function loadBalancerFailure(model: FaultModel, cluster: string, exposure: Exposure): NodeId {
  const subject = `load balancer of ${cluster}`;
  const event = serviceEvent(model, subject, "loadBalancer", model.clusters.get(cluster)?.place, () =>
    agreementOf(model, model.catalog.sla("loadBalancer", { tier: "standard" }), serviceUnavailability, subject),
  );
  return exposed(model.book, event, exposure);
}

/** A service that all clusters lean on and that no document declares, such as the identity service of the cloud. */
export function sharedServiceFailure(model: FaultModel, service: string, label: string, exposure: Exposure): NodeId {
  const event = serviceEvent(model, label, "service", undefined, () =>
    agreementOf(model, model.catalog.sla(service, {}), serviceUnavailability, label),
  );
  return exposed(model.book, event, exposure);
}

function serviceEvent(
  { book, failures }: FaultModel,
  subject: string,
  category: EventCategory,
  place: Place | undefined,
  state: () => StatedUnavailability,
): NodeId {
  return book.node(`${category}/${subject}`, () => {
    const { unavailability, reasons } = state();
    const repair = failures.number(serviceRepairTime);
    return {
      label: subject,
      category,
      unavailability,
      repairHours: repair.value,
      frequencyPerHour: frequencyOf(unavailability, repair.value),
      clause: `${category === "loadBalancer" ? "the " : ""}${subject} is down`,
      reasons: [...reasons, repair.reason],
      ...(place === undefined ? {} : { place }),
    };
  });
}

function withRegion(model: FaultModel, event: NodeId, regions: readonly string[], exposure: Exposure): NodeId {
  const [region] = regions;
  const own = exposed(model.book, event, exposure);
  if (region === undefined || regions.length > 1) return own;
  return model.book.tree.or([own, exposed(model.book, regionEvent(model, region), exposure)]);
}

function declared(name: string, unavailability: number, place: Place | undefined): StatedUnavailability {
  const reason: Reason = {
    kind: "declared",
    name,
    value: `${Number(((1 - unavailability) * 100).toPrecision(10))} %`,
    ...(place === undefined ? {} : { place }),
  };
  return { unavailability, reasons: [reason] };
}

function assumed({ failures }: FaultModel, rule: FailureRule): StatedUnavailability {
  return { unavailability: failures.value(rule), reasons: [failures.reason(rule)] };
}
