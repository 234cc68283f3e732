import { confluenceVerdicts } from "../../../stateful/advice/confluence.ts";
import { assumedHotKeyShare, type CoordinationStyle, coordinationStyles } from "../../../stateful/advice/contention.ts";
import { readNeed } from "../../../stateful/advice/read-need.ts";
import type { StoreNeed } from "../../../stateful/advice/store-need.ts";
import type { Rule } from "../../rule.ts";
import { type StoreVerdict, storeOutcome } from "../../stores/store-outcome.ts";
import { declaredStores } from "../../stores/stores-in-place.ts";

/** STA-013: writers of the hottest key keep up. */
export const hottestKeyKeepsUp: Rule = {
  id: "STA-013",
  name: "hottest-key-keeps-up",
  title: "The hottest key of an entity is written no faster than its writers can take turns.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["objectives"],
  judges: "objects",
  parameters: [
    {
      name: "mostUtilisationPercent",
      description: "Share of time, in percent, that the hottest key may be held by a writer.",
      default: 70,
      strict: 50,
    },
  ],
  *evaluate({ estate, parameters }) {
    const most = Number(parameters["mostUtilisationPercent"]) / 100;
    for (const store of declaredStores(estate)) {
      const { need } = readNeed(store, estate);
      for (const style of coordinationStyles(need, confluenceVerdicts(need.entities))) {
        yield storeOutcome(estate, store, judge(need, style, most));
      }
    }
  },
};

function judge(need: StoreNeed, { entity, hotKeyUtilisation, style }: CoordinationStyle, most: number): StoreVerdict {
  if (hotKeyUtilisation <= most || style === "functionalCore") return { verdict: "pass", message: "" };
  const share = need.entities.find(({ name }) => name === entity)?.hotKeyShare;
  const path = `spec.entities[${need.entities.findIndex(({ name }) => name === entity)}].hotKeyShare`;
  const percent = `${Number((hotKeyUtilisation * 100).toPrecision(3))} %`;
  if (share === undefined) {
    return {
      verdict: "notEvaluable",
      path,
      missing: ["needs-A"],
      message: `Whether writers of ${entity} in DataStore ${need.name} keep up depends on its hottest key: with ${assumedHotKeyShare * 100} % of the writes on one key it would be held ${percent} of the time; declare hotKeyShare.`,
    };
  }
  const queues =
    hotKeyUtilisation >= 1
      ? "more than there is, so writers queue without end, and retries make it worse"
      : "so waits and retries grow out of all proportion";
  return {
    verdict: "fail",
    path,
    ...(hotKeyUtilisation >= 1 ? { part: "1" } : { part: "2", severity: "medium" as const }),
    message: `The hottest key of ${entity} in DataStore ${need.name} takes ${share * 100} % of the contended writes and is held ${percent} of the time, ${queues}.`,
    fix: {
      description:
        style === "escrow"
          ? "Split the key into shares that are handed out beforehand (escrow), or let one writer a key batch them (actor)."
          : "Let one writer a key take them in turn (actor), or shard the key.",
    },
  };
}
