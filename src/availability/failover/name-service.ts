import { slaServiceOf } from "../../catalog/service-names.ts";
import { dnsTimeToLive } from "../../estate/assumptions/failure-rules.ts";
import { FALSE, type NodeId } from "../fault-tree/fault-tree.ts";
import { behindBuffer, type Exposure, fullExposure } from "../from-estate/exposure.ts";
import type { FaultModel } from "../from-estate/fault-model.ts";
import { cloudServiceFailure } from "../from-estate/service-events.ts";

/**
 * The name service that the estate declares answers no more: names of other clusters cannot be found. Never where none
 * is declared: the public service of the cloud promises 100 %.
 */
export function nameServiceFailure(model: FaultModel, exposure: Exposure): NodeId {
  const declared = model.estate.cloudServices.filter(({ service }) => slaServiceOf(service) === "dns");
  const failures = declared
    .map((service) => ({ service, own: model.book.eventOf(cloudServiceFailure(model, service, fullExposure)) }))
    .filter(({ own }) => own === undefined || own.unavailability > 0);
  return model.book.tree.or(failures.map(({ service }) => cloudServiceFailure(model, service, exposure)));
}

/** The same for users who come in by a name: who has the address keeps it for its time to live. */
export function entryNameFailure(model: FaultModel): NodeId {
  if (nameServiceFailure(model, fullExposure) === FALSE) return FALSE;
  const { value, reason } = model.failures.number(dnsTimeToLive);
  return nameServiceFailure(model, value > 0 ? behindBuffer(fullExposure, value, reason) : fullExposure);
}
