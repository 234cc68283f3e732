import * as z from "zod";
import { documentSchema } from "./document-envelope.ts";
import { durationText, money, percentageText, resourceName, workloadReference } from "./field-formats.ts";
import { Price } from "./price.ts";
import { Recovery } from "./recovery.ts";

const entity = z.strictObject({
  name: z.string().min(1).describe("Name of the entity, such as stock."),
  invariants: z
    .array(
      z.strictObject({
        type: z
          .enum(["unique", "foreignKey", "atLeast", "atMost", "sum", "none"])
          .describe("What must always hold of the entity."),
        value: z.number().optional().describe("Bound of atLeast and atMost, total of sum."),
      }),
    )
    .optional()
    .describe("What must always hold."),
  operations: z
    .array(
      z.strictObject({
        type: z
          .enum(["insert", "increment", "decrement", "assign", "delete", "read"])
          .describe("What is done to the entity."),
        perSecond: z.number().nonnegative().describe("How often, a second."),
      }),
    )
    .optional()
    .describe("What is done to it, and how often."),
  hotKeyShare: percentageText.optional().describe("Share of the writes that go to its hottest key, such as 20%."),
});

const DataStoreSpec = z.strictObject({
  application: resourceName.optional().describe("Application that owns the store."),
  service: z
    .enum([
      "auto",
      "azureSql",
      "postgresqlFlexible",
      "mysqlFlexible",
      "cosmosDb",
      "storageBlob",
      "storageFiles",
      "redis",
      "eventHubs",
      "serviceBus",
      "statefulSet",
    ])
    .optional()
    .describe("Service that holds the data; auto: to be advised."),
  shape: z
    .enum(["relational", "keyValue", "blob", "file", "stream", "queue", "cache"])
    .optional()
    .describe("How the data is asked for; decides which services are compared."),
  sku: z.string().min(1).nullish().describe("Size or tier of the service, by its Azure name."),
  workload: workloadReference
    .nullish()
    .describe("Workload that holds it when it runs in the cluster, as namespace/Kind/name."),
  entities: z.array(entity).optional().describe("What the store holds, with its rules and traffic."),
  consistency: z
    .strictObject({
      reads: z
        .enum(["strong", "boundedStaleness", "session", "consistentPrefix", "eventual"])
        .optional()
        .describe("What readers need to see."),
      clientsMoveRegions: z.boolean().optional().describe("True when one client may talk to several regions."),
      sessionTokenTravels: z.boolean().optional().describe("True when the session token goes with the client."),
    })
    .optional()
    .describe("Consistency that readers need."),
  latency: z
    .strictObject({
      readP99: durationText.optional().describe("Budget of a read at the 99th percentile, as a duration."),
      writeP99: durationText.optional().describe("Budget of a write at the 99th percentile, as a duration."),
    })
    .optional()
    .describe("Latency budgets."),
  regions: z
    .strictObject({
      readers: z.array(z.string().min(1)).optional().describe("Regions that read."),
      writers: z.array(z.string().min(1)).optional().describe("Regions that write."),
    })
    .optional()
    .describe("Regions that use the data."),
  zoneRedundant: z.boolean().optional().describe("True when the store survives the loss of a zone."),
  availability: percentageText.nullish().describe("Availability of the store where it is known, such as 99.99%."),
  recovery: Recovery.optional().describe("Recovery objectives by the scope that fails."),
  transactionSpan: z
    .enum(["item", "partition", "database", "crossService"])
    .optional()
    .describe("How far one transaction reaches."),
  sizeGiB: z.number().nonnegative().optional().describe("Size of the data in GiB."),
  retention: z
    .strictObject({
      immutable: z.boolean().optional().describe("True when it must not be changed once written."),
      years: z.number().nonnegative().optional().describe("Years to keep it."),
    })
    .optional()
    .describe("How long it is kept."),
  lossCost: z
    .strictObject({
      perLostWrite: money.optional().describe("Cost of one lost write, in the estate's currency."),
      perOversell: money.optional().describe("Cost of selling what is not there, in the estate's currency."),
      perRefund: money.optional().describe("Cost of one refund, in the estate's currency."),
    })
    .optional()
    .describe("What mistakes of the store cost."),
  price: Price.nullish().describe("Price where the catalog has none."),
});

/** Data with its rules: what it must hold to, not only where it lies. */
export const DataStoreDocument = documentSchema(
  "DataStore",
  "One store of data: entities and invariants, consistency, latency, regions, recovery, and the service it is on.",
  DataStoreSpec.optional(),
);
export type DataStoreDocument = z.infer<typeof DataStoreDocument>;
