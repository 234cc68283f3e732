import * as z from "zod";
import { compareDiagnostics } from "../../estate/diagnostics/catalogue.ts";
import { simulationInputUnusable } from "../../estate/diagnostics/consistency-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { type AnswerCosts, businessAnswers } from "../../stateful/overbooking/business-answers.ts";
import { type BookingLevel, overbookingPolicy } from "../../stateful/overbooking/overbooking-policy.ts";
import type { CustomerGroup } from "../../stateful/overbooking/show-ups.ts";
import { DiagnosticSchema } from "../schemas/diagnostic-schema.ts";

export interface OverbookingOptions {
  readonly capacity: number;
  /** Chance that the next customers turn up. */
  readonly showUp: number;
  /** Sold already, each sort with its own chance; none when left out. */
  readonly booked?: readonly CustomerGroup[];
  readonly price: number;
  /** Beyond the refund where no-shows are refunded; with it where they pay. */
  readonly bumpCost: number;
  readonly refundable: boolean;
  readonly costs: AnswerCosts;
}

const count = z.number().nonnegative();
const LevelSchema = z.strictObject({
  sold: count.describe("Sold."),
  overProbability: count.describe("Chance that more turn up than there is room for."),
  expectedBumped: count.describe("Mean customers too many."),
  expectedEmpty: count.describe("Mean places left empty."),
  expectedRevenue: z.number().describe("Mean revenue less the cost of customers too many."),
});

const OverbookingSchema = z.strictObject({
  apiVersion: z.literal("scantling/v1alpha1").describe("Version of this form."),
  kind: z.literal("Overbooking").describe("What this is."),
  objective: z.string().describe("What was maximised, and when the next place is sold."),
  criticalRatio: count.describe("Another is sold while the chance that all are taken is below this."),
  isUnbounded: z.boolean().describe("True: another sale never costs more than it brings; best is then the capacity."),
  atCapacity: LevelSchema.optional().describe("Selling what there is."),
  best: LevelSchema.optional().describe("Selling what pays best."),
  curve: z.array(LevelSchema).describe("Around the best."),
  answers: z
    .array(
      z.strictObject({
        answer: z.enum(["writeOff", "retry", "compensate", "coordinate"]).describe("What is done with one too many."),
        sold: count.describe("Sold."),
        expectedBumped: count.describe("Mean customers too many."),
        expectedCost: count.optional().describe("Mean cost of the answer."),
        expectedNet: z.number().optional().describe("Mean revenue less that cost."),
        missing: z.array(z.string()).describe("Costs that are not declared: not evaluable without them."),
      }),
    )
    .describe("The four answers in money."),
  diagnostics: z.array(DiagnosticSchema).describe("What is wrong with the input."),
});
/** What `scantling stateful overbooking -o json` prints. */
export interface OverbookingReport extends Omit<z.infer<typeof OverbookingSchema>, "diagnostics"> {
  readonly diagnostics: readonly Diagnostic[];
}

/** JSON Schema (draft-07) of `scantling stateful overbooking -o json`. */
export function overbookingJsonSchema(): JsonSchema {
  return { title: "Scantling Overbooking", ...z.toJSONSchema(OverbookingSchema, { target: "draft-7" }) };
}

/** How many to sell, and what each answer to one too many costs. */
export function overbooking(options: OverbookingOptions): OverbookingReport {
  const diagnostics = problemsOf(options);
  const { capacity, showUp, booked = [], price, bumpCost, refundable, costs } = options;
  const objective = refundable
    ? "v E[min(S, C)] - b E[bumped]: no-shows are refunded; the next is sold while P(S >= C) < v / (v + b)"
    : "v n - b E[bumped]: no-shows pay; the next is sold while P(S >= C) < v / (p b)";
  const frame = { apiVersion: "scantling/v1alpha1" as const, kind: "Overbooking" as const, objective };
  if (diagnostics.length > 0) {
    return { ...frame, criticalRatio: 0, isUnbounded: false, curve: [], answers: [], diagnostics };
  }
  const policy = overbookingPolicy({ capacity, booked, nextShowUp: showUp, price, bumpCost, refundable });
  const { best, atCapacity } = policy;
  const gross = (level: BookingLevel) => price * (refundable ? level.turnout.expectedServed : level.sold);
  return {
    ...frame,
    criticalRatio: policy.criticalRatio,
    isUnbounded: policy.isUnbounded,
    atCapacity: flat(atCapacity),
    best: flat(best),
    curve: policy.curve.map(flat),
    answers: businessAnswers(best, atCapacity, { gross: gross(best), grossAtCapacity: gross(atCapacity) }, costs).map(
      (each) => ({ ...each, missing: [...each.missing] }),
    ),
    diagnostics,
  };
}

function flat({ sold, turnout, expectedRevenue }: BookingLevel): z.infer<typeof LevelSchema> {
  const { overProbability, expectedBumped, expectedEmpty } = turnout;
  return { sold, overProbability, expectedBumped, expectedEmpty, expectedRevenue };
}

function problemsOf({ capacity, showUp, booked = [], price, bumpCost, costs }: OverbookingOptions): Diagnostic[] {
  const found: Diagnostic[] = [];
  const check = (input: string, value: number | undefined, low: number, high: number) => {
    if (value === undefined || (value >= low && value <= high)) return;
    const range = `a number from ${low} to ${high}`;
    found.push(diagnose(simulationInputUnusable, { input, value: String(value), range }));
  };
  check("The capacity", capacity, 1, 2000);
  check("The chance to turn up", showUp, 0.05, 1);
  for (const { count: sold, showUp: chance } of booked) {
    check("The number booked", sold, 0, 10_000);
    check("The chance of the booked to turn up", chance, 0, 1);
  }
  check("The price", price, 0.01, 1e9);
  check("The cost of a customer too many", bumpCost, 0, 1e9);
  check("The chance of a retry to succeed", costs.retrySuccess, 0, 1);
  for (const name of ["writeOff", "retry", "compensate", "coordinate"] as const)
    check(`The cost of ${name}`, costs[name], 0, 1e9);
  return found.toSorted(compareDiagnostics);
}
