import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { exactFigure, type Figure, notEvaluableFigure, type Reason } from "../../estate/figures/figure.ts";
import { shareCharges } from "../../finops/allocation/share-charges.ts";
import { assumptionReason } from "../../finops/bill/charge.ts";
import type { PricedEstate } from "../../finops/compute-cost.ts";
import { monthOf } from "../../finops/forecast/calendar.ts";
import { bearerCosts, platformBearer } from "../../finops/forecast/declared/bearer-costs.ts";
import type { DeclaredLoad } from "../../finops/forecast/declared/declared-load.ts";
import {
  readableUnitCount,
  singularUnit,
  type UnitCount,
  unitCostMonths,
  unitCostTrend,
  unitsByMonth,
} from "../../finops/unit-cost/unit-cost.ts";
import type { BearerForecast, UnitCost } from "./cost-forecast-report.ts";

export interface UnitCostOptions {
  readonly fromDay: number;
  readonly lastMonth: number;
  readonly monthlyGrowth: number;
  readonly currency: string;
  readonly assumption: Assumption;
}

/** The cost of a unit of each declared load: of its application, of its tenant, and with all that is shared. */
export function unitCostsOf(
  priced: PricedEstate,
  loads: readonly DeclaredLoad[],
  bearers: readonly BearerForecast[],
  options: UnitCostOptions,
): readonly UnitCost[] {
  const byApplication = applicationCosts(priced);
  const byBearer = bearerCosts(priced);
  const tenants = [...byBearer].filter(([name]) => name !== platformBearer).reduce((sum, [, cost]) => sum + cost, 0);
  const loading = tenants > 0 ? 1 + (byBearer.get(platformBearer) ?? 0) / tenants : 1;
  return loads.map((load) => {
    const unit = singularUnit(load.profile.unit);
    const tenantCost = byBearer.get(load.tenant) ?? 0;
    const growth = { monthly: options.monthlyGrowth, fromDay: options.fromDay };
    const firstMonth = monthOf(options.fromDay);
    // A month of 730 hours of the mean rate of the twelve months ahead: what the bill of a month stands against.
    const year = unitsByMonth(load, firstMonth, firstMonth + 11, { monthly: 0, fromDay: 0 });
    const unitsAMonth = year.reduce((sum, { units }) => sum + units, 0) / 12;
    const per = readableUnitCount(unitsAMonth > 0 ? tenantCost / unitsAMonth : 0);
    const bearer = bearers.find(({ name }) => name === load.tenant);
    const costs = new Map(
      [...(bearer?.past ?? []), ...(bearer?.months ?? []).map(({ month, likely }) => ({ month, cost: likely }))].map(
        ({ month, cost }) => [month, cost],
      ),
    );
    const pastMonths = bearer?.past.length ?? 0;
    const units = unitsByMonth(load, firstMonth - pastMonths, options.lastMonth, growth);
    const months = load.shape === undefined ? [] : unitCostMonths(units, (month) => costs.get(month), per);
    const trend = unitCostTrend(months);
    const id = `cost/unit/${load.application}/${load.profile.name}`;
    const figure = (name: string, label: string, cost: number, how: string) =>
      unitFigure(`${id}/${name}`, label, cost, how, { load, unitsAMonth, unit, per, options });
    return {
      application: load.application,
      tenant: load.tenant,
      environment: load.environment,
      profile: load.profile.name,
      unit,
      per,
      ofApplication: figure(
        "application",
        `Unit cost of ${load.application}`,
        byApplication.get(load.application) ?? 0,
        `what ${load.application} costs in all environments`,
      ),
      ofTenant: figure("tenant", `Unit cost of tenant ${load.tenant}`, tenantCost, `what ${load.tenant} costs`),
      fullyLoaded: figure(
        "fully-loaded",
        `Unit cost of tenant ${load.tenant} with its part of platform, idle and fees`,
        tenantCost * loading,
        `what ${load.tenant} costs times ${Number(loading.toFixed(4))}, the bill over what tenants cost`,
      ),
      months,
      ...(trend === undefined ? {} : { trend: Number(trend.toFixed(4)) }),
    };
  });
}

interface UnitBasis {
  readonly load: DeclaredLoad;
  readonly unitsAMonth: number;
  readonly unit: string;
  readonly per: UnitCount;
  readonly options: UnitCostOptions;
}

function unitFigure(
  id: string,
  label: string,
  cost: number,
  how: string,
  { load, unitsAMonth, unit, per, options }: UnitBasis,
): Figure {
  const count = per.toLocaleString("en-US");
  const money = `${options.currency}/${count} ${unit}${per === 1 ? "" : "s"}`;
  if (load.shape === undefined) {
    return notEvaluableFigure(id, label, money, [`a shape of LoadProfile/${load.profile.name}: it has a series only`]);
  }
  if (unitsAMonth <= 0) return notEvaluableFigure(id, label, money, [`demand in LoadProfile/${load.profile.name}`]);
  const { place } = load.profile;
  const reasons: Reason[] = [
    {
      kind: "formula",
      text: `${count} × ${cost.toFixed(2)} a month (${how}) / ${Math.round(unitsAMonth)} ${unit}s a month`,
    },
    {
      kind: "declared",
      name: `LoadProfile/${load.profile.name}`,
      value: Math.round(unitsAMonth),
      unit: `${unit}s a month, mean of twelve months with events`,
      ...(place === undefined ? {} : { place }),
    },
    assumptionReason(options.assumption),
  ];
  return exactFigure(id, label, money, Number(((per * cost) / unitsAMonth).toPrecision(6)), reasons);
}

function applicationCosts({ context, charges }: PricedEstate): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  for (const { bearer, amount } of shareCharges(context, charges).shares) {
    if (bearer.part !== "tenant" || bearer.application === undefined) continue;
    costs.set(bearer.application, (costs.get(bearer.application) ?? 0) + amount);
  }
  return costs;
}
