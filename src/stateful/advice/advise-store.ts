import type { Catalog } from "../../catalog/catalog.ts";
import type { RecoveryKnowledge } from "../timelines/recovery-knowledge.ts";
import { type DemandConflict, demandConflict } from "./conflicts.ts";
import { type ConfluenceVerdict, confluenceVerdicts } from "./confluence.ts";
import { type CoordinationStyle, coordinationStyles } from "./contention.ts";
import { type AnswerTo, type Flip, nearestFlip } from "./flips.ts";
import { inputChanges } from "./input-changes.ts";
import { type JudgedOption, judgeOption } from "./judged-option.ts";
import { type OperationTradeOff, operationTradeOffs } from "./operation-trade-offs.ts";
import { cosmosOptions } from "./options/cosmos-db.ts";
import { clusterOptions } from "./options/in-cluster.ts";
import { relationalOptions } from "./options/relational.ts";
import { storageAndMessagingOptions } from "./options/storage-and-messaging.ts";
import type { StoreOption } from "./options/store-option.ts";
import { type PatternAdvice, patternsFor } from "./patterns.ts";
import { type RankedOption, type RankingTerms, rankOptions } from "./rank-options.ts";
import { recoveryBook } from "./recovery-rules.ts";
import { nearestRelief, type Relief } from "./relief.ts";
import type { StoreNeed } from "./store-need.ts";

/** Which store a need asks for, and everything that speaks for it. */
export interface StoreAdvice {
  readonly need: StoreNeed;
  readonly confluence: readonly ConfluenceVerdict[];
  /** Survivors, the answer first; empty where the demands conflict. */
  readonly ranked: readonly RankedOption[];
  /** What a rule rejects, of the shape that is asked for, in the order of the options. */
  readonly rejected: readonly JudgedOption[];
  /** Number of options that are for other shapes of data. */
  readonly otherShapes: number;
  readonly conflict?: DemandConflict;
  readonly flip?: Flip;
  /** Where nothing fits and no single change mends it. */
  readonly relief?: Relief;
  readonly tradeOffs: readonly OperationTradeOff[];
  readonly styles: readonly CoordinationStyle[];
  readonly patterns: readonly PatternAdvice[];
}

/** What the options of one need are made with. */
export interface OptionSurroundings {
  readonly cluster: Parameters<typeof clusterOptions>[1];
}

/** Every configuration that is compared for a need. */
function storeOptions(need: StoreNeed, { cluster }: OptionSurroundings, catalog: Catalog): readonly StoreOption[] {
  // A copy elsewhere is worth its price only where something asks for one.
  const asksForCopy = need.recovery.region !== undefined;
  const spare = asksForCopy ? need.otherRegions[0] : undefined;
  return [
    ...cosmosOptions(need, spare, catalog),
    ...relationalOptions(need, spare),
    ...storageAndMessagingOptions(need, spare, catalog),
    ...clusterOptions(need, cluster),
  ];
}

/** Filters by the rules, ranks what is left, and looks for the nearest change that would give another answer. */
export function adviseStore(
  need: StoreNeed,
  surroundings: OptionSurroundings,
  terms: RankingTerms,
  known: RecoveryKnowledge,
): StoreAdvice {
  const { catalog } = known;
  const options = storeOptions(need, surroundings, catalog);
  const book = recoveryBook(known);
  const quotes = new Map(options.map((option) => [option.id, terms.quote(option)]));
  const quoted: RankingTerms = { ...terms, quote: (option) => quotes.get(option.id) ?? terms.quote(option) };
  const judge = (option: StoreOption, changed: StoreNeed) => judgeOption(option, changed, catalog, book);
  const judgeAll = (changed: StoreNeed) => options.map((option) => judge(option, changed));
  const answerTo = (changed: StoreNeed): AnswerTo | undefined => {
    const [first] = rankOptions(judgeAll(changed), quoted, known);
    if (first === undefined) return undefined;
    return {
      label: first.option.label,
      monthlyCost: first.quote.kind === "priced" ? first.quote.monthlyCost : undefined,
    };
  };
  const judged = judgeAll(need);
  const ranked = rankOptions(judged, quoted, known);
  const answer = ranked[0]?.option;
  const changes = inputChanges(need, judged);
  const flip = nearestFlip(need, changes, answer?.label, answerTo);
  const isStuck = answer === undefined && flip === undefined;
  const relief = isStuck ? nearestRelief(need, judged, changes, judge, answerTo) : undefined;
  const confluence = confluenceVerdicts(need.entities);
  const conflict = demandConflict(judged, need, catalog);
  const ofShape = judged.filter(({ option }) => option.shapes.includes(need.shape));
  return {
    need,
    confluence,
    ranked,
    rejected: ofShape.filter(({ standing }) => standing === "rejected"),
    otherShapes: judged.length - ofShape.length,
    ...(conflict === undefined ? {} : { conflict }),
    ...(flip === undefined ? {} : { flip }),
    ...(relief === undefined ? {} : { relief }),
    tradeOffs: answer === undefined ? [] : operationTradeOffs(need, answer, confluence),
    styles: coordinationStyles(need, confluence),
    patterns: patternsFor(need, answer, confluence),
  };
}
