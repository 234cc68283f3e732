import { stringify } from "yaml";
import type { IndicatorProposal, KeyFigureProposal } from "../../availability/slo/proposals/proposal.ts";
import { proposeIndicators } from "../../availability/slo/proposals/propose-indicators.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import { metricConvention, proposedTarget } from "../../estate/assumptions/slo-rules.ts";
import { indicatorLabel } from "../../estate/kinds/open-slo.ts";
import type { Estate } from "../../estate/model/estate.ts";

/** What `scantling slo propose -o json` prints. */
export interface SloProposals {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "SloProposals";
  readonly indicators: readonly IndicatorProposal[];
  readonly keyFigures: readonly KeyFigureProposal[];
  readonly assumptions: readonly Assumption[];
}

export interface ProposedSlos {
  readonly report: SloProposals;
  /** OpenSLO documents by file name. */
  readonly files: ReadonlyMap<string, string>;
}

/** SLIs and KPIs for what has no SLO yet, also as OpenSLO documents that the estate can hold as they are. */
export function proposeSlos(estate: Estate): ProposedSlos {
  const { indicators, keyFigures } = proposeIndicators(estate);
  const conventions = [...new Set(indicators.map(({ convention }) => convention))].sort();
  const guessed = [
    ...new Set(indicators.filter((each) => !each.isTargetDeclared).map(({ targetPercent }) => targetPercent)),
  ];
  const assumptions = [
    ...conventions.map((source) => assume(metricConvention, `metrics of ${source}`, { source })),
    ...guessed.map((target) => assume(proposedTarget, `targets of ${target} %`, { target: `${target} %` })),
  ];
  return {
    report: {
      apiVersion: "scantling/v1alpha1",
      kind: "SloProposals",
      indicators,
      keyFigures,
      assumptions: assumptions.toSorted(compareAssumptions),
    },
    files: new Map(indicators.map((indicator) => [`${indicator.name}.yaml`, openSlo(indicator)])),
  };
}

function openSlo({ kind, name, service, description, targetPercent, metric }: IndicatorProposal): string {
  const source = (query: string) => ({ metricSource: { type: "Prometheus", spec: { query } } });
  const spec =
    metric.kind === "ratio"
      ? { ratioMetric: { counter: true, [metric.part]: source(metric.partQuery), total: source(metric.totalQuery) } }
      : { thresholdMetric: source(metric.query) };
  const comparison =
    metric.kind === "threshold" ? { op: metric.operator, value: metric.value, timeSliceWindow: "1m" } : {};
  const document = {
    apiVersion: "openslo/v1",
    kind: "SLO",
    metadata: { name, labels: { [indicatorLabel]: kind } },
    spec: {
      description,
      service,
      indicator: { metadata: { name }, spec },
      timeWindow: [{ duration: "30d", isRolling: true }],
      budgetingMethod: "Occurrences",
      objectives: [{ displayName: "proposed", ...comparison, targetPercent: Number(targetPercent) }],
    },
  };
  return stringify(document, { lineWidth: 0 });
}
