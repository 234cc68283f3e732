import type { TenantPair } from "../../tenancy/structure-report.ts";
import type { Style } from "../terminal/style.ts";

/** A pair of tenants, layer by layer: what is shared, why, and whether both accept it. */
export function pairText({ tenants, layers, verdict }: TenantPair, style: Style): string {
  const width = Math.max(...layers.map(({ layer }) => layer.length));
  return [
    style.bold(`${tenants.join(" and ")}`),
    `  ${verdict}`,
    "",
    ...layers.map(({ layer, sharing, accepted, met, because }) => {
      const state =
        met === true ? style.green("met") : met === false ? style.red("NOT MET") : style.yellow("not evaluable");
      return `  ${layer.padEnd(width)}  ${sharing}${accepted === undefined ? "" : `, wanted ${accepted}`}: ${state}; ${because}`;
    }),
  ].join("\n");
}
