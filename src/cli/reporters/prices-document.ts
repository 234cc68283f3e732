import type { VmPrices } from "../../operations/cost/cost-prices.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";

type PriceRow = NonNullable<VmPrices["payAsYouGo"]>;
type CommittedRow = VmPrices["reservation"][number];

/** Hours a day from which the usual rule of thumb reserves. */
const ruleOfThumbHours = 8;

/** Every price of a size with where it comes from, and from how many hours a day a commitment pays. */
export function pricesDocument(prices: VmPrices): Document {
  const { vmSize, region, vcpu, memoryGiB, payAsYouGo, spot, reservation, savingsPlan, missing, sources } = prices;
  const row = (label: string, price: PriceRow, committed?: CommittedRow) => [
    label,
    money(price.value),
    price.monthly.toFixed(2),
    committed?.ratio === undefined ? "" : `${(committed.ratio * 100).toFixed(1)}%`,
    committed?.breakEvenHoursPerDay === undefined ? "" : `${committed.breakEvenHoursPerDay.toFixed(1)} h/day`,
    `${price.source}, ${price.asOf}${price.verified ? "" : ", not verified"}`,
  ];
  const term = ({ termYears }: CommittedRow) => (termYears === 1 ? "1 year" : "3 years");
  const rows = [
    ...(payAsYouGo === undefined ? [] : [row("Pay as you go", payAsYouGo)]),
    ...(spot === undefined ? [] : [row("Spot", spot)]),
    ...reservation.map((each) => row(`Reservation, ${term(each)}`, each, each)),
    ...savingsPlan.map((each) => row(`Savings plan, ${term(each)}`, each, each)),
  ];
  const right = (title: string) => ({ title, align: "right" }) as const;
  const notes = [payAsYouGo, spot, ...reservation, ...savingsPlan].flatMap((each) => each?.note ?? []);
  const committed = [...reservation, ...savingsPlan].some(
    ({ breakEvenHoursPerDay }) => breakEvenHoursPerDay !== undefined,
  );
  return [
    heading(1, `${vmSize} in ${region}`),
    paragraph(`${vcpu ?? "?"} vCPU, ${memoryGiB ?? "?"} GiB, Linux, USD list prices without negotiated discount.`),
    ...table(
      [
        { title: "Purchase" },
        right("USD/hour"),
        right("USD/month"),
        right("Of list"),
        right("Pays from"),
        { title: "Source" },
      ],
      rows,
    ),
    ...(committed
      ? [
          paragraph(
            `A commitment pays from 24 h × its price ÷ pay as you go; the rule of thumb of ${ruleOfThumbHours} h/day stands for no size in particular.`,
          ),
        ]
      : []),
    ...(missing.length === 0 ? [] : [paragraph(`No source states: ${missing.join(", ")}.`)]),
    ...bullets([
      ...new Set(notes),
      ...Object.entries(sources).map(([id, { origin, date }]) => `${id}: ${origin}, ${date}`),
    ]),
  ];
}

/** Prices go down to millionths and are never rounded. */
function money(value: number): string {
  return String(Number(value.toPrecision(8)));
}
