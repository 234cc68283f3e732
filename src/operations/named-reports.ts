import { estateStudies } from "../audit/studies/study-estate.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { audit } from "./audit/audit.ts";
import type { Audit } from "./audit/audit-report.ts";
import type { ReadEstate } from "./read-estate.ts";
import { type Reachability, reachability } from "./tenancy/reachability.ts";
import { type TenancyKernelReport, type TenancyReport, tenancyKernelReport, tenancyReport } from "./tenancy/tenancy.ts";

/** Reports that a page asks for by name, beside the assessment, when somebody looks at them. */
export interface NamedReports {
  /** With every verdict that could not be given. */
  readonly audit: Audit;
  readonly tenancy: TenancyReport;
  readonly kernel: TenancyKernelReport;
  readonly reachability: Reachability;
}

export type ReportName = keyof NamedReports;

/** How each report comes about; none is computed before it is called. */
export type ReportsByName = { readonly [Name in ReportName]: () => NamedReports[Name] };

/** The reports over one estate; `today` is `YYYY-MM-DD` in UTC. Each is computed at most once. */
export function namedReports(read: ReadEstate, catalog: Catalog, today: string): ReportsByName {
  const { estate } = read;
  return {
    audit: once(() => audit(read, catalog, { today, includeNotEvaluable: true, study: estateStudies(today) })),
    tenancy: once(() => tenancyReport(estate, catalog)),
    kernel: once(() => tenancyKernelReport(estate, catalog)),
    reachability: once(() => reachability(estate)),
  };
}

function once<Value>(compute: () => Value): () => Value {
  let computed: { readonly value: Value } | undefined;
  return () => {
    computed ??= { value: compute() };
    return computed.value;
  };
}
