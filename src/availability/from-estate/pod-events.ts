import {
  commonCauseShare,
  podFailureInterval,
  podRestartTime,
  serviceRepairTime,
} from "../../estate/assumptions/failure-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import { frequencyOf } from "./event-book.ts";
import { type Exposure, exposed } from "./exposure.ts";
import type { FaultModel } from "./fault-model.ts";
import { ordinal } from "./infrastructure-events.ts";
import type { GroupDisk, ReplicaGroup } from "./replica-group.ts";

/** One pod fails by itself; with several replicas, the share that is common to all of them is taken out. */
export function podFailure(model: FaultModel, group: ReplicaGroup, index: number, exposure: Exposure): NodeId {
  const { book } = model;
  const pod = book.node(`pod/${group.id}/${index + 1}`, () => {
    const own = podUnavailability(model);
    const alone = group.replicas > 1 ? 1 - model.failures.value(commonCauseShare) : 1;
    const name = group.replicas === 1 ? `the pod of ${group.label}` : `the ${ordinal(index)} pod of ${group.label}`;
    return {
      label: name.slice("the ".length),
      category: "pod",
      unavailability: own.value * alone,
      withoutCommonCause: own.value,
      repairHours: own.repairHours,
      frequencyPerHour: frequencyOf(own.value * alone, own.repairHours),
      clause: `${name} fails`,
      reasons: group.replicas > 1 ? [...own.reasons, model.failures.reason(commonCauseShare)] : own.reasons,
      group: group.id,
      ...(group.place === undefined ? {} : { place: group.place }),
    };
  });
  const disks = group.disks.filter(({ perReplica }) => perReplica);
  const events = [pod, ...disks.map((disk) => diskEvent(model, group, disk, index))];
  return book.tree.or(events.map((event) => exposed(book, event, exposure)));
}

/** A failure that hits all replicas at once, as they run the same code with the same data. */
export function commonCauseEvent(model: FaultModel, group: ReplicaGroup): NodeId {
  return model.book.node(`commonCause/${group.id}`, () => {
    const own = podUnavailability(model);
    const unavailability = own.value * model.failures.value(commonCauseShare);
    return {
      label: `common failure of ${group.replicas === 2 ? "both" : `all ${group.replicas}`} pods of ${group.label}`,
      category: "commonCause",
      unavailability,
      withoutCommonCause: 0,
      repairHours: own.repairHours,
      frequencyPerHour: frequencyOf(unavailability, own.repairHours),
      clause: `all pods of ${group.label} fail of one cause`,
      reasons: [...own.reasons, model.failures.reason(commonCauseShare)],
      group: group.id,
      ...(group.place === undefined ? {} : { place: group.place }),
    };
  });
}

/** `index`: the pod that has the disk; undefined for one disk of all pods. */
export function diskEvent(model: FaultModel, group: ReplicaGroup, disk: GroupDisk, index: number | undefined): NodeId {
  const which = index === undefined || group.replicas === 1 ? "" : ` of the ${ordinal(index)} pod`;
  const label = `volume ${disk.label}${which} of ${group.label}`;
  return model.book.node(`disk/${group.id}/${disk.label}${index === undefined ? "" : `/${index + 1}`}`, () => {
    const repair = model.failures.number(serviceRepairTime);
    return {
      label,
      category: "disk",
      unavailability: disk.unavailability,
      repairHours: repair.value,
      frequencyPerHour: frequencyOf(disk.unavailability, repair.value),
      clause: `${label} is lost`,
      reasons: [...disk.reasons, repair.reason],
      group: group.id,
      place: disk.place,
    };
  });
}

/** Share of time that one pod is down by itself: MTTR / (MTTF + MTTR). */
export function podUnavailability({ failures }: FaultModel) {
  const interval = failures.number(podFailureInterval);
  const repair = failures.number(podRestartTime);
  const formula: Reason = { kind: "formula", text: "MTTR / (MTTF + MTTR)" };
  return {
    value: repair.value <= 0 ? 0 : repair.value / (interval.value + repair.value),
    repairHours: repair.value,
    reasons: [formula, interval.reason, repair.reason],
  };
}
