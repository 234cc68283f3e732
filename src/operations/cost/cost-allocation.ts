import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { allocationNameUnknown } from "../../estate/diagnostics/finops-diagnostics.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type AllocatedCost, type AllocationChoice, allocateBy } from "../../finops/allocation/allocate-by.ts";
import { allocationKeyText, type KeyReader, keyReader } from "../../finops/allocation/allocation-key.ts";
import { asOpenCost, type OpenCostAnswer } from "../../finops/allocation/open-cost.ts";
import { type CostShare, shareCharges } from "../../finops/allocation/share-charges.ts";
import { sharingMethodText } from "../../finops/allocation/sharing-method.ts";
import { type PricedEstate, priceEstate } from "../../finops/compute-cost.ts";
import type { UnpricedItem } from "../../finops/cost-report.ts";
import { billingMonthOf } from "../../finops/focus/billing-month.ts";
import { focusCsv } from "../../finops/focus/focus-csv.ts";
import { allocationAsFocus } from "../../finops/focus/focus-rows.ts";
import { type Invoice, invoiceOf } from "../../finops/invoice/invoice.ts";
import { readUsage } from "../../finops/usage/read-usage.ts";
import { createUsageMeter, type MeteredUsage } from "../../finops/usage/usage-meter.ts";
import { countUsageProblems, timeText } from "../../finops/usage/usage-problems.ts";
import { usageTargets } from "../../finops/usage/usage-targets.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { MeasuredUsage } from "../ports.ts";

/** Measured usage that comes piece by piece, so that its length does not matter: as text, or as samples of a source. */
export type MeasuredInput = {
  /** Name of the file or server, for messages. */
  readonly source: string;
  /** Sampling step; the distance of the first two times when absent. */
  readonly stepSeconds?: number;
} & ({ readonly chunks: AsyncIterable<string> } | { readonly measured: MeasuredUsage });

export interface AllocationOptions extends AllocationChoice {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  /** Absent: by requests alone. */
  readonly usage?: MeasuredInput;
  readonly onProgress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** What the usage of a file came to. */
interface UsageSummary {
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly stepSeconds: number;
  readonly steps: number;
  readonly samples: number;
  /** Samples and lines that did not count, by what is wrong with them. */
  readonly problems: { readonly [problem: string]: number };
}

/** Whom a bill belongs to. */
export interface CostAllocation {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "CostAllocation";
  readonly estate: string;
  readonly period: Invoice["period"];
  readonly currency: string;
  readonly by: string;
  readonly shareIdle: string;
  readonly sharePlatform: string;
  readonly filter: string | undefined;
  /** By requests alone, or by the larger of request and usage at every step. */
  readonly method: "requests" | "max(request, usage)";
  readonly usage: UsageSummary | undefined;
  /** The bill: the sum of the rows. */
  readonly total: Figure;
  readonly rows: readonly Omit<AllocatedCost, "resources">[];
  readonly partial: boolean;
  readonly unpriced: readonly UnpricedItem[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/** An allocation with what other forms of it stand on. */
export interface AllocatedEstate {
  readonly report: CostAllocation;
  readonly asFocusCsv: () => string;
  readonly asOpenCost: () => OpenCostAnswer;
}

/** Shares the bill of an estate out, by requests or by measured usage. */
export async function allocateCost(
  estate: Estate,
  catalog: Catalog,
  options: AllocationOptions,
): Promise<AllocatedEstate> {
  const placement = placeWorkloads(estate, catalog);
  const priced = priceEstate(estate, placement, catalog, options);
  const metered = options.usage === undefined ? undefined : await meterUsage(priced, options.usage, options);
  const shared = shareCharges(priced.context, priced.charges, metered?.usage.charged);
  const read = keyReader(estate.workloads);
  const rows = allocateBy(shared.shares, options, read);
  const report: CostAllocation = {
    apiVersion: "scantling/v1alpha1",
    kind: "CostAllocation",
    estate: estate.name,
    period: options.period,
    currency: priced.context.currency.code,
    by: allocationKeyText(options.by),
    shareIdle: sharingMethodText(options.shareIdle),
    sharePlatform: sharingMethodText(options.sharePlatform),
    filter: filterText(options),
    method: metered === undefined || metered.usage.samples === 0 ? "requests" : "max(request, usage)",
    usage: metered?.summary,
    total: invoiceOf(priced, options.period).total,
    rows: rows.map(({ part, name, own, idleShare, platformShare, total }) => ({
      part,
      name,
      own,
      idleShare,
      platformShare,
      total,
    })),
    partial: priced.unpriced.length > 0,
    unpriced: priced.unpriced,
    assumptions: [...placement.assumptions, ...priced.assumptions, ...shared.assumptions],
    diagnostics: [...(metered?.diagnostics ?? []), ...unknownNames(shared.shares, options, read)],
  };
  const month = billingMonthOf(options.today);
  return {
    report,
    asFocusCsv: () => focusCsv(allocationAsFocus(priced, shared.shares, month, read), { split: true }),
    asOpenCost: () => asOpenCost(rows, shared.shares, options.by, read, month, estate.workloads),
  };
}

async function meterUsage(
  { context }: PricedEstate,
  input: MeasuredInput,
  { onProgress, signal }: AllocationOptions,
): Promise<{
  readonly usage: MeteredUsage;
  readonly summary: UsageSummary | undefined;
  readonly diagnostics: readonly Diagnostic[];
}> {
  const { source, stepSeconds } = input;
  const problems = countUsageProblems();
  const batches = "chunks" in input ? readUsage(input.chunks, problems) : input.measured.batches;
  const meter = createUsageMeter(usageTargets(context), problems, stepSeconds === undefined ? {} : { stepSeconds });
  let read = 0;
  for await (const batch of batches) {
    signal?.throwIfAborted();
    meter.add(batch);
    read += batch.length;
    onProgress?.(`${read.toLocaleString("en-US")} samples`);
  }
  const usage = meter.finish();
  const { window } = usage;
  return {
    usage,
    diagnostics: [
      ...("measured" in input ? input.measured.diagnostics() : []),
      ...problems.diagnostics(source, usage.samples),
    ],
    summary:
      window === undefined
        ? undefined
        : {
            source,
            from: timeText(window.start),
            to: timeText(window.end),
            stepSeconds: usage.stepSeconds ?? 0,
            steps: usage.steps,
            samples: usage.samples,
            problems: problems.counts(),
          },
  };
}

function filterText({ filter }: AllocationOptions): string | undefined {
  return filter?.terms.map(({ key, values }) => `${allocationKeyText(key)}=${values.join(",")}`).join(";");
}

/** Names of fixed shares and of the filter that nobody has. */
function unknownNames(
  shares: readonly CostShare[],
  { by, shareIdle, sharePlatform, filter }: AllocationOptions,
  read: KeyReader,
): readonly Diagnostic[] {
  const namesOf = (key: AllocationChoice["by"]) =>
    [...new Set(shares.flatMap(({ bearer }) => read(bearer, key) ?? []))].toSorted();
  const targets = namesOf(by);
  const fixed = [shareIdle, sharePlatform].flatMap((method) =>
    method.kind === "fixed" ? [...method.percentages.keys()] : [],
  );
  const unknown = (names: readonly string[], candidates: readonly string[]) =>
    names
      .filter((name) => !candidates.includes(name))
      .map((name) => diagnose(allocationNameUnknown, { name, candidates }));
  return [
    ...unknown(fixed, targets),
    ...(filter?.terms ?? []).flatMap(({ key, values }) => unknown(values, namesOf(key))),
  ];
}
