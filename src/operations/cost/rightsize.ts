import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { idleFrom, memoryFollowsCpu, nodeSizeChoice } from "../../estate/assumptions/sizing-rules.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { sizedWorkloadAmbiguous, sizedWorkloadUnknown } from "../../estate/diagnostics/sizing-diagnostics.ts";
import { exactFigure, type Figure } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { priceEstate } from "../../finops/compute-cost.ts";
import { invoiceOf } from "../../finops/invoice/invoice.ts";
import { idleThings } from "../../finops/right-sizing/idle/idle-things.ts";
import { packEstate, withFreeCounts } from "../../finops/right-sizing/nodes/packed-cluster.ts";
import { type SizedPool, sizeNodes } from "../../finops/right-sizing/nodes/size-nodes.ts";
import { type ReplicaSweep, sweepReplicas } from "../../finops/right-sizing/replicas/sweep-replicas.ts";
import { poolRates } from "../../finops/right-sizing/requests/pool-rates.ts";
import type { RequestStrategy } from "../../finops/right-sizing/requests/propose-requests.ts";
import { resizeWorkload } from "../../finops/right-sizing/requests/resize-workload.ts";
import { type SizedRequests, sizeRequests } from "../../finops/right-sizing/requests/size-requests.ts";
import { type SizingSubject, sizingSubjects } from "../../finops/right-sizing/requests/sizing-subject.ts";
import { usageTargets } from "../../finops/usage/usage-targets.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { MeasuredInput } from "./cost-allocation.ts";
import type { CostRightSizing, RequestRow, RequestSection, SavingStep } from "./rightsize-report.ts";
import { savingSteps, takeAdvice } from "./rightsize-steps.ts";
import { type ProfiledUsage, profileUsage } from "./rightsize-usage.ts";

export interface RightSizingOptions {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  /** Absent: nothing is said of requests. */
  readonly usage?: MeasuredInput;
  readonly strategy?: RequestStrategy;
  /** Workload, by name or id, of which replicas are swept against sizes. */
  readonly workload?: string;
  readonly onProgress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

const usageForm =
  "Give --usage FILE: CSV with the header time,namespace,pod,cpuCores,memoryGiB (workload instead of pod, and oomKills, if there are), or JSON lines with the same names, sorted by time.";

/**
 * Where the estate pays for more than it uses: requests by measured usage, idle things, node sizes, and on demand the
 * replicas of one workload. Every saving is the difference of two bills of the whole estate.
 */
export async function rightSize(
  estate: Estate,
  catalog: Catalog,
  options: RightSizingOptions,
): Promise<CostRightSizing> {
  const { today } = options;
  const placement = placeWorkloads(estate, catalog);
  const priced = priceEstate(estate, placement, catalog, { today });
  const targets = usageTargets(priced.context);
  const subjects = sizingSubjects(estate, targets);
  const rates = poolRates(priced);
  const usage = options.usage === undefined ? undefined : await profileUsage(targets, subjects, options.usage, options);
  const strategy = options.strategy ?? "histogram";
  const { currency } = priced.context;
  const sized =
    usage === undefined
      ? undefined
      : sizeRequests({
          subjects,
          profiles: usage.profiles,
          rates,
          strategy,
          currency: currency.code,
          source: options.usage?.source ?? "",
        });
  const wanted = sized === undefined ? estate : withSizes(estate, sized);
  const resized = sized === undefined ? undefined : packEstate(wanted, catalog, today);
  const declared = resized ?? packEstate(estate, catalog, today);
  const free = packEstate(withFreeCounts(wanted, catalog, declared.placement), catalog, today);
  const pools = sizeNodes(free, declared, { ...options, catalog });
  const { packed: advised, refused } = takeAdvice(free, pools, catalog, today);
  const idle = idleThings(priced, subjects, usage?.profiles ?? new Map(), rates);
  const steps = savingSteps({ priced, idle, resized, free, advised, catalog, today });
  const chosen = chooseSubject(subjects, options.workload);
  const replicas =
    chosen.subject === undefined
      ? undefined
      : sweepReplicas(
          packEstate(withFreeCounts(estate, catalog, placement), catalog, today),
          chosen.subject,
          usage?.profiles.get(chosen.subject.workload.id),
          rates,
          { ...options, catalog },
        );
  const { total } = invoiceOf(priced, "month");
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "CostRightSizing",
    estate: estate.name,
    currency: currency.code,
    pricesAsOf: catalog.pricesAsOf,
    bill: total,
    saving: savingFigure(steps, currency.code),
    steps,
    requestsMissing:
      usage === undefined
        ? { reason: "requests are derived from usage, and none was given", hint: usageForm }
        : undefined,
    requests:
      usage === undefined || sized === undefined
        ? undefined
        : requestSection(strategy, options.usage?.source ?? "", usage, sized),
    idle,
    nodePools: nodePools(pools, refused),
    replicas,
    partial: priced.unpriced.length > 0,
    unpriced: priced.unpriced,
    assumptions: [...priced.assumptions, ...ownAssumptions(sized, pools, replicas)],
    diagnostics: [...(usage?.diagnostics ?? []), ...chosen.diagnostics],
  };
}

