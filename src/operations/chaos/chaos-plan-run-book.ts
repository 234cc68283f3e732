import type { AvailabilityReport } from "../../availability/availability-report.ts";
import type { ExperimentDesign } from "../../availability/drills/choose-experiments.ts";
import type { DrillScenario } from "../../availability/drills/injected-fault.ts";
import { type DrillProcedure, drillProcedure } from "../../availability/drills/run-book.ts";
import { likelyValue } from "../../estate/figures/figure.ts";

/** What a drill is measured by, for one journey. */
interface DrillExpectation {
  readonly journey: string;
  /** Undefined: it is not served again before what was lost is back. */
  readonly rtoSeconds?: number;
  readonly rtoObjectiveSeconds?: number;
  /** Undefined: nobody says what is lost. */
  readonly rpoSeconds?: number;
  readonly rpoObjectiveSeconds?: number;
}

export interface RunBook {
  readonly scenario: DrillScenario;
  readonly procedure: DrillProcedure;
  readonly expectations: readonly DrillExpectation[];
}

/** The run-book of what no tool injects; of a pair the part that people must play. */
export function runBookOf({ faults, predictions }: ExperimentDesign, report: AvailabilityReport): RunBook {
  const fault = faults.find(({ kind }) => kind === "drill") ?? faults[0];
  const scenario = fault?.kind === "drill" ? fault.scenario : fault?.kind === "dependency" ? "dependency" : "platform";
  const subject = fault === undefined ? "" : subjectOf(fault);
  return {
    scenario,
    procedure: drillProcedure(scenario, subject),
    expectations: predictions.map(({ journey, basis, recoveredAfterSeconds }) => {
      const recovery = report.journeys.find((each) => each.journey === journey)?.recovery;
      const region = scenario === "region" ? recovery?.find((each) => each.scope === "region") : undefined;
      const rpo = region === undefined ? undefined : likelyValue(region.rpoSeconds);
      return {
        journey,
        ...(basis === "imposed" ? {} : { rtoSeconds: recoveredAfterSeconds }),
        ...(region?.rtoObjectiveSeconds === undefined ? {} : { rtoObjectiveSeconds: region.rtoObjectiveSeconds }),
        ...(rpo === undefined ? {} : { rpoSeconds: rpo }),
        ...(region?.rpoObjectiveSeconds === undefined ? {} : { rpoObjectiveSeconds: region.rpoObjectiveSeconds }),
      };
    }),
  };
}

function subjectOf(fault: ExperimentDesign["faults"][number]): string {
  switch (fault.kind) {
    case "drill":
      // `prod/catalog/ring 3` of a deployment: people speak of the application.
      return fault.scenario === "deploy" || fault.scenario === "switch"
        ? fault.subject.split("/").slice(1).join(", ")
        : fault.subject;
    case "dependency":
      return fault.target;
    case "pods":
      return fault.group;
    case "disk":
      return fault.volume;
    case "node":
      return `a node of pool ${fault.pool} of ${fault.cluster}`;
    case "zone":
      return `zone ${fault.zone ?? fault.rank} of ${fault.region}`;
    case "entry":
      return `the load balancer of ${fault.cluster}`;
  }
}
