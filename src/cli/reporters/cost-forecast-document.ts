import { formatMoney } from "../../estate/figures/format-figure.ts";
import type {
  BearerForecast,
  CostAnomaly,
  CostForecast,
  ForecastMethod,
  ForecastStep,
  UnitCost,
} from "../../operations/cost/cost-forecast-report.ts";
import type { Column } from "../terminal/table.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { sparkline } from "./sparkline.ts";
import { counted, listed } from "./words.ts";

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const significant = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
const count = new Intl.NumberFormat("en-US", { notation: "compact" });
/** Columns of a course; longer ones are drawn coarser. */
const courseWidth = 20;
const right = (title: string): Column => ({ title, align: "right" });

/** Months ahead, budgets, what is known to change, what stood out, unit costs, and why to believe it. */
export function costForecastDocument(report: CostForecast): Document {
  return [
    heading(1, `Forecast of ${report.estate}`),
    paragraph(basisText(report)),
    ...monthsTable(report),
    ...bearersTable(report),
    ...bullets(budgetLines(report)),
    ...section("What is known to change", bullets(report.steps.map((step) => stepLine(step, report.currency)))),
    ...section(
      "What stood out in the history",
      bullets(report.anomalies.map((anomaly) => anomalyLine(anomaly, report.currency))),
    ),
    ...unitCosts(report),
    ...methods(report),
    ...section(
      "Assumptions",
      bullets(report.assumptions.map(({ id, text, value }) => `${code(id)} ${text} Taken: ${value}.`)),
    ),
  ];
}

function section(title: string, body: Document): Document {
  return body.length === 0 ? [] : [heading(2, title), ...body];
}

function basisText({ history, partial, coverage }: CostForecast): string {
  const basis =
    history === undefined
      ? "From what is declared alone: low with every autoscaler at its minimum, high with all at their maximum, likely where the declared demand puts them. Months have their days: 730 hours are an average one."
      : `From ${counted(history.periods, history.step)} of costs (${code(history.source)}, ${history.from} to ${history.to}). In ${Math.round(100 * (coverage ?? 0))} of 100 months the cost lies between low and high.`;
  return partial ? `${basis} The forecast is partial: something has no price, or a history is too short.` : basis;
}

/** The sum of all bearers, month by month. */
function monthsTable({ total, currency }: CostForecast): Document {
  const [first] = total.months;
  const hasActual = (first?.actual ?? 0) > 0;
  const rows = total.months.map((month, index) => [
    index === 0 && hasActual ? `${month.month} *` : month.month,
    whole.format(month.likely),
    whole.format(month.low),
    whole.format(month.high),
    Math.abs(month.fromSteps) >= 0.5 ? `${month.fromSteps > 0 ? "+" : ""}${whole.format(month.fromSteps)}` : "",
  ]);
  return [
    ...table(
      [{ title: "Month" }, right(`${currency} likely`), right("Low"), right("High"), right("Known changes")],
      rows,
    ),
    ...(hasActual ? [paragraph(`* of it ${formatMoney(first?.actual ?? 0, currency)} are spent.`)] : []),
  ];
}

function bearersTable({ bearers, total }: CostForecast): Document {
  const [first, last] = [total.months[0]?.month, total.months.at(-1)?.month];
  if (first === undefined || last === undefined) return [];
  const cell = ({ months }: BearerForecast, index: number) => {
    const month = months.at(index);
    return month === undefined ? "?" : whole.format(month.likely);
  };
  const sum = ({ months }: BearerForecast) =>
    months.length === 0 ? "?" : whole.format(months.reduce((all, { likely }) => all + likely, 0));
  const rows = [...bearers, total].map((each) => [
    each.declared ? each.name : `${each.name} (not declared)`,
    cell(each, 0),
    cell(each, -1),
    sum(each),
    sparkline([...each.past.map(({ cost }) => cost), ...each.months.map(({ likely }) => likely)], courseWidth),
    each.budget === undefined ? "" : whole.format(each.budget.monthly),
    crossingText(each),
  ]);
  return [
    heading(2, "By tenant"),
    ...table(
      [
        { title: "Tenant" },
        right(first),
        right(last),
        right("All"),
        { title: "Course" },
        right("Budget"),
        { title: "Passed" },
      ],
      rows,
    ),
  ];
}

function crossingText({ budget }: BearerForecast): string {
  if (budget === undefined) return "";
  if (budget.crossing !== undefined) return `${budget.crossing.month}${probabilityText(budget.crossing.probability)}`;
  return budget.warning === undefined
    ? "no"
    : `maybe ${budget.warning.month}${probabilityText(budget.warning.probability)}`;
}

function probabilityText(probability: number | undefined): string {
  if (probability === undefined) return "";
  if (probability > 0.995) return ", > 99 %";
  return `, ${Math.round(100 * probability)} %`;
}