function withSizes(estate: Estate, { sized }: SizedRequests): Estate {
  const resized = new Map(
    sized.map(({ subject, containers }) => [subject.workload.id, resizeWorkload(subject, containers)]),
  );
  return { ...estate, workloads: estate.workloads.map((workload) => resized.get(workload.id) ?? workload) };
}

/** The workload by id, by `namespace/name` or by name; diagnosed where it is none or one of several. */
function chooseSubject(
  subjects: readonly SizingSubject[],
  name: string | undefined,
): { readonly subject?: SizingSubject; readonly diagnostics: readonly Diagnostic[] } {
  if (name === undefined) return { diagnostics: [] };
  const serving = subjects.filter(({ workload }) => workload.run === "serving");
  const found = serving.filter(({ workload: { id, namespace, name: own } }) =>
    [id, `${namespace}/${own}`, own].includes(name),
  );
  const [subject, ...others] = found;
  if (subject === undefined) {
    const candidates = serving.flatMap(({ workload }) => [workload.name, workload.id]);
    return { diagnostics: [diagnose(sizedWorkloadUnknown, { name, candidates })] };
  }
  if (others.length === 0) return { subject, diagnostics: [] };
  return {
    diagnostics: [diagnose(sizedWorkloadAmbiguous, { name, candidates: found.map(({ workload }) => workload.id) })],
  };
}

function requestSection(
  strategy: RequestStrategy,
  source: string,
  usage: ProfiledUsage,
  { sized, unsized }: SizedRequests,
): RequestSection {
  const rows = sized.map(
    ({ subject, profile, proposed, containers, risk, saved, figure }): RequestRow => ({
      workload: subject.workload.id,
      label: subject.workload.label,
      tenant: subject.workload.tenant,
      environment: subject.workload.environment,
      cluster: subject.workload.cluster,
      pods: subject.pods,
      cpu: proposed.cpu,
      memory: proposed.memory,
      containers,
      saved,
      risk,
      confidence: proposed.confidence,
      samples: Math.max(profile.cpu.samples, profile.memory.samples),
      javaHeap: subject.heap?.kind,
      figure,
    }),
  );
  const sum = (of: (row: RequestRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    strategy,
    source,
    from: usage.from,
    to: usage.to,
    problems: usage.problems,
    rows,
    totals: {
      cpuCoresBefore: sum(({ cpu, pods }) => cpu.current * pods) / 1000,
      cpuCoresAfter: sum(({ cpu, pods }) => cpu.proposed * pods) / 1000,
      memoryGiBBefore: sum(({ memory, pods }) => memory.current * pods) / 2 ** 30,
      memoryGiBAfter: sum(({ memory, pods }) => memory.proposed * pods) / 2 ** 30,
      allocated: sum(({ saved }) => Math.round((saved ?? 0) * 100)) / 100,
    },
    notEvaluable: unsized.map(({ subject: { workload }, reason }) => ({
      workload: workload.id,
      label: workload.label,
      reason,
    })),
  };
}

/** The largest saving first; what saves nothing beside the others is no advice. */
function nodePools(pools: readonly SizedPool[], refused: ReadonlySet<string>): readonly SizedPool[] {
  const saved = ({ declared, own, advised }: SizedPool) =>
    declared.monthly - (own?.monthly ?? 0) - (advised?.difference ?? 0);
  return pools
    .map((pool) =>
      refused.has(`${pool.cluster}/${pool.pool}`)
        ? { ...pool, advised: undefined, reason: "no other size saves anything beside what is advised for other pools" }
        : pool,
    )
    .toSorted((left, right) => saved(right) - saved(left));
}

function savingFigure(steps: readonly SavingStep[], currency: string): Figure {
  const total = Math.round(steps.reduce((sum, { saved }) => sum + saved, 0) * 100) / 100;
  const unit = `${currency}/month`;
  return exactFigure("cost/rightsize/saving", "What right-sizing takes off the bill of a month", unit, total, [
    {
      kind: "formula",
      text: "bill as declared - bill after the last step; each step is priced on top of those before",
    },
    ...steps.map(({ step, label, saved, billAfter }) => ({
      kind: "figure" as const,
      figure: exactFigure(`cost/rightsize/${step}`, label, unit, saved, [
        { kind: "formula", text: `leaves a bill of ${billAfter.toFixed(2)} ${unit}` },
      ]),
    })),
  ]);
}

function ownAssumptions(
  sized: SizedRequests | undefined,
  pools: readonly SizedPool[],
  replicas: ReplicaSweep | undefined,
): readonly Assumption[] {
  return [
    ...(sized === undefined ? [] : [...sized.assumptions, assume(idleFrom, "Estate", undefined)]),
    ...(pools.length === 0 ? [] : [assume(nodeSizeChoice, "Estate", undefined)]),
    ...(replicas === undefined ? [] : [assume(memoryFollowsCpu, replicas.workload, undefined)]),
  ];
}
