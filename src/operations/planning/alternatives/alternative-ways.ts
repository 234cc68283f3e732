import { type AlternativeWay, wayTimes } from "../../../estate/assumptions/planning-rules.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { RejectedAlternative } from "../plan-report.ts";

type Told = Omit<RejectedAlternative, "leadTimeDays" | "isolation">;

/** What lies between a tenant on it and the others. */
const isolationOf: { readonly [way in AlternativeWay]: string } = {
  shared: "namespace",
  sandbox: "virtual machine of each pod",
  pool: "nodes",
  cluster: "control plane and nodes",
  rawCluster: "control plane and nodes",
  secondRegion: "as in the first region",
  containerApps: "environment of its own, run by Azure",
  functions: "instances of its own, run by Azure",
  staticHosting: "nothing runs: files only",
};

/** An alternative with the lead time and the isolation of its kind. */
export function alternativeWay(way: AlternativeWay, told: Told): RejectedAlternative {
  return { ...told, leadTimeDays: wayTimes.days[way], isolation: isolationOf[way] };
}

/** The bill and people's work of a month, to the cent; the bill alone where nobody says what an hour costs. */
export function withWork(bill: number, operatorHours: number, { commercial }: Pick<Estate, "commercial">): number {
  return Math.round((bill + operatorHours * (commercial.operatorHourCost ?? 0)) * 100) / 100;
}
