import type { AssumptionRule } from "./assumption-rule.ts";

/** Burn rates to alert on, where an SLO brings no policy. */
export const workbookAlerts: AssumptionRule<{ readonly alerts: string }> = {
  id: "ASM-220",
  name: "workbook-alerts",
  text: () =>
    "An SLO without alert policy is alerted on as the SRE workbook has it: two windows each, burn rate = share of the budget x window of the SLO / long window.",
  value: ({ alerts }) => alerts,
  replaceBy: "SLO.spec.alertPolicies",
};

/** Range of a query that states one. */
export const queryRangeReplaced: AssumptionRule<{ readonly range: string }> = {
  id: "ASM-221",
  name: "query-range-replaced",
  text: ({ range }) =>
    `The range [${range}] that is written in the query stands for the window: each rule has its own in its place.`,
  value: ({ range }) => `[${range}] becomes [5m], [30m] and so on`,
  replaceBy: "{{.window}} in the query of the SLI",
};

/** How often a metric that is compared with a threshold is looked at. */
export const thresholdResolution: AssumptionRule<{ readonly step: string }> = {
  id: "ASM-222",
  name: "threshold-resolution",
  text: ({ step }) =>
    `A metric that is compared with a threshold is looked at every ${step}; the share of looks that miss it is the error ratio.`,
  value: ({ step }) => step,
  replaceBy: "SLO.spec.objectives[].timeSliceWindow",
};

/** Share of requests that fail on ordinary days. */
export const healthyErrorRatio: AssumptionRule<{ readonly ratio: string }> = {
  id: "ASM-223",
  name: "healthy-error-ratio",
  text: () =>
    "On ordinary days half of the budget is spent evenly: no measured series says how many requests fail in a healthy service.",
  value: ({ ratio }) => ratio,
  replaceBy: "--series FILE with good and total",
};

/** Traffic of a service whose load is declared as a shape. */
export const quietHourTraffic: AssumptionRule<{ readonly profile: string; readonly perSecond: number }> = {
  id: "ASM-224",
  name: "quiet-hour-traffic",
  text: ({ profile }) =>
    `False alarms are counted at the quietest hour of LoadProfile/${profile}, where a single error weighs most.`,
  value: ({ perSecond }) => `${perSecond} requests/s`,
  replaceBy: "--series FILE with good and total",
};

/** What the model says of time, taken for requests. */
export const downtimeHitsAllRequests: AssumptionRule<{ readonly journey: string }> = {
  id: "ASM-225",
  name: "downtime-hits-all-requests",
  text: ({ journey }) =>
    `While ${journey} is down every request fails, and outages fall on busy and quiet hours alike: the share of time down is the share of the budget's events.`,
  value: () => "error ratio 100 % during an outage, 0 outside",
  replaceBy: "--series FILE with good and total",
};

/** Spread of the lengths of outages. */
export const exponentialOutages: AssumptionRule<{ readonly perWindow: string; readonly mean: string }> = {
  id: "ASM-226",
  name: "exponential-outages",
  text: () =>
    "Outages come independently of one another, and their lengths are spread exponentially around their mean: the model gives frequency and mean only.",
  value: ({ perWindow, mean }) => `${perWindow} outages a window, ${mean} each`,
  replaceBy: "--series FILE with good and total",
};

/** Which metrics a proxy or an application has. */
export const metricConvention: AssumptionRule<{ readonly source: string }> = {
  id: "ASM-227",
  name: "metric-convention",
  text: ({ source }) => `Metrics are named as ${source} names them; manifests do not say what is scraped.`,
  value: ({ source }) => source,
  replaceBy: "SLO.spec.indicator",
};

/** Targets of what nobody gave an objective. */
export const proposedTarget: AssumptionRule<{ readonly target: string }> = {
  id: "ASM-228",
  name: "proposed-target",
  text: () =>
    "A proposed SLI without declared objective gets a round target to start from, to be replaced by what users need.",
  value: ({ target }) => target,
  replaceBy: "Application.spec.journeys[].objective, or an SLO",
};

/** All rules of service level objectives. */
export const sloAssumptionRules = [
  workbookAlerts,
  queryRangeReplaced,
  thresholdResolution,
  healthyErrorRatio,
  quietHourTraffic,
  downtimeHitsAllRequests,
  exponentialOutages,
  metricConvention,
  proposedTarget,
] as const;
