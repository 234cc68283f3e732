import type { Estate } from "../../../estate/model/estate.ts";
import { deliveryGraph } from "../../delivery/delivery-graph.ts";
import { judgeArgoApplication } from "../../delivery/judge-argo.ts";
import { judgeFluxObject } from "../../delivery/judge-flux.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { quietPass } from "../../estate-lookup/quiet-pass.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** GIT-007: the delivery tool brings what Git says, keeps it so, and says when it cannot. */
export const deliveryObjects: Rule = {
  id: "GIT-007",
  name: "delivery-objects",
  title: "Flux and Argo CD objects prune, wait, repair, and point at sources and dependencies that exist.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["deliveryObjects", "repository"],
  judges: "objects",
  *evaluate({ estate }) {
    yield* judgeFlux(estate);
    for (const placed of lookupOf(estate).objects.ofKind("Application.argoproj.io")) {
      const findings = [...judgeArgoApplication(estate, placed)];
      yield* findings.length === 0 ? [quietPass(placed)] : findings;
    }
  },
};

function* judgeFlux(estate: Estate): Iterable<RuleOutcome> {
  const graph = deliveryGraph(estate);
  for (const placed of graph.objects) {
    const findings = [...judgeFluxObject(estate, placed, graph)];
    yield* findings.length === 0 ? [quietPass(placed)] : findings;
  }
}
