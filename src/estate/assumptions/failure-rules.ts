import type { AssumptionRule } from "./assumption-rule.ts";

/** `hours` may be overridden as a Go duration, `ratio` as a percentage. */
export type FailureUnit = "ratio" | "hours" | "perMonth";

/**
 * A number of the failure model: holds until the estate overrides it under `failureModel` by the rule's name, as a
 * number in the rule's unit, a percentage or a duration.
 */
export interface FailureRule extends AssumptionRule<{ readonly value: string }> {
  readonly standard: number;
  readonly unit: FailureUnit;
}

function failureRule(id: string, name: string, unit: FailureUnit, standard: number, text: string): FailureRule {
  return {
    id,
    name,
    unit,
    standard,
    text: () => text,
    value: ({ value }) => value,
    replaceBy: `Estate.spec.failureModel.${name}`,
  };
}

const ladder =
  "No zone or region SLA is published; 5e-4 for a node, 4e-4 for a zone and 1e-4 for a region together reproduce the published ladder of virtual machines (99.9 % single, 99.95 % two in one zone, 99.99 % across zones), which is pessimistic";

export const nodeUnavailability = failureRule(
  "ASM-090",
  "node-unavailability",
  "ratio",
  5e-4,
  `Share of time that a node is lost. ${ladder}; measured figures should replace it.`,
);

export const zoneUnavailability = failureRule(
  "ASM-091",
  "zone-unavailability",
  "ratio",
  4e-4,
  `Share of time that a zone is lost, with all nodes in it. ${ladder}; measured figures should replace it.`,
);

export const regionUnavailability = failureRule(
  "ASM-092",
  "region-unavailability",
  "ratio",
  1e-4,
  `Share of time that a region is lost, with everything in it. ${ladder}; measured figures should replace it.`,
);

export const podFailureInterval = failureRule(
  "ASM-093",
  "pod-failure-interval",
  "hours",
  730.5,
  "Mean time between two failures of one pod by itself (crash, failed probe, out of memory): once a month; a guess until restart counts are measured.",
);

export const podRestartTime = failureRule(
  "ASM-094",
  "pod-restart-time",
  "hours",
  1 / 60,
  "Mean time until a pod that failed by itself serves again: one minute; a guess until measured.",
);

export const nodeRepairTime = failureRule(
  "ASM-095",
  "node-repair-time",
  "hours",
  1,
  "Mean time until a lost node is back; no source states one.",
);

export const zoneRepairTime = failureRule(
  "ASM-096",
  "zone-repair-time",
  "hours",
  4,
  "Mean time until a lost zone is back; no source states one.",
);

export const regionRepairTime = failureRule(
  "ASM-097",
  "region-repair-time",
  "hours",
  6,
  "Mean time until a lost region is back; no source states one.",
);

export const serviceRepairTime = failureRule(
  "ASM-098",
  "service-repair-time",
  "hours",
  1,
  "Mean length of an outage of a cloud service, a disk, a control plane or an external service; no source states one.",
);

export const reschedulingWindow = failureRule(
  "ASM-099",
  "rescheduling-window",
  "hours",
  345 / 3600,
  "After the loss of its node a stateless pod is back elsewhere in 340 to 350 s: node-monitor-grace-period 40 s (50 s from Kubernetes 1.32) and the default toleration of 300 s, then image pull and start. Only this window counts, not the repair of the node.",
);

export const nodeProvisioningTime = failureRule(
  "ASM-100",
  "node-provisioning-time",
  "hours",
  300 / 3600,
  "Where no other node admits the pod but the autoscaler may add one, a new node takes five minutes more; a guess until measured.",
);

export const statefulReschedulingWindow = failureRule(
  "ASM-101",
  "stateful-rescheduling-window",
  "hours",
  1200 / 3600,
  "A StatefulSet pod is not replaced while its node is unreachable; AKS restarts a node that is not ready for ten minutes, so the pod is taken to be back after twenty.",
);

export const diskReattachTime = failureRule(
  "ASM-102",
  "disk-reattach-time",
  "hours",
  360 / 3600,
  "A disk on a lost node is detached by force after six minutes (kube-controller-manager's maximum wait for unmount) before another node may attach it.",
);

export const diskUnavailability = failureRule(
  "ASM-103",
  "disk-unavailability",
  "ratio",
  1e-5,
  "Share of time that a managed disk is lost by itself: disks have no SLA of their own and are designed for 99.999 %.",
);

export const controlPlaneUnavailability = failureRule(
  "ASM-104",
  "control-plane-unavailability",
  "ratio",
  5e-3,
  "The cluster's tier has no SLA on the API server; 99.5 % was its published objective. It matters only while pods must be replaced.",
);

export const serviceUnavailability = failureRule(
  "ASM-105",
  "service-unavailability",
  "ratio",
  1e-3,
  "Share of time that a service without a known or financially backed SLA is down; a guess until an availability is declared.",
);

