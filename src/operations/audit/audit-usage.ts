import type { UsageStudy } from "../../audit/studies/estate-studies.ts";
import { MoneyStudy } from "../../audit/studies/money-study.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { MeasuredInput } from "../cost/cost-allocation.ts";
import { profileUsage } from "../cost/rightsize-usage.ts";
import type { Progress } from "../ports.ts";

/** Usage as rules look at it, with what is wrong with the samples. */
export interface AuditUsage extends UsageStudy {
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads measured usage to its end for an audit. */
export async function auditUsage(
  estate: Estate,
  catalog: Catalog,
  input: MeasuredInput,
  options: { readonly today: string; readonly onProgress?: Progress; readonly signal?: AbortSignal },
): Promise<AuditUsage> {
  const money = new MoneyStudy(estate, placeWorkloads(estate, catalog), catalog, options.today);
  const { profiles, diagnostics } = await profileUsage(money.targets, [...money.subjects.values()], input, options);
  return { source: input.source, profiles, diagnostics };
}
