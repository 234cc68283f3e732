import type { PriceRefresh } from "../../operations/cost/cost-prices-refresh.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

const shownForReview = 20;

/** What a refresh took over, what it left out and why, and what to look at. */
export function priceRefreshDocument(report: PriceRefresh): Document {
  const { asOf, source, rows, taken, regions, dropped, failed, review } = report;
  const right = (title: string) => ({ title, align: "right" }) as const;
  const shown = (value: number) => value.toLocaleString("en-US");
  return [
    heading(1, `Prices of ${asOf}`),
    paragraph(`${source}: ${counted(rows, "row")}, ${shown(taken)} of them prices to take.`),
    ...table(
      [
        { title: "Region" },
        right("Sizes"),
        right("New"),
        right("Changed"),
        right("Spot"),
        right("Reservations"),
        right("Savings plans"),
        right("Disks"),
      ],
      regions.map((each) => [
        each.region,
        ...[
          each.payAsYouGo,
          each.newlyPriced,
          each.changed,
          each.spot,
          each.reservations,
          each.savingsPlans,
          each.disks,
        ].map(shown),
      ]),
    ),
    ...(dropped.length === 0 ? [] : [heading(2, "Left out")]),
    ...table(
      [right("Rows"), { title: "What they are" }, { title: "Such as" }],
      dropped.map(({ count, what, example }) => [shown(count), what, example]),
    ),
    ...(failed.length === 0 ? [] : [heading(2, "Failed checks")]),
    ...checkTable(failed),
    ...(review.length === 0 ? [] : [heading(2, "To look at")]),
    ...checkTable(review.slice(0, shownForReview)),
    ...(review.length <= shownForReview ? [] : bullets([`${shown(review.length - shownForReview)} more in -o json.`])),
  ];
}

function checkTable(items: PriceRefresh["failed"]): Document {
  return table(
    [{ title: "Price" }, { title: "Region" }, { title: "What" }],
    items.map(({ region, item, message }) => [item, region, message]),
  );
}
