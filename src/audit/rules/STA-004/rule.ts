import { durationText } from "../../../stateful/advice/rule-verdict.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { type StoreVerdict, storeInPlaceOutcome, storeInWords } from "../../stores/store-outcome.ts";
import { type StoreInPlace, storesInPlace } from "../../stores/stores-in-place.ts";

/** Services whose data passes through: what is in them is sent again or made anew. */
const passingThrough = new Set(["redis", "eventHubs", "serviceBus"]);

/** STA-004: there is a way back from a mistake. */
export const wayBackFromMistakes: Rule = {
  id: "STA-004",
  name: "way-back-from-mistakes",
  title: "What an operator destroys by mistake can be brought back, and somebody has said how soon.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["objectives", "cluster"],
  judges: "objects",
  *evaluate(context) {
    for (const inPlace of storesInPlace(context)) {
      yield isMadeAnew(inPlace)
        ? storeInPlaceOutcome(context.estate, inPlace, { verdict: "pass", message: "" })
        : judge(context, inPlace);
    }
  },
};

function isMadeAnew({ store, holder }: StoreInPlace): boolean {
  return store.spec["shape"] === "cache" || (holder.kind === "service" && passingThrough.has(holder.service.service));
}

function judge({ estate }: AuditContext, inPlace: StoreInPlace): RuleOutcome {
  const { store, holder } = inPlace;
  const { outcome, rto, range } = inPlace.recovery("operatorError");
  const verdict = (given: StoreVerdict) => storeInPlaceOutcome(estate, inPlace, given);
  if (outcome === "lost") {
    const why = rto.kind === "never" ? rto.why : "nothing brings it back";
    return verdict({
      verdict: "fail",
      part: "1",
      message: `${storeInWords(inPlace)} has no way back from a mistake: ${why}.`,
      fix: {
        description: "Back it up somewhere that whoever may delete the data may not delete, and restore it once.",
      },
    });
  }
  if (holder.kind === "workload" && holder.held.hasBackups === undefined) {
    return verdict({
      verdict: "notEvaluable",
      part: "1",
      missing: ["needs-C"],
      message: `Whether ${storeInWords(inPlace)} can be brought back after a mistake depends on the backup of cluster ${holder.workload.cluster}, of which nothing is declared.`,
    });
  }
  if (store.recovery["operatorError"] !== undefined) return verdict({ verdict: "pass", message: "" });
  const takes =
    range === undefined
      ? ""
      : ` (as computed ${durationText(range.likely)} as a rule, ${durationText(range.high)} at worst)`;
  return verdict({
    verdict: "fail",
    part: "2",
    severity: "low",
    path: "spec.recovery",
    message: `${storeInWords(inPlace)} does not say how soon, and to which point, it has to be back after somebody destroys data by mistake${takes}: replicas copy the mistake, and only a restore that somebody has tried brings it back.`,
    fix: { description: "Declare recovery.operatorError with rto and rpo, and drill the restore against it." },
  });
}
