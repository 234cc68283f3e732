import type { AssumptionRule } from "./assumption-rule.ts";

export const runsAllHours: AssumptionRule<{ readonly hours: string; readonly hoursPerMonth: number }> = {
  id: "ASM-070",
  name: "runs-all-hours",
  text: ({ hours, hoursPerMonth }) =>
    `The environments of the cluster are needed ${hours} (${Math.round(hoursPerMonth)} hours a month), and nothing declares that its nodes stop outside these hours: they are priced for 730 hours, the low end for the needed ones.`,
  value: () => "730 hours a month",
  replaceBy: "Estate.spec.environments[].hours as always, if the nodes never stop",
};

export const osDiskFamily: AssumptionRule<{ readonly family: string; readonly sizeGiB: number }> = {
  id: "ASM-071",
  name: "os-disk-family",
  text: ({ family }) =>
    `A managed operating system disk is ${family}: AKS takes Premium SSD for sizes that support premium storage and Standard SSD for others.`,
  value: ({ family, sizeGiB }) => `${family}, ${sizeGiB} GiB`,
  replaceBy: "Cluster.spec.nodePools[].osDisk",
};

export const trafficNotPriced: AssumptionRule<undefined> = {
  id: "ASM-072",
  name: "traffic-not-priced",
  text: () =>
    "No volume of traffic is declared: data processed by load balancers and NAT gateways, egress to the internet, between regions and between zones is not in the bill.",
  value: () => "0 GB",
  replaceBy: "nothing yet: traffic volumes cannot be declared",
};

/** GiB that cost as much as one vCPU where no pair of sizes tells: pairs show 8.4 to 9.0. */
export const gibibytesPerVcpu = 8.7;

export const cpuMemoryPriceRatio: AssumptionRule<{ readonly vmSize: string; readonly ratio: number }> = {
  id: "ASM-073",
  name: "cpu-memory-price-ratio",
  text: ({ vmSize, ratio }) =>
    `No pair of a general-purpose and a memory-optimized size of the same generation is priced beside ${vmSize}, so a vCPU counts as much as ${ratio} GiB: the middle of what such pairs show.`,
  value: ({ ratio }) => `${ratio} : 1`,
  replaceBy: "nothing: a price catalog that holds such a pair",
};

export const spotPriceMoves: AssumptionRule<{ readonly vmSize: string }> = {
  id: "ASM-074",
  name: "spot-price",
  text: ({ vmSize }) =>
    `Spot nodes of ${vmSize} cost the spot price of one day all month; the high end is what they cost at their ceiling, the pay-as-you-go or the declared maximum price.`,
  value: () => "the spot price of the catalog's day",
  replaceBy: "Cluster.spec.nodePools[].spotMaxPrice",
};

export const spotPriceUnknown: AssumptionRule<{ readonly vmSize: string; readonly region: string }> = {
  id: "ASM-075",
  name: "spot-price-unknown",
  text: ({ vmSize, region }) =>
    `The catalog has no spot price of ${vmSize} in ${region}: the nodes are priced at pay as you go, their ceiling.`,
  value: () => "pay as you go",
  replaceBy: "nothing: a price catalog that has the spot price of the region",
};

export const reservationPriceElsewhere: AssumptionRule<{
  readonly vmSize: string;
  readonly region: string;
  readonly ratio: number;
  readonly note: string;
}> = {
  id: "ASM-076",
  name: "reservation-price",
  text: ({ vmSize, region, note }) =>
    `The catalog has no reservation price of ${vmSize} in ${region}; its ratio to pay as you go is taken from other regions (${note}).`,
  value: ({ ratio }) => `${ratio.toFixed(3)} of pay as you go`,
  replaceBy: "nothing: a price catalog that has the reservation price of the region",
};

export const savingsPlanRateUnknown: AssumptionRule<{
  readonly vmSize: string;
  readonly region: string;
  readonly termYears: number;
}> = {
  id: "ASM-077",
  name: "savings-plan-rate",
  text: ({ vmSize, region, termYears }) =>
    `The catalog has no ${termYears}-year savings-plan rate of ${vmSize} in ${region}: the plan pays for these nodes at the pay-as-you-go price, without a discount.`,
  value: () => "no discount",
  replaceBy: "nothing: a price catalog that has the savings-plan rate of the region",
};

export const currencyWithoutRate: AssumptionRule<{ readonly currency: string }> = {
  id: "ASM-078",
  name: "currency-without-rate",
  text: ({ currency }) =>
    `The estate's currency is ${currency}, catalog prices are in USD and no exchange rate is declared: the bill is in USD, and money declared in ${currency} is left out.`,
  value: () => "USD",
  replaceBy: "Estate.spec.exchangeRates",
};

