import { transcribeCommitments, transcribeSavingsPlans } from "./commitments.ts";
import { transcribeDataServices } from "./data-services.ts";
import { transcribeDisks } from "./disks.ts";
import { transcribeLatency } from "./latency.ts";
import { transcribeNetworkMeters } from "./network-meters.ts";
import { transcribeServiceMeters } from "./service-meters.ts";
import { transcribeSizeFlexibility } from "./size-flexibility.ts";
import { transcribeRecovery, transcribeSlas } from "./slas.ts";
import { formatTable } from "./table.ts";
import { transcribeVmPrices } from "./vm-prices.ts";
import { transcribeVmSizes } from "./vm-sizes.ts";

/** Text of every table that comes from the compiled facts, by table name; `read` gives the text of a facts file. */
export function catalogTables(read: (file: string) => string): ReadonlyMap<string, string> {
  const facts = <Raw>(file: string): Raw => JSON.parse(read(file)) as Raw;
  const prices = "azure-prices.json";
  const platform = "azure-paas-prices.json";
  const slas = "azure-sla.json";
  const tables = {
    "vm-sizes": transcribeVmSizes(facts("azure-vm-sizes.json"), facts(prices)),
    "vm-prices": transcribeVmPrices(facts(prices), facts(platform)),
    "disk-prices": transcribeDisks(facts(prices)),
    "network-meters": transcribeNetworkMeters(facts(prices)),
    "service-meters": transcribeServiceMeters(facts(platform)),
    reservations: transcribeCommitments(facts(prices), facts(platform)),
    "savings-plans": transcribeSavingsPlans(facts(platform)),
    "size-flexibility": transcribeSizeFlexibility(facts(platform)),
    "service-slas": transcribeSlas(facts(slas)),
    "service-recovery": transcribeRecovery(facts(slas)),
    "data-service-facts": transcribeDataServices(facts("azure-data-services.json")),
    "region-latency": transcribeLatency(facts(slas)),
  };
  return new Map(Object.entries(tables).map(([name, table]) => [name, formatTable(table)]));
}
