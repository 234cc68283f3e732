import * as z from "zod";
import type { JsonSchema } from "../../../estate/kinds/json-schemas.ts";
import { violationKinds } from "../../../stateful/simulation/checking/violations.ts";
import { AssumptionSchema, DiagnosticSchema } from "../../schemas/diagnostic-schema.ts";
import type { Matches } from "../../schemas/figure-schema.ts";
import type { ConsistencySimulation } from "./consistency-report.ts";

const share = z.number().min(0).max(1);
const count = z.int().nonnegative();
const milliseconds = z.number().nonnegative().describe("Milliseconds.");
const kind = z.enum(violationKinds).describe("The guarantee.");

const ProportionSchema = z
  .strictObject({
    share: share.describe("Share that was seen."),
    lower: share.describe("Lower end of the 95 % interval."),
    upper: share.describe("Upper end."),
  })
  .meta({ id: "Proportion", description: "A share with its 95 % interval of Wilson." });

const PercentilesSchema = z.strictObject({ p50: milliseconds, p95: milliseconds, p99: milliseconds });

const TraceEndSchema = z
  .union([
    z.strictObject({ client: count.describe("Client, from 1.") }),
    z.strictObject({
      region: z.string().describe("Region."),
      replica: count.describe("Replica of it, from 1."),
    }),
    z.strictObject({ region: z.string().describe("Region whose coordinator it is, or to which something happens.") }),
  ])
  .meta({ id: "TraceEnd", description: "Who sends or gets a message." });

const StepSchema = z.strictObject({
  milliseconds,
  region: z.string().optional().describe("Where."),
  client: count.optional().describe("Client, from 1."),
  key: count.optional().describe("Item, from 1."),
  write: count.optional().describe("Number of the write; 0 is what was there at the start."),
  replica: count.optional().describe("Replica of its region, from 1."),
  from: TraceEndSchema.exactOptional().describe("Who sent the message that comes in."),
  to: TraceEndSchema.exactOptional().describe("Who gets it, or where something happens."),
  text: z.string().describe("The step as a sentence."),
  breaks: kind.optional().describe("Guarantee that this step breaks."),
});

const StalenessSchema = z.strictObject({
  sizes: z
    .strictObject({
      replicas: count.describe("N."),
      read: count.describe("R."),
      write: count.describe("W."),
    })
    .describe("Sizes of the quorums."),
  overlaps: z.boolean().describe("True: no read is stale, by R + W > N."),
  trials: count.describe("Trials."),
  points: z
    .array(
      z.strictObject({
        millisecondsAfterCommit: milliseconds,
        stale: ProportionSchema.describe("Chance of a stale read."),
        exact: share.optional().describe("The same by a closed form, where there is one."),
      }),
    )
    .describe("Over the time since the commit."),
  visibility: z
    .array(z.strictObject({ share: share.describe("Share of reads."), milliseconds }))
    .describe("After how long so many reads see the write."),
  readP99: milliseconds,
  writeP99: milliseconds,
});

export const ConsistencySchema = z.strictObject({
  apiVersion: z.literal("scantling/v1alpha1").describe("Version of this form."),
  kind: z.literal("ConsistencySimulation").describe("What this is."),
  subject: z.string().describe("The DataStore, or the simulation by flags alone."),
  store: z.string().describe("The store that was played."),
  regions: z.array(z.string()).describe("Its regions; the first one writes, unless all do."),
  workload: z.string().describe("What the clients do."),
  seed: z.number().describe("The same seed gives the same report."),
  runs: count.describe("Runs played."),
  events: count.describe("Events of all runs."),
  traceHash: z.string().describe("Hash over every event of every run."),
  guarantees: z
    .array(
      z.strictObject({
        kind,
        isBroken: z.boolean().describe("Broken in at least one run."),
        count: count.describe("How many times."),
        runs: ProportionSchema.describe("Share of the runs that broke it."),
        operations: ProportionSchema.optional().describe("Share of the reads, or changes, that broke it."),
        costPerThousandChanges: z
          .number()
          .optional()
          .describe("Mean loss for a thousand changes, where the cost of one is declared."),
      }),
    )
    .describe("Every guarantee that was checked."),
  operations: z
    .strictObject({
      done: count.describe("Ended well."),
      unknown: count.describe("No answer came."),
      refused: count.describe("Given up after conflicts."),
      declined: count.describe("Forbidden by the rules, such as sold out."),
    })
    .describe("How operations ended."),
  latency: z
    .strictObject({ read: PercentilesSchema.optional(), write: PercentilesSchema.optional() })
    .describe("Latency as clients see it."),
  staleAgeP95: milliseconds.optional(),
  traces: z
    .array(
      z.strictObject({
        kind,
        seed: z.number().describe("Seed of the run it was found in."),
        operations: count.describe("Operations left: none can be taken away."),
        faults: count.describe("Faults left."),
        traceHash: z.string().describe("Hash of the minimal run."),
        steps: z.array(StepSchema).describe("What happens, in order."),
      }),
    )
    .describe("The fewest operations and faults that break each guarantee."),
  staleness: StalenessSchema.optional().describe("Quorum stores: staleness over time."),
  notEvaluable: z.array(z.string()).describe("What a diagnostic leaves not evaluable."),
  assumptions: z.array(AssumptionSchema).describe("Every gap that was filled."),
  diagnostics: z.array(DiagnosticSchema).describe("What is wrong with the input."),
});

/** Holds the schema to the type. */
export const consistencySchemaMatches: Matches<typeof ConsistencySchema, ConsistencySimulation> = true;

/** JSON Schema (draft-07) of `scantling stateful simulate -o json`. */
export function consistencyJsonSchema(): JsonSchema {
  return { title: "Scantling ConsistencySimulation", ...z.toJSONSchema(ConsistencySchema, { target: "draft-7" }) };
}
