import * as z from "zod";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { AssumptionSchema, DiagnosticSchema } from "../schemas/diagnostic-schema.ts";
import { FigureSchema, type Matches, PlaceSchema, ReasonSchema } from "../schemas/figure-schema.ts";
import type { StoreTimelines } from "./recovery-timelines-report.ts";
import type { AdvisedStore } from "./store-advice-report.ts";

const reasons = z.array(ReasonSchema).describe("What it stands on.");
const entity = z.string().describe("Entity.");
const because = z.string().describe("Why.");
const operation = z
  .enum(["insert", "increment", "decrement", "assign", "delete", "read"])
  .describe("What is done to the entity.");

const VerdictSchema = z.strictObject({
  rule: z.string().describe("Rule, ST-..."),
  outcome: z
    .enum(["pass", "fail", "monitored", "open"])
    .describe("monitored: by what is typical, which nobody promises; open: nobody says."),
  input: z.string().describe("Field of the DataStore that asks for it."),
  text: because,
  needed: z.number().exactOptional().describe("What is asked for."),
  offered: z.number().exactOptional().describe("What is offered."),
  unit: z.enum(["s", "ms"]).exactOptional().describe("Unit of both."),
  reasons,
});
const verdicts = (what: string) => z.array(VerdictSchema).describe(what);

const OptionSchema = z.strictObject({
  id: z.string().describe("Option."),
  label: z.string().describe("In words."),
  standing: z.enum(["fits", "open"]).describe("open: no rule rejects it, but not all could be answered."),
  isManaged: z.boolean().describe("Run by the cloud."),
  sku: z.string().describe("Size that is compared."),
  regions: z.array(z.string()).describe("Regions that hold a copy, the writer first."),
  monthlyCost: FigureSchema.describe("Price of the service."),
  availability: FigureSchema.describe("Share of time down, by SLA or by its failures."),
  operatorHours: z.number().describe("Hours a month that it takes from people."),
  totalCost: FigureSchema.describe("Service, operators and downtime."),
  leadsBelow: z.number().exactOptional().describe("Without a price: it would lead below this."),
  caveats: verdicts("Rules that hold only as a rule, or that nobody can answer."),
  passes: verdicts("Rules that hold."),
});

const RejectedSchema = z.strictObject({
  id: z.string().describe("Option."),
  label: z.string().describe("In words."),
  failures: verdicts("Rules that reject it."),
});

const ConflictSchema = z
  .strictObject({
    inputs: z.array(z.string()).describe("Smallest set of fields of which every option fails one."),
    verdicts: verdicts("Of each field the option that comes nearest."),
    floor: z.strictObject({ text: because, reasons }).exactOptional().describe("What no store at all can do."),
  })
  .describe("Demands that cannot be had together.");

const ChangeSchema = z.strictObject({
  input: z.string().describe("Field."),
  before: z.string().describe("As it is."),
  after: z.string().describe("As it would have to be."),
  distance: z
    .number()
    .describe("Doublings or halvings; steps of a level; 1 for a yes or no; 10 for a demand given up."),
});

const monthlyCost = z.number().exactOptional().describe("Price of that answer a month; absent: it has none.");

const FlipSchema = ChangeSchema.extend({
  answer: z.string().optional().describe("Answer then; absent: nothing fits."),
  monthlyCost,
}).describe("Nearest change of one input that gives another answer.");

const ReliefSchema = z
  .strictObject({
    changes: z.array(ChangeSchema).describe("Made together."),
    answer: z.string().describe("Answer then."),
    monthlyCost,
  })
  .describe("Where nothing fits and no single change mends it: the fewest changes that do, and the nearest of those.");

const AdvisedStoreSchema = z.strictObject({
  store: z.string().describe("DataStore."),
  shape: z
    .enum(["relational", "keyValue", "blob", "file", "stream", "queue", "cache"])
    .describe("How the data is asked for."),
  reads: z
    .enum(["strong", "boundedStaleness", "session", "consistentPrefix", "eventual"])
    .exactOptional()
    .describe("What readers need to see."),
  now: z
    .strictObject({
      service: z.string().describe("Declared service."),
      matches: z.string().exactOptional().describe("Option that describes it."),
      standing: z.enum(["fits", "open", "rejected", "unknown"]).describe("How it is judged."),
      failures: verdicts("Rules that reject it."),
    })
    .describe("What is there."),
  verdict: z.enum(["keep", "mayChange", "change", "choose", "impossible"]).describe("What to do."),
  answer: z.string().exactOptional().describe("Best fit."),
  because: z.string().exactOptional().describe("Why it stands first."),
  options: z.array(OptionSchema).describe("What no rule rejects, best first."),
  rejected: z.array(RejectedSchema).describe("What a rule rejects."),
  otherShapes: z.number().describe("Options for other shapes of data."),
  conflict: ConflictSchema.exactOptional(),
  flip: FlipSchema.exactOptional(),
  relief: ReliefSchema.exactOptional(),
  invariants: z
    .array(
      z.strictObject({
        entity,
        invariant: z.enum(["unique", "foreignKey", "atLeast", "atMost", "sum", "none"]).describe("What must hold."),
        operation,
        perSecond: z.number().describe("How often."),
        need: z.enum(["none", "atomicity", "coordination"]).describe("What writers need so that it holds."),
        means: z
          .enum(["escrow", "uniqueIndex", "singleWriterPerKey", "serializable"])
          .exactOptional()
          .describe("How they may agree."),
        because,
      }),
    )
    .describe("Every invariant against every operation."),
  tradeOffs: z
    .array(
      z.strictObject({
        entity,
        operation,
        onPartition: z.enum(["availability", "consistency"]).describe("Kept when regions are cut off."),
        otherwise: z.enum(["latency", "consistency"]).describe("Kept otherwise."),
        because,
      }),
    )
    .describe("PACELC of each operation on the best fit."),
  styles: z
    .array(
      z.strictObject({
        entity,
        style: z.enum(["functionalCore", "expectedVersion", "lock", "actor", "escrow"]).describe("How code holds it."),
        hotKeyUtilisation: z.number().describe("Share of time that a writer holds the hottest key."),
        because,
      }),
    )
    .describe("How code should hold each entity."),
  patterns: z
    .array(
      z.strictObject({
        pattern: z.string().describe("Pattern."),
        because,
        price: z.string().describe("What it costs."),
      }),
    )
    .describe("Patterns that fit."),
});