export const externalUnavailability = failureRule(
  "ASM-106",
  "external-unavailability",
  "ratio",
  1e-3,
  "Share of time that something outside the estate is down; a guess until its availability is declared with the dependency.",
);

export const commonCauseShare = failureRule(
  "ASM-107",
  "common-cause-share",
  "ratio",
  0.05,
  "Share of the pods' own failures that hit all replicas of a workload at once (beta factor): replicas run the same code with the same data.",
);

export const deploysPerMonth = failureRule(
  "ASM-108",
  "deploys-per-month",
  "perMonth",
  4,
  "Nothing says how often the application is deployed: once a week is assumed.",
);

export const badDeployShare = failureRule(
  "ASM-109",
  "bad-deploy-share",
  "ratio",
  0.02,
  "Nothing says how many deployments fail in production: one in fifty is assumed.",
);

export const badDeployTime = failureRule(
  "ASM-110",
  "bad-deploy-time",
  "hours",
  0.5,
  "Time to detect a bad deployment and to roll it back; no source states one.",
);

export const regionDetectionTime = failureRule(
  "ASM-111",
  "region-detection-time",
  "hours",
  300 / 3600,
  "Nothing says how long it takes to detect that the primary region is down and to decide: five minutes are assumed.",
);

export const regionSwitchTime = failureRule(
  "ASM-112",
  "region-switch-time",
  "hours",
  900 / 3600,
  "Nothing says how long the switch to the other region takes, data and traffic: fifteen minutes are assumed.",
);

export const regionSwitchFailure = failureRule(
  "ASM-113",
  "region-switch-failure",
  "ratio",
  0.01,
  "Share of switches to the other region that fail when they are needed; drills should replace it.",
);

export const asyncBuffer = failureRule(
  "ASM-114",
  "async-buffer",
  "hours",
  1,
  "The asynchronous dependency does not say how long its buffer lasts: one hour is assumed; shorter outages delay and do not fail.",
);

export const operatorErrorsPerMonth = failureRule(
  "ASM-233",
  "operator-errors-per-month",
  "perMonth",
  1 / 12,
  "Changes by hand to a cluster or its network that stop what runs on it: one a year and cluster; a guess until incidents are counted.",
);

export const operatorErrorTime = failureRule(
  "ASM-234",
  "operator-error-time",
  "hours",
  1,
  "Time to notice and to undo a change by hand that went wrong; no source states one.",
);

export const dnsTimeToLive = failureRule(
  "ASM-235",
  "dns-time-to-live",
  "hours",
  300 / 3600,
  "Where DNS steers the traffic, clients keep the old address until its time to live has passed: five minutes are assumed. Global front ends with anycast addresses need no such wait.",
);

export const tokenLifetime = failureRule(
  "ASM-236",
  "token-lifetime",
  "hours",
  1,
  "Who holds a token stays signed in while the identity service is down: access tokens of Entra ID live 60 to 90 minutes, so shorter outages stop new log-ins only.",
);

export const nodeImageUpgradesPerMonth = failureRule(
  "ASM-237",
  "node-image-upgrades-per-month",
  "perMonth",
  4,
  "A node pool that follows a channel of node images is drained node by node about once a week, as images are published.",
);

export const kubernetesUpgradesPerMonth = failureRule(
  "ASM-238",
  "kubernetes-upgrades-per-month",
  "perMonth",
  0.25,
  "A node pool moves to a new Kubernetes version three times a year, as often as one is released.",
);

export const podMoveTime = failureRule(
  "ASM-239",
  "pod-move-time",
  "hours",
  60 / 3600,
  "A pod that is evicted from a drained node is away for a minute, from the signal to stop until its successor is ready elsewhere; a guess until measured.",
);

export const capacityShortage = failureRule(
  "ASM-240",
  "capacity-shortage",
  "ratio",
  1e-3,
  "Share of requests for a new node that the region cannot fill, so that nothing scales; no source states one.",
);

/** Numbers that a user may override by name. */
export const failureRules: readonly FailureRule[] = [
  nodeUnavailability,
  zoneUnavailability,
  regionUnavailability,
  podFailureInterval,
  podRestartTime,
  nodeRepairTime,
  zoneRepairTime,
  regionRepairTime,
  serviceRepairTime,
  reschedulingWindow,
  nodeProvisioningTime,
  statefulReschedulingWindow,
  diskReattachTime,
  diskUnavailability,
  controlPlaneUnavailability,
  serviceUnavailability,
  externalUnavailability,
  commonCauseShare,
  deploysPerMonth,
  badDeployShare,
  badDeployTime,
  regionDetectionTime,
  regionSwitchTime,
  regionSwitchFailure,
  asyncBuffer,
  operatorErrorsPerMonth,
  operatorErrorTime,
  dnsTimeToLive,
  tokenLifetime,
  nodeImageUpgradesPerMonth,
  kubernetesUpgradesPerMonth,
  podMoveTime,
  capacityShortage,
];

/** Names under `Estate.spec.failureModel`. */
export const failureModelNames: readonly string[] = failureRules.map(({ name }) => name);
