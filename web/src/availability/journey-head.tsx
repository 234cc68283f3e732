import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { type Figure, likelyValue } from "../../../src/estate/figures/figure.ts";
import { formatAvailability, formatMinutes, formatValue } from "../../../src/estate/figures/format-figure.ts";
import type { JourneyInDepth } from "../../../src/operations/availability/journey-in-depth.ts";
import { figureText } from "../figures/figure-text.ts";
import { wholeMoney } from "../figures/money.ts";
import { UnfoldingNumber } from "../figures/unfolding-number.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./availability-view.module.css";
import { useDepth } from "./use-availability.ts";

/** The chosen journey in large numbers, and what is to be said of them. */
export function JourneyHead({ journey }: { readonly journey: JourneyAvailability }) {
  const { assessment, texts, change } = useWorkbench();
  const depth = useDepth(texts);
  const inDepth =
    depth.kind === "ready" ? depth.report.journeys.find((each) => each.journey === journey.journey) : undefined;
  const { outagesPerYear, meanOutageMinutes, atLeast, unavailability } = journey;
  const down = atLeast ?? journey.downtimeMinutesPerMonth;
  return (
    <div className={classes.head}>
      <div className={classes.titleRow}>
        <h2 className={classes.title}>{journey.label}</h2>
        <button
          type="button"
          className={classes.link}
          onClick={() => change({ view: "map", lens: "availability", selection: `journey/${journey.journey}` })}
        >
          Show on the map
        </button>
      </div>
      <dl className={classes.numbers}>
        <BigNumber label="Available" figure={unavailability} format={formatAvailability} />
        <BigNumber
          label={atLeast === undefined ? "Down a month" : "Down at least"}
          figure={down}
          format={formatMinutes}
        />
        {inDepth?.downtimeCost === undefined ? (
          <PlainCost journey={journey} />
        ) : (
          <BigNumber
            label="Costs a month"
            figure={inDepth.downtimeCost}
            format={(value) => wholeMoney(value, assessment.cost.currency)}
          />
        )}
        {outagesPerYear === undefined ? null : (
          <div>
            <dt>Outages a year</dt>
            <dd>
              {formatValue(outagesPerYear, "")}
              <span className={classes.unit}>
                {meanOutageMinutes === undefined ? "" : ` of ${formatMinutes(meanOutageMinutes)}`}
              </span>
            </dd>
          </div>
        )}
      </dl>
      <ul className={classes.facts}>
        {unavailability.result.kind === "notEvaluable" ? <li>{figureText(unavailability).certainty}.</li> : null}
        {factsOf(journey, inDepth).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </div>
  );
}

/** The money until its reasons are here, so that nothing moves when they come. */
function PlainCost({ journey: { downtimeCostMonthly } }: { readonly journey: JourneyAvailability }) {
  const { assessment } = useWorkbench();
  if (downtimeCostMonthly === undefined) return null;
  return (
    <div>
      <dt>Costs a month</dt>
      <dd>{wholeMoney(downtimeCostMonthly, assessment.cost.currency)}</dd>
    </div>
  );
}

interface BigNumberProps {
  readonly label: string;
  readonly figure: Figure;
  readonly format: (value: number) => string;
}

function BigNumber({ label, figure, format }: BigNumberProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <UnfoldingNumber figure={figure} format={format} />
      </dd>
    </div>
  );
}

function factsOf(journey: JourneyAvailability, inDepth: JourneyInDepth | undefined): readonly string[] {
  const { objective, objectiveMet, worstCase, parts } = journey;
  const margin = inDepth?.marginMinutesPerMonth;
  const by = margin === undefined ? "" : ` by ${formatMinutes(Math.abs(margin))} a month`;
  const verdict =
    objectiveMet === true ? `is met${by}` : objectiveMet === false ? `is missed${by}` : "is not evaluable";
  const minutes = (figure: Figure) => formatMinutes(likelyValue(figure) ?? 0);
  return [
    objective === undefined ? "No objective is declared." : `Its objective ${objective} ${verdict}.`,
    ...(parts === undefined
      ? []
      : [
          `Of a month ${minutes(parts.unplanned)} are failures, ${minutes(parts.deployments)} bad deployments, ${minutes(parts.upgrades)} upgrades of node pools.`,
        ]),
    ...(worstCase === undefined ? [] : [`Placed as badly as allowed: ${worstCase.words.replace(/\.?$/, ".")}`]),
    ...(inDepth?.minutesWithoutDeclared === undefined
      ? []
      : [
          `By published SLAs and assumptions alone, without what the estate declares: ${formatMinutes(inDepth.minutesWithoutDeclared)} a month.`,
        ]),
  ];
}