export const servicePricedOnce: AssumptionRule<{ readonly environments: number }> = {
  id: "ASM-079",
  name: "service-priced-once",
  text: ({ environments }) =>
    `The service is priced once, not for each of the ${environments} environments: nothing says that each has its own.`,
  value: () => "one",
  replaceBy: "a document for each instance, or quantity",
};

export const usageNotPriced: AssumptionRule<{ readonly notes: readonly string[] }> = {
  id: "ASM-080",
  name: "usage-not-priced",
  text: ({ notes }) => `What follows the usage is not declared and not in the price: ${notes.join("; ")}.`,
  value: () => "base price only",
  replaceBy: "price of the document",
};

export const fileShareFull: AssumptionRule<{ readonly sizeGiB: number }> = {
  id: "ASM-081",
  name: "file-share-full",
  text: () => "A standard file share is billed by what is stored in it: it is priced as full.",
  value: ({ sizeGiB }) => `${sizeGiB} GiB stored`,
  replaceBy: "the storage request of the claim",
};

export const commitmentExpired: AssumptionRule<{ readonly until: string; readonly today: string }> = {
  id: "ASM-082",
  name: "commitment-expired",
  text: ({ until, today }) =>
    `The commitment ended on ${until}, before ${today}: it costs nothing more and covers nothing.`,
  value: () => "not counted",
  replaceBy: "Estate.spec.commercial",
};

export const autoscaledAtMinimum: AssumptionRule<{
  readonly nodes: number;
  readonly most: number;
  /** Pods that the cluster's autoscaled workloads have at their maximum, and those of them that find a node. */
  readonly pods: number;
  readonly placed: number;
}> = {
  id: "ASM-083",
  name: "autoscaled-at-minimum",
  text: ({ nodes, most, pods, placed }) =>
    `Workloads run at their autoscalers' minimum all month (${nodes} ${nodes === 1 ? "node" : "nodes"}), whatever load is declared; the high end is ${placed < pods ? `${placed} of ${pods} pods of the cluster at the maximum, the rest finds no node` : "all of them at their maximum"} (${most} ${most === 1 ? "node" : "nodes"}).`,
  value: ({ nodes }) => `${nodes} ${nodes === 1 ? "node" : "nodes"}`,
  replaceBy: "nothing yet: Application.spec.load does not decide the bill",
};

export const ceilingNotPriced: AssumptionRule<{ readonly pods: number; readonly without: number }> = {
  id: "ASM-086",
  name: "maximum-not-priced",
  text: ({ pods, without }) =>
    `Of the ${pods} pods at the autoscaler's maximum, ${without} more than now ${without === 1 ? "finds" : "find"} no node: the high end of the bill does not hold ${without === 1 ? "it" : "them"}.`,
  value: ({ pods, without }) => `${pods - without} of ${pods} pods`,
  replaceBy: "Cluster.spec.nodePools[].autoscaling.max, or the maximum of the autoscaler",
};

export const volumeUseNotPriced: AssumptionRule<{ readonly what: string; readonly charges: string }> = {
  id: "ASM-087",
  name: "volume-use-not-priced",
  text: ({ what, charges }) => `${what} also bills ${charges}, which nothing declares: they are not in the price.`,
  value: () => "capacity only",
  replaceBy: "nothing yet: what is done with a volume cannot be declared",
};

export const serviceRegion: AssumptionRule<{ readonly region: string }> = {
  id: "ASM-084",
  name: "service-region",
  text: ({ region }) =>
    `The document names no region, so the service is priced in ${region}, where the first cluster is.`,
  value: ({ region }) => region,
  replaceBy: "regions of the document",
};

export const defaultConfiguration: AssumptionRule<{ readonly what: string; readonly value: string }> = {
  id: "ASM-085",
  name: "service-configuration",
  text: ({ what, value }) => `The document does not say ${what}, so it is priced as ${value}.`,
  value: ({ value }) => value,
  replaceBy: "tier, sku or price of the document",
};

export const costRules = [
  runsAllHours,
  osDiskFamily,
  trafficNotPriced,
  cpuMemoryPriceRatio,
  spotPriceMoves,
  spotPriceUnknown,
  reservationPriceElsewhere,
  savingsPlanRateUnknown,
  currencyWithoutRate,
  servicePricedOnce,
  usageNotPriced,
  fileShareFull,
  commitmentExpired,
  autoscaledAtMinimum,
  serviceRegion,
  defaultConfiguration,
  ceilingNotPriced,
  volumeUseNotPriced,
] as const;