function budgetLines({ bearers, currency }: CostForecast): readonly string[] {
  return bearers.flatMap(({ name, budget, past }) => {
    if (budget === undefined) return [];
    const { passedBefore, crossing, warning, monthly } = budget;
    const lines: string[] = [];
    const budgetText = `the budget of ${formatMoney(monthly, currency)} a month`;
    if (passedBefore.length > 0)
      lines.push(
        `${name} passed ${budgetText} in ${passedBefore.length === past.length ? "every month" : `${passedBefore.length} of the ${past.length} months`} of the history (${listed(passedBefore)}).`,
      );
    else if (crossing !== undefined)
      lines.push(
        `${name} is expected to pass ${budgetText} in ${crossing.month}${probabilityText(crossing.probability)}${warning === undefined ? "" : `; from ${warning.month} on it may`}.`,
      );
    return lines;
  });
}

/** Money a month of what stays, money in all of what ends. */
function stepLine({ date, until, label, monthly, factor, byBearer }: ForecastStep, currency: string): string {
  const days = until === undefined ? undefined : (Date.parse(until) - Date.parse(date)) / 86_400_000;
  const when = until === undefined ? `From ${date}` : `From ${date} to before ${until}`;
  if (factor !== undefined) return `${when}: ${label}`;
  const part = days === undefined ? 1 : (days * 24) / 730;
  const bearers = Object.entries(byBearer)
    .toSorted(([, left], [, other]) => Math.abs(other) - Math.abs(left))
    .map(([bearer, money]) => `${bearer} ${signed(money * part, currency)}`);
  const span = days === undefined ? "a month" : "in all";
  return `${when}: ${label}, ${signed((monthly ?? 0) * part, currency)} ${span}${bearers.length === 0 ? "" : ` (${listed(bearers)})`}`;
}

function anomalyLine(anomaly: CostAnomaly, currency: string): string {
  const { bearer, kind, from, to, actual, expected, score, changes, coincidesWith } = anomaly;
  const days = from === to ? from : `${from} to ${to}`;
  const what =
    kind === "shift"
      ? `${bearer} costs ${formatMoney(actual, currency)} from ${from} on instead of ${formatMoney(expected, currency)}`
      : `${bearer} cost ${formatMoney(actual, currency)} on ${days}, expected ${formatMoney(expected, currency)} (${(score ?? 0) > 20 ? "more than 20" : score} deviations ${kind})`;
  const why = changes.map(({ item, difference }) => `${item} ${signed(difference, currency)}`);
  const event = coincidesWith.length === 0 ? "" : `; at the time of ${listed(coincidesWith)}`;
  return `${what}${why.length === 0 ? "" : `: ${why.join(", ")}`}${event}`;
}

function signed(amount: number, currency: string): string {
  return `${amount < 0 ? "-" : "+"}${formatMoney(Math.abs(amount), currency)}`;
}

function unitCosts({ unitCosts: units, currency }: CostForecast): Document {
  if (units.length === 0) return [];
  const amount = ({ result }: UnitCost["ofTenant"]) =>
    result.kind === "exact" ? significant.format(result.value) : "?";
  return [
    heading(2, "Unit costs"),
    ...table(
      [
        { title: `${currency} for` },
        { title: "Application" },
        right("Application"),
        right("Tenant"),
        right("Fully loaded"),
        { title: "Course" },
        right("Trend"),
      ],
      units.map((each) => [
        each.per === 1 ? each.unit : `${count.format(each.per)} ${each.unit}s`,
        each.application,
        amount(each.ofApplication),
        amount(each.ofTenant),
        amount(each.fullyLoaded),
        sparkline(
          each.months.map(({ unitCost }) => unitCost ?? 0),
          courseWidth,
        ),
        each.trend === undefined ? "" : `${each.trend > 0 ? "+" : ""}${(100 * each.trend).toFixed(1)} %`,
      ]),
    ),
    paragraph(
      "By what the application costs, by what its whole tenant costs, and with the tenant's part of platform, idle and fees. Course and trend follow the tenant's cost, month by month: a campaign makes units cheap.",
    ),
  ];
}

const modelWords: { readonly [model in ForecastMethod["model"]]: string } = {
  "seasonal-naive": "last season again, with its drift",
  "trend-and-season": "straight line and season",
  "exponential-smoothing": "Holt-Winters",
};

/** Which model won where, and by how much. */
function methods({ bearers, total, history }: CostForecast): Document {
  const fitted = [...bearers, total].flatMap(({ name, method }) => (method === undefined ? [] : [{ name, method }]));
  if (fitted.length === 0 || history === undefined) return [];
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const errorOf = ({ backtest }: ForecastMethod, model: ForecastMethod["model"]) => {
    const found = backtest.find((each) => each.model === model);
    return found === undefined ? "" : percent(found.relativeError);
  };
  const [sample] = fitted;
  return [
    heading(2, "Why to believe it"),
    ...table(
      [
        { title: "Tenant" },
        { title: "Model taken" },
        right("Naive"),
        right("Line"),
        right("Holt-Winters"),
        right("Interval ×"),
      ],
      fitted.map(({ name, method }) => [
        name,
        modelWords[method.model],
        errorOf(method, "seasonal-naive"),
        errorOf(method, "trend-and-season"),
        errorOf(method, "exponential-smoothing"),
        String(method.calibration),
      ]),
    ),
    paragraph(
      `Each model forecast the past, up to ${sample?.method.folds ?? 0} times and ${counted(sample?.method.horizon ?? 0, history.step)} ahead; the columns are its mean absolute error. The best is taken, of equal ones the simplest. Its intervals are widened until they hold as often as they say.`,
    ),
  ];
}
