import { badDeployShare, badDeployTime, deploysPerMonth } from "../../estate/assumptions/failure-rules.ts";
import { canaryExposure } from "../../estate/assumptions/failure-structure-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Application } from "../../estate/model/application.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import type { FailureModel } from "./failure-model.ts";
import type { FaultModel } from "./fault-model.ts";

/** Hours of an average month, 365.25 days / 12. */
const HOURS_PER_MONTH = 730.5;

/**
 * A bad deployment: a common cause over all replicas and zones of one ring, since a ring is deployed at once. It belongs
 * to the application, or to the namespace where no application is declared.
 */
export function deployEvent(model: FaultModel, workload: Workload): NodeId {
  const { book, applications, clusters, failures } = model;
  const application = workload.application === undefined ? undefined : applications.get(workload.application);
  const ring = clusters.get(workload.cluster)?.ring;
  const subject = workload.application ?? workload.namespace;
  const id = `deploy/${workload.environment}/${subject}${ring === undefined ? "" : `/ring ${ring}`}`;
  return book.node(id, () => {
    const count = perMonth(failures, application);
    const bad = badShare(failures, application);
    const time = failures.number(badDeployTime);
    const exposedShare = canaryShare(failures, application);
    const unavailability = Math.min(1, (count.value * bad.value * time.value * exposedShare.value) / HOURS_PER_MONTH);
    const what = workload.application ?? `namespace ${workload.namespace}`;
    const label = `deployment of ${what}${ring === undefined ? "" : ` to ring ${ring}`}`;
    const percent = Number((exposedShare.value * 100).toPrecision(3));
    const met = percent < 100 ? ` (${percent} % of the requests meet it)` : "";
    return {
      label: `bad ${label}${met}`,
      category: "deploy",
      unavailability,
      repairHours: time.value,
      // A canary makes a bad deployment milder, not rarer.
      frequencyPerHour: (count.value * bad.value) / HOURS_PER_MONTH,
      ...(exposedShare.value < 1 ? { requestShare: exposedShare.value } : {}),
      clause: `a ${label} is bad${met}`,
      reasons: [
        {
          kind: "formula",
          text: "deployments a month x share that is bad x time to detect and roll back x share of requests that meet it / 730.5 h",
        },
        ...[count, bad, time, exposedShare].flatMap(({ reason }) => (reason === undefined ? [] : [reason])),
      ],
      ...(application?.place === undefined ? {} : { place: application.place }),
    };
  });
}

interface Input {
  readonly value: number;
  readonly reason: Reason | undefined;
}

function perMonth(failures: FailureModel, application: Application | undefined): Input {
  const declared = application?.delivery.perMonth;
  if (application === undefined || declared === undefined) return failures.number(deploysPerMonth);
  return { value: declared, reason: declaredReason(application, "deployments a month", declared) };
}

function badShare(failures: FailureModel, application: Application | undefined): Input {
  const declared = application?.delivery.badShare;
  if (application === undefined || declared === undefined) return failures.number(badDeployShare);
  return { value: declared, reason: declaredReason(application, "share of bad deployments", declared) };
}

/** A canary exposes the share of its first step; other strategies expose everyone. */
function canaryShare(failures: FailureModel, application: Application | undefined): Input {
  const [firstStep] = application?.delivery.steps ?? [];
  if (application?.delivery.strategy !== "canary" || firstStep === undefined) return { value: 1, reason: undefined };
  const { name } = application;
  return {
    value: Math.min(100, Math.max(0, firstStep)) / 100,
    reason: failures.assume(canaryExposure, `Application/${name}`, { application: name, firstStep }, application.place),
  };
}

function declaredReason(application: Application, name: string, value: number): Reason {
  const place = application.place === undefined ? {} : { place: application.place };
  return { kind: "declared", name: `${name} of ${application.name}`, value, ...place };
}
