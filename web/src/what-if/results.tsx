import type { ReactNode } from "react";
import { type Figure, likelyValue } from "../../../src/estate/figures/figure.ts";
import type { WhatIfAvailability } from "../../../src/operations/what-if/compare-availability.ts";
import type { QuickWhatIf } from "../../../src/operations/what-if/what-if.ts";
import { wholeMoney } from "../figures/money.ts";
import { UnfoldingNumber } from "../figures/unfolding-number.tsx";
import { plural } from "../graph/plural.ts";
import type { ReportState } from "../reports/report-source.ts";
import { differenceWords, minutesText, worstChanged } from "./effect-words.ts";
import { useLastReady } from "./use-last-ready.ts";
import classes from "./what-if-strip.module.css";

interface ResultsProps {
  readonly quick: ReportState<QuickWhatIf>;
  readonly availability: ReportState<WhatIfAvailability>;
  readonly count: number;
}

/** Before, after and difference: cost and isolation at once, availability when it is there. */
export function Results({ quick, availability, count }: ResultsProps) {
  const now = useLastReady(quick);
  const later = useLastReady(availability);
  const failed = [quick, availability].find((state) => state.kind === "failed");
  if (failed?.kind === "failed") {
    return (
      <p className={classes.hint} role="alert">
        {failed.problem.sentence}
      </p>
    );
  }
  return (
    <>
      <dl className={classes.results}>
        <Result label="Cost a month" isBusy={now.isBusy}>
          {now.report === undefined ? undefined : <Cost report={now.report} />}
        </Result>
        <Result label="Pairs that share too much" isBusy={now.isBusy}>
          {now.report === undefined ? undefined : <Isolation report={now.report} />}
        </Result>
        <Result label="Minutes down a month, of the journey that changes most" isBusy={later.isBusy}>
          {later.report === undefined ? undefined : <Downtime report={later.report} />}
        </Result>
      </dl>
      <p role="status" className="visually-hidden">
        {now.isBusy
          ? `Computing ${plural(count, "change")}`
          : later.isBusy
            ? "Cost and isolation are there, availability is being computed"
            : "Cost, isolation and availability are there"}
      </p>
    </>
  );
}

interface ResultProps {
  readonly label: string;
  readonly isBusy: boolean;
  readonly children: ReactNode | undefined;
}

function Result({ label, isBusy, children }: ResultProps) {
  return (
    <div className={classes.result}>
      <dt>
        {label}
        {isBusy ? <span className={classes.busy}>computing</span> : null}
      </dt>
      <dd aria-busy={isBusy}>{children ?? <span className={classes.soft}>…</span>}</dd>
    </div>
  );
}

interface ChangeOfProps {
  readonly before: Figure;
  readonly after: Figure;
  readonly format: (value: number) => string;
}

function ChangeOf({ before, after, format }: ChangeOfProps) {
  return (
    <>
      <UnfoldingNumber figure={before} format={format} />
      <span className={classes.soft}> to </span>
      <UnfoldingNumber figure={after} format={format} />
    </>
  );
}

function Cost({ report: { cost } }: { readonly report: QuickWhatIf }) {
  const { before, after, difference, currency, waiting } = cost;
  const format = (amount: number) => wholeMoney(amount, currency);
  const words = differenceWords(difference, format);
  return (
    <>
      <ChangeOf before={before} after={after} format={format} />{" "}
      <span className={classes.delta} data-good={words.sense}>
        {words.text}
      </span>
      {waiting.after > waiting.before ? (
        <span className={classes.alert}> {plural(waiting.after - waiting.before, "pod")} without a node</span>
      ) : null}
    </>
  );
}

function Isolation({ report: { isolation } }: { readonly report: QuickWhatIf }) {
  const { before, after, layers } = isolation;
  const more = layers.after - layers.before;
  return (
    <>
      <ChangeOf before={before} after={after} format={(count) => `${count}`} />{" "}
      <span className={classes.delta} data-good={more === 0 ? "none" : more < 0 ? "better" : "worse"}>
        {more === 0 ? "as many layers" : `${more > 0 ? "+" : "−"}${plural(Math.abs(more), "layer")}`}
      </span>
    </>
  );
}

function Downtime({ report }: { readonly report: WhatIfAvailability }) {
  const journey = worstChanged(report);
  if (journey === undefined) return <span className={classes.soft}>no journey is known</span>;
  const { difference = 0, before, after } = journey;
  const currency = report.cost.before.unit.split("/")[0] ?? "";
  const [was, is] = [likelyValue(report.cost.before), likelyValue(report.cost.after)];
  const cost = was === undefined || is === undefined ? 0 : is - was;
  if (difference === 0) return <span className={classes.delta}>no journey changes</span>;
  return (
    <>
      <span className={classes.of}>{journey.journey}</span>{" "}
      <ChangeOf before={before} after={after} format={minutesText} />{" "}
      <span className={classes.delta} data-good={difference < 0 ? "better" : "worse"}>
        {`${difference > 0 ? "+" : "−"}${minutesText(Math.abs(difference))}`}
        {Math.abs(cost) < 0.5
          ? ""
          : `; all downtime ${cost > 0 ? "+" : "−"}${wholeMoney(Math.abs(cost), currency)} a month`}
      </span>
    </>
  );
}
