import { useMemo } from "react";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { indexFigures } from "../../../src/operations/explanation/explain-figure.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import { useAvailabilityFigures } from "../availability/use-availability.ts";
import { useBillFigures } from "../bill/use-bill.ts";
import { useDeliveryOnMap } from "../delivery/use-delivery.ts";
import { buildBoxes } from "../graph/build-boxes.ts";
import { dependencyEdges } from "../graph/dependency-edges.ts";
import { filterFacts, matchesFilter, parseFilter } from "../graph/filter.ts";
import { groupBoxes, groupingLimit } from "../graph/group-boxes.ts";
import { measureBoxes } from "../graph/measure-boxes.ts";
import { reachArrows } from "../graph/reach-arrows.ts";
import { findSelection } from "../graph/selection.ts";
import { chooseLens } from "../lenses/choose-lens.ts";
import { usePlanFigures } from "../plan/use-plan.ts";
import type { ReportSource } from "../reports/report-source.ts";
import { useReportIf } from "../reports/use-report.ts";
import { useRolloutFigures } from "../rollout/use-rollout.ts";
import { useLostOnMap } from "../simulation/use-failures.ts";
import { useSimulatedFigures } from "../simulation/use-load.ts";
import { useStatefulFigures, useStoresOnMap } from "../stateful/use-stateful.ts";
import { kernelFigures } from "../tenancy/kernel-pools.ts";
import type { ChangeView } from "../view-state/use-view-state.ts";
import type { ViewState } from "../view-state/view-state.ts";
import { useWhatIfFigures } from "../what-if/use-what-if.ts";
import type { Workbench } from "./workbench.ts";

/** Derives the shared state; each part is computed again only when what it stands on changes. */
export function useWorkbenchValue(
  assessment: Assessment,
  texts: Texts | undefined,
  reports: ReportSource,
  view: ViewState,
  change: ChangeView,
  narrow: boolean,
): Workbench {
  const boxes = useMemo(() => buildBoxes(assessment), [assessment]);
  const limit = narrow ? groupingLimit.narrow : groupingLimit.wide;
  const grouped = useMemo(() => groupBoxes(boxes, view.grouping, limit), [boxes, view.grouping, limit]);
  const measures = useMemo(() => measureBoxes(assessment, grouped.boxes), [assessment, grouped]);
  const tenant = view.selection?.startsWith("tenant/") === true ? view.selection.slice("tenant/".length) : undefined;
  const lost = useLostOnMap(texts, view);
  const journey = view.selection?.startsWith("journey/") === true ? view.selection.slice("journey/".length) : undefined;
  const stores = useStoresOnMap(texts, view);
  const board = useDeliveryOnMap(texts, view);
  const lens = useMemo(
    () => chooseLens(view.lens, assessment, tenant, lost, journey, stores, board),
    [view.lens, assessment, tenant, lost, journey, stores, board],
  );
  const reach = useReportIf(reports, "reachability", lens.arrows === "reach");
  const arrows = useMemo(
    () =>
      lens.arrows === "reach"
        ? reach === undefined
          ? []
          : reachArrows(reach, assessment, grouped.boxes)
        : dependencyEdges(assessment, grouped.boxes),
    [lens.arrows, reach, assessment, grouped],
  );
  const kernel = useReportIf(reports, "kernel", view.why?.startsWith("kernel/") === true);
  const simulated = useSimulatedFigures(texts, view);
  const billed = useBillFigures(texts, view);
  const inDepth = useAvailabilityFigures(texts, view);
  const rolledOut = useRolloutFigures(texts, view);
  const timed = useStatefulFigures(texts, view);
  const planned = usePlanFigures(texts, view);
  const tried = useWhatIfFigures(texts, view);
  const figures = useMemo(() => {
    const further = [
      ...(kernel === undefined ? [] : kernelFigures(kernel)),
      ...simulated,
      ...billed,
      ...inDepth,
      ...rolledOut,
      ...timed,
      ...planned,
      ...tried,
    ];
    const own = indexFigures(assessment);
    return further.length === 0 ? own : new Map([...own, ...further]);
  }, [assessment, kernel, simulated, billed, inDepth, rolledOut, timed, planned, tried]);
  const facts = useMemo(() => filterFacts(assessment), [assessment]);
  const terms = useMemo(() => parseFilter(view.filter), [view.filter]);
  const selection = useMemo(
    () => findSelection(view.selection, assessment, [...grouped.boxes, ...boxes]),
    [view.selection, assessment, grouped, boxes],
  );
  const keeps = useMemo(() => {
    return (workload: string) => {
      const fact = facts.get(workload);
      return fact === undefined ? terms.length === 0 : matchesFilter(terms, fact);
    };
  }, [facts, terms]);
  return useMemo(
    () => ({
      assessment,
      texts,
      reports,
      view,
      change,
      narrow,
      figures,
      boxes,
      grouped,
      measures,
      arrows,
      lens,
      selection,
      terms,
      facts,
      keeps,
    }),
    [
      assessment,
      texts,
      reports,
      view,
      change,
      narrow,
      figures,
      boxes,
      grouped,
      measures,
      arrows,
      lens,
      selection,
      terms,
      facts,
      keeps,
    ],
  );
}
