/**
 * Transcribes the compiled facts into the catalog's tables. Deterministic: the same facts give the same bytes.
 *
 *     node scripts/transcribe-facts.ts          # facts from SCANTLING_SHARED, or ../shared beside the checkout
 *
 * Tables that no compiled file holds (AKS node reservations, Kata overheads, version calendar, ...) are kept by hand
 * in the same folder and are not touched.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { transcribeCommitments, transcribeSavingsPlans } from "./transcription/commitments.ts";
import { transcribeDataServices } from "./transcription/data-services.ts";
import { transcribeDisks } from "./transcription/disks.ts";
import { transcribeLatency } from "./transcription/latency.ts";
import { transcribeNetworkMeters } from "./transcription/network-meters.ts";
import { transcribeServiceMeters } from "./transcription/service-meters.ts";
import { transcribeSizeFlexibility } from "./transcription/size-flexibility.ts";
import { transcribeRecovery, transcribeSlas } from "./transcription/slas.ts";
import { formatTable, type Table } from "./transcription/table.ts";
import { transcribeVmPrices } from "./transcription/vm-prices.ts";
import { transcribeVmSizes } from "./transcription/vm-sizes.ts";

const root = resolve(import.meta.dirname, "..");
const shared = process.env.SCANTLING_SHARED ?? resolve(root, "..", "shared");

function facts<Raw>(file: string): Raw {
  return JSON.parse(readFileSync(join(shared, "facts", file), "utf8")) as Raw;
}

function write(name: string, table: Table): void {
  const text = formatTable(table);
  writeFileSync(join(root, "src", "catalog", "tables", `${name}.json`), text);
  console.log(`${name}: ${table.rows.length} rows, ${Math.round(text.length / 1000)} kB`);
}

const prices = facts<Parameters<typeof transcribeVmPrices>[0]>("azure-prices.json");
const platform = facts<Parameters<typeof transcribeSavingsPlans>[0]>("azure-paas-prices.json");
const sizes = facts<Parameters<typeof transcribeVmSizes>[0]>("azure-vm-sizes.json");
const slas = facts<Parameters<typeof transcribeSlas>[0]>("azure-sla.json");

write("vm-sizes", transcribeVmSizes(sizes, prices));
write("vm-prices", transcribeVmPrices(prices, platform));
write("disk-prices", transcribeDisks(facts("azure-prices.json")));
write("network-meters", transcribeNetworkMeters(facts("azure-prices.json")));
write("service-meters", transcribeServiceMeters(facts("azure-paas-prices.json")));
write("reservations", transcribeCommitments(facts("azure-prices.json"), facts("azure-paas-prices.json")));
write("savings-plans", transcribeSavingsPlans(platform));
write("size-flexibility", transcribeSizeFlexibility(facts("azure-paas-prices.json")));
write("service-slas", transcribeSlas(slas));
write("service-recovery", transcribeRecovery(facts("azure-sla.json")));
write("data-service-facts", transcribeDataServices(facts("azure-data-services.json")));
write("region-latency", transcribeLatency(facts("azure-sla.json")));