const head = (kind: string) => ({ apiVersion: z.literal("scantling/v1alpha1"), kind: z.literal(kind) });
const assumptions = z.array(AssumptionSchema).describe("What was assumed.");

const StoreAdviceSchema = z.strictObject({
  ...head("StoreAdvice"),
  currency: z.string().describe("Currency of every price."),
  stores: z.array(AdvisedStoreSchema).describe("By name."),
  notEvaluable: z
    .array(
      z.strictObject({
        store: z.string().describe("DataStore."),
        because: z.array(z.string()).describe("Errors of the documents that say what it needs."),
      }),
    )
    .describe("Stores that cannot be judged until their documents are mended."),
  assumptions,
  diagnostics: z.array(DiagnosticSchema).describe("Problems of the documents of stores."),
});

const seconds = z
  .strictObject({
    low: z.number().describe("At best."),
    likely: z.number().describe("Median."),
    high: z.number().describe("95th percentile."),
  })
  .describe("Seconds.");

const StoreTimelinesSchema = z.strictObject({
  subject: z.string().describe("DataStore, or workload that none names."),
  workloads: z
    .array(z.string())
    .exactOptional()
    .describe("Ids of the workloads that hold it; absent for what the cloud runs."),
  form: z.string().describe("What it is on."),
  timelines: z
    .array(
      z.strictObject({
        scope: z.enum(["pod", "node", "zone", "region", "operatorError", "drain"]).describe("What fails."),
        outcome: z
          .enum(["unaffected", "recovers", "byHand", "waits", "lost", "unknown"])
          .describe("How it comes back."),
        summary: z.string().describe("What happens."),
        steps: z
          .array(z.strictObject({ label: z.string().describe("Step."), seconds, reasons }))
          .describe("In their order."),
        rtoSeconds: FigureSchema.describe("Until it serves again."),
        rpoSeconds: FigureSchema.describe("Span of writes that may be lost."),
        rtoObjectiveSeconds: z.number().exactOptional().describe("Asked for."),
        rtoMet: z.enum(["yes", "likely", "no", "notEvaluable"]).exactOptional().describe("likely: not at worst."),
        rpoObjectiveSeconds: z.number().exactOptional().describe("Asked for."),
        rpoMet: z
          .enum(["yes", "likely", "no", "notEvaluable"])
          .exactOptional()
          .describe("Whether it is held; likely: typically, which nobody promises."),
        lever: z.string().exactOptional().describe("What would shorten it."),
        availabilityCounts: z
          .strictObject({ seconds: z.number().describe("Seconds."), because })
          .exactOptional()
          .describe("What the availability report counts for the same failure."),
      }),
    )
    .describe("One for each failure."),
  writerRisks: z
    .array(
      z.strictObject({
        risk: z.enum(["surge", "unreachableNode", "forceDelete", "sharedVolume"]).describe("How two come to write."),
        text: because,
        fix: z.string().describe("What prevents it."),
        place: PlaceSchema,
      }),
    )
    .describe("Where two pods may write though one was meant."),
});

const RecoveryTimelinesSchema = z.strictObject({
  ...head("RecoveryTimelines"),
  environment: z.string().describe("Environment that is timed."),
  stores: z.array(StoreTimelinesSchema).describe("By subject."),
  assumptions,
});

/** Each schema describes exactly what its report holds. */
export const statefulSchemaMatches: readonly [
  advice: Matches<typeof AdvisedStoreSchema, AdvisedStore>,
  timelines: Matches<typeof StoreTimelinesSchema, StoreTimelines>,
] = [true, true];

/** JSON Schema (draft-07) of `scantling stateful advise -o json`. */
export function storeAdviceJsonSchema(): JsonSchema {
  return { title: "Scantling StoreAdvice", ...z.toJSONSchema(StoreAdviceSchema, { target: "draft-7" }) };
}

/** JSON Schema (draft-07) of `scantling stateful timeline -o json`. */
export function recoveryTimelinesJsonSchema(): JsonSchema {
  return { title: "Scantling RecoveryTimelines", ...z.toJSONSchema(RecoveryTimelinesSchema, { target: "draft-7" }) };
}
