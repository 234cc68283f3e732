import { useCallback, useMemo } from "react";
import type { FrontPoint, StructurePlan } from "../../../src/operations/planning/plan-report.ts";
import { signedMoney } from "../bill/bill-money.ts";
import { ChartFigure } from "../charts/chart-figure.tsx";
import { wholeMoney } from "../figures/money.ts";
import { plural } from "../graph/plural.ts";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { drawnPoints, frontLook, frontOption, frontWords, minutesWords } from "./front-chart.ts";
import classes from "./plan-view.module.css";
import { percent, proofSentence } from "./plan-words.ts";

/** Cost against availability, and how far from the cheapest the plan can be. */
export function TradeOffPart({ plan }: { readonly plan: StructurePlan }) {
  return (
    <>
      <Front plan={plan} />
      <Proof plan={plan} />
    </>
  );
}

function Front({ plan: { front, currency } }: { readonly plan: StructurePlan }) {
  const { view, change } = useWorkbench();
  const recommended = front.find(({ isRecommended }) => isRecommended);
  const chosen = front.find(({ id }) => id === view.point) ?? recommended ?? front[0];
  const money = useMemo(() => (amount: number) => wholeMoney(amount, currency), [currency]);
  const option = useMemo(() => frontOption(front, chosen?.id ?? "", money), [front, chosen, money]);
  const choose = useCallback(
    (id: string) => change({ point: id === "recommended" ? undefined : id }, "replace"),
    [change],
  );
  if (chosen === undefined) return <p className={classes.words}>Other structures were not compared.</p>;
  return (
    <section className={classes.part} aria-label="Cost against availability">
      {drawnPoints(front).length === 0 ? (
        <p className={classes.words}>No journey's downtime is known: structures differ by cost alone.</p>
      ) : (
        <ChartFigure
          title="Minutes down a month, over all journeys, by the bill of a month"
          option={option}
          words={frontWords(front, money)}
          axis="bill of a month"
          lines={[{ name: "front: nothing that stands as much is both cheaper and more available", look: frontLook }]}
          onPick={choose}
        />
      )}
      <ul className={classes.points} aria-label="Structures, the cheapest first">
        {front.map((point) => (
          <li key={point.id}>
            <button
              type="button"
              aria-pressed={point === chosen}
              className={classes.point}
              onClick={() => choose(point.id)}
            >
              <span className={classes.pointLabel}>
                <PointMark point={point} /> {point.label}
              </span>
              <span className={classes.amount}>{money(point.monthly)}</span>
              <span className={classes.amount}>
                {point.downtimeMinutes === undefined ? "not known" : minutesWords(point.downtimeMinutes)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {recommended === undefined ? null : (
        <Chosen point={chosen} recommended={recommended} front={front} currency={currency} />
      )}
    </section>
  );
}

/** The same marks as in the drawing. */
function PointMark({ point: { isRecommended, isOnFront } }: { readonly point: FrontPoint }) {
  return (
    <svg className={classes.mark} viewBox="0 0 14 14" aria-hidden="true" data-front={isOnFront || isRecommended}>
      {isRecommended ? <path d="M7 .8 13.2 7 7 13.2.8 7Z" /> : <circle cx="7" cy="7" r="4.4" />}
    </svg>
  );
}

interface ChosenProps {
  readonly point: FrontPoint;
  readonly recommended: FrontPoint;
  readonly front: readonly FrontPoint[];
  readonly currency: string;
}

/** What the chosen structure means, against the recommended one. */
function Chosen({ point, recommended, front, currency }: ChosenProps) {
  const better = point.isOnFront ? undefined : front.find((other) => !other.isPaidInAdvance && dominates(other, point));
  const missed = plural(point.objectivesMissed, "objective");
  return (
    <div className={classes.chosen} role="status">
      <h3>{point.label}</h3>
      <p>
        {point.isRecommended ? <Badge badge={recommendedBadge} /> : null}
        {wholeMoney(point.monthly, currency)} a month
        {point.isRecommended
          ? ""
          : ` (${signedMoney(point.monthly - recommended.monthly, currency)} against the recommended)`}
        {point.downtimeMinutes === undefined ? "" : `; ${minutesWords(point.downtimeMinutes)} down`}
        {point.downtimeMinutes === undefined || recommended.downtimeMinutes === undefined || point.isRecommended
          ? ""
          : ` (${signedMinutes(point.downtimeMinutes - recommended.downtimeMinutes)})`}
        {point.downtimeCost > 0 ? `, which costs ${wholeMoney(point.downtimeCost, currency)}` : ""}; {missed} missed.{" "}
        {zoneLossSentences[point.standsZoneLoss]}
      </p>
      {better === undefined ? null : (
        <p>
          Not on the front: “{better.label}” is {better.monthly < point.monthly ? "cheaper" : "as cheap"} and no less
          available.
        </p>
      )}
    </div>
  );
}

const zoneLossSentences: { readonly [each in FrontPoint["standsZoneLoss"]]: string } = {
  none: "It is not made to stand the loss of a zone, which environments of high criticality have to.",
  highCriticality: "Environments of high criticality stand the loss of a zone, as they have to.",
  all: "Every environment stands the loss of a zone.",
};

const recommendedBadge = {
  symbol: "check",
  text: "recommended",
  tone: "good",
  title: "What the plan proposes",
} as const;

const stands: readonly FrontPoint["standsZoneLoss"][] = ["none", "highCriticality", "all"];

function dominates(left: FrontPoint, right: FrontPoint): boolean {
  if (stands.indexOf(left.standsZoneLoss) < stands.indexOf(right.standsZoneLoss)) return false;
  if (left.downtimeMinutes === undefined || right.downtimeMinutes === undefined) return left.monthly < right.monthly;
  return (
    left.monthly <= right.monthly &&
    left.downtimeMinutes <= right.downtimeMinutes &&
    (left.monthly < right.monthly || left.downtimeMinutes < right.downtimeMinutes)
  );
}

function signedMinutes(minutes: number): string {
  if (Math.abs(minutes) < 0.0005) return "as long";
  return `${minutes > 0 ? "+" : "−"}${minutesWords(Math.abs(minutes))}`;
}

/** The bound, the plan above it, and what the bound says nothing about. */
function Proof({ plan: { proof, currency } }: { readonly plan: StructurePlan }) {
  const { monthly, lowerBound, gap, packingGap, notCovered } = proof;
  const money = (amount: number) => wholeMoney(amount, currency);
  const share = (amount: number) => (monthly > 0 ? `${(100 * amount) / monthly}%` : "0%");
  const packed = lowerBound * (1 + packingGap);
  return (
    <section className={classes.part} aria-label="Proof">
      <h3 className={classes.subtitle}>How far from the cheapest</h3>
      <p className={classes.words}>{proofSentence(proof, money)}</p>
      <div
        className={classes.proof}
        role="img"
        aria-label={`Lower bound ${money(lowerBound)}, plan ${money(monthly)}, gap ${percent(gap)}`}
      >
        <span data-part="bound" style={{ width: share(lowerBound) }} />
        <span data-part="packing" style={{ width: share(packed - lowerBound) }} />
        <span data-part="scheduler" style={{ width: share(monthly - packed) }} />
      </div>
      <ul className={classes.proofKey} aria-label="Parts of the bar">
        <li data-part="bound">proven bound {money(lowerBound)}</li>
        <li data-part="packing">packing above it {percent(packingGap)}</li>
        <li data-part="scheduler">nodes for the scheduler {percent(Math.max(0, gap - packingGap))}</li>
      </ul>
      <p className={classes.words}>
        Nodes and tiers at pay-as-you-go prices. The bound says nothing about: {notCovered.join("; ")}.
      </p>
    </section>
  );
}
