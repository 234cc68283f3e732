import type { BilledItem } from "./billed-items.ts";
import type { DeclaredItem } from "./declared-items.ts";
import { type DifferencePart, type DifferenceReason, differenceReasons } from "./difference-reason.ts";

/** Kinds of items that no declaration has, with why. */
const ofTheirOwn: { readonly [kind: string]: DifferenceReason } = {
  tax: "tax",
  credit: "credit",
  purchase: "purchase",
  egress: "egress",
};

/**
 * Why an item's bill differs from its declaration; the amounts add up to billed − declared. By the hour: first the hours
 * at the declared price; then, at the billed hours, what commitments, spot prices and Windows meters take off or add
 * against the declared price before commitments; the rest is another price.
 */
export function explainItem(
  declared: DeclaredItem | undefined,
  billed: BilledItem | undefined,
): readonly DifferencePart[] {
  if (billed === undefined) return declared === undefined ? [] : notBilled(declared);
  const own = ofTheirOwn[billed.item.kind];
  if (own !== undefined) return [part(own, billed.cost - (declared?.cost ?? 0), metersText(billed))];
  if (declared === undefined) return [part("notDeclared", billed.cost, metersText(billed))];
  if (declared.cost === 0 && declared.unpriced !== undefined) return [part("unpriced", billed.cost, declared.unpriced)];
  if (billed.hours === undefined || declared.hours === undefined || !(declared.hours > 0) || !(billed.hours > 0))
    return byAmount(declared, billed);
  return byHours(declared, billed, declared.hours, billed.hours);
}

function notBilled({ cost, unpriced }: DeclaredItem): readonly DifferencePart[] {
  if (cost === 0) return [];
  return [part("notBilled", -cost, unpriced ?? "no row of the bill is of it")];
}

/** Without hours on both sides only the way of paying can be told. */
function byAmount(declared: DeclaredItem, billed: BilledItem): readonly DifferencePart[] {
  const text = declared.unpriced === undefined ? metersText(billed) : `a part has no price: ${declared.unpriced}`;
  return kept([part(declared.unpriced === undefined ? "price" : "unpriced", billed.cost - declared.cost, text)]);
}

function byHours(
  declared: DeclaredItem,
  billed: BilledItem,
  declaredHours: number,
  billedHours: number,
): readonly DifferencePart[] {
  const scale = billedHours / declaredHours;
  const contracted = declared.contracted / declaredHours;
  const effect = (...kinds: readonly ("payAsYouGo" | "spot" | "commitment" | "marketplace" | "windows")[]) =>
    kinds.reduce((sum, kind) => {
      const own = billed.byKind.get(kind);
      return own === undefined ? sum : sum + own.cost - own.hours * contracted;
    }, 0);
  const hoursOf = (kind: "commitment" | "spot") => billed.byKind.get(kind)?.hours ?? 0;
  return kept([
    part(
      "hours",
      (billedHours - declaredHours) * (declared.cost / declaredHours),
      `${shown(billedHours)} h billed, ${shown(declaredHours)} h declared`,
    ),
    part(
      "commitment",
      effect("commitment") - declared.commitmentEffect * scale,
      `${shown(hoursOf("commitment"))} of ${shown(billedHours)} billed hours are covered by commitments`,
    ),
    part(
      "spot",
      effect("spot") - declared.spotEffect * scale,
      `${shown(hoursOf("spot"))} of ${shown(billedHours)} billed hours are at spot prices`,
    ),
    part("windowsMeter", effect("windows"), "the meter, or a licence beside it, is one of Windows"),
    part(
      "price",
      effect("payAsYouGo", "marketplace") -
        (declared.cost - declared.contracted - declared.commitmentEffect - declared.spotEffect) * scale,
      priceText(billed, contracted),
    ),
  ]);
}

function priceText({ byKind }: BilledItem, contracted: number): string {
  const own = byKind.get("payAsYouGo");
  const price = own === undefined || own.hours === 0 ? undefined : own.cost / own.hours;
  return price === undefined
    ? "nothing was billed pay as you go"
    : `${Number(price.toPrecision(5))} an hour billed, ${Number(contracted.toPrecision(5))} declared`;
}

function metersText({ meters, rows }: BilledItem): string {
  const names = [...meters].join("; ");
  return names === "" ? `${rows.toLocaleString("en-US")} ${rows === 1 ? "row" : "rows"}` : names;
}

/** Less than a thousandth of a cent is the arithmetic's. */
function kept(parts: readonly DifferencePart[]): readonly DifferencePart[] {
  return parts.filter(({ amount }) => Math.abs(amount) > 1e-5);
}

function part(reason: DifferenceReason, amount: number, text: string): DifferencePart {
  return { reason, amount, text: text === "" ? differenceReasons[reason] : text };
}

function shown(hours: number): string {
  return (Math.round(hours * 10) / 10).toLocaleString("en-US");
}
