import { defaultCatalog } from "../../../src/catalog/default-catalog.ts";
import type { Workload } from "../../../src/estate/kubernetes/workload.ts";
import type { Estate, LoadProfile } from "../../../src/estate/model/estate.ts";
import {
  allocationKeyNames,
  parseAllocationFilter,
  parseAllocationKey,
} from "../../../src/finops/allocation/allocation-key.ts";
import { loadMixedIntegerSolver } from "../../../src/finops/commitments/mix/mixed-integer-solver.ts";
import { declaredLoads } from "../../../src/finops/forecast/declared/declared-load.ts";
import { allocateCost } from "../../../src/operations/cost/cost-allocation.ts";
import { billOf } from "../../../src/operations/cost/cost-bill.ts";
import { chooseCommitments } from "../../../src/operations/cost/cost-commit.ts";
import { forecastCost } from "../../../src/operations/cost/cost-forecast.ts";
import { rightSize } from "../../../src/operations/cost/rightsize.ts";
import { scalingEconomics } from "../../../src/operations/cost/scaling-economics.ts";
import { textBeside } from "../simulation/answer-load.ts";
import type { BillAnswers, BillRequest, BillRequestOf, WorkloadChoice } from "./bill-request.ts";

/** The same as the command line takes by default: equal questions have equal answers there and here. */
const defaults = {
  seed: 1,
  terms: [1, 3],
  growthPercent: 0,
  mostFallPercent: 30,
  simulatedDays: 28,
  scalingDays: 7,
  burstsPerDay: 1,
  months: 12,
} as const;

/** Computes what a part of the bill view asks for; `today` is `YYYY-MM-DD`. */
export async function answerBill(
  estate: Estate,
  texts: { readonly [path: string]: string },
  today: string,
  request: BillRequest,
): Promise<BillAnswers[BillRequest["part"]]> {
  const textOf = (profile: LoadProfile, file: string) => textBeside(texts, profile, file);
  switch (request.part) {
    case "allocation":
      return allocation(estate, today, request);
    case "invoice":
      return billOf(estate, defaultCatalog, { today, period: request.period });
    case "commitments":
      return commitments(estate, today, request, textOf);
    case "sizing": {
      const { workload } = request;
      const report = await rightSize(estate, defaultCatalog, {
        today,
        ...(workload === undefined ? {} : { workload }),
      });
      return { report, workloads: workloadChoices(estate) };
    }
    case "breakEven":
      return breakEven(estate, today, request, textOf);
    case "forecast":
      return forecast(estate, today);
  }
}

async function allocation(
  estate: Estate,
  today: string,
  { by: written, within, shareIdle, sharePlatform, period }: BillRequestOf<"allocation">,
): Promise<BillAnswers["allocation"]> {
  const by = parseAllocationKey(written);
  if (by === undefined)
    return {
      problem: `Costs cannot be shared out by "${written}"`,
      hint: `Keys are ${allocationKeyNames.join(", ")}.`,
    };
  const filter = within === undefined ? undefined : parseAllocationFilter(within);
  if (filter !== undefined && "wrong" in filter)
    return { problem: `"${filter.wrong}" is no term`, hint: "Write it as tenant=retail;environment=prod." };
  const { report } = await allocateCost(estate, defaultCatalog, {
    by,
    filter,
    shareIdle: { kind: shareIdle },
    sharePlatform: { kind: sharePlatform },
    period,
    today,
  });
  const labels = new Set(estate.workloads.flatMap(({ podLabels }) => Object.keys(podLabels)));
  return { report, labels: [...labels].toSorted() };
}

async function commitments(
  estate: Estate,
  today: string,
  { nodeHours }: BillRequestOf<"commitments">,
  textOf: (profile: LoadProfile, file: string) => string | undefined,
): Promise<BillAnswers["commitments"]> {
  const { seed, terms, growthPercent, mostFallPercent, simulatedDays: days } = defaults;
  return chooseCommitments(estate, defaultCatalog, {
    today,
    solver: await loadMixedIntegerSolver(),
    terms,
    reservations: true,
    savingsPlans: true,
    spot: true,
    growthPercent,
    mostFallPercent,
    stopOutsideHours: nodeHours === "stopped",
    ...(nodeHours === "simulated" ? { demand: { kind: "simulated", days, seed, textOf } } : {}),
  });
}

function breakEven(
  estate: Estate,
  today: string,
  { workload }: BillRequestOf<"breakEven">,
  textOf: (profile: LoadProfile, file: string) => string | undefined,
): BillAnswers["breakEven"] {
  const { seed, scalingDays: days, burstsPerDay } = defaults;
  const workloads = workloadChoices(estate);
  const asked = workload === undefined ? {} : { workload };
  return {
    report: scalingEconomics(estate, defaultCatalog, { ...asked, days, burstsPerDay, seed, today, textOf }),
    workloads,
  };
}

function forecast(estate: Estate, today: string): BillAnswers["forecast"] {
  const report = forecastCost(estate, defaultCatalog, { today, months: defaults.months, priceChanges: [] });
  if ("kind" in report) return report;
  const [first] = report.diagnostics;
  return { problem: first?.message ?? "There is nothing to forecast", hint: first?.hint };
}

/** Workloads that serve, those with a declared load first. */
function workloadChoices(estate: Estate): readonly WorkloadChoice[] {
  const loaded = new Set(declaredLoads(estate).map(({ workload }) => workload.id));
  const choices = estate.workloads
    .filter(({ run, opaque }) => run === "serving" && !opaque)
    .map(
      ({ id, label, application, namespace, kind, name }: Workload): WorkloadChoice => ({
        id,
        label,
        application,
        workload: `${namespace}/${kind}/${name}`,
        hasLoad: loaded.has(id),
      }),
    );
  return choices.toSorted((left, right) => Number(right.hasLoad) - Number(left.hasLoad));
}
