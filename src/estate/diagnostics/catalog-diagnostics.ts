import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { didYouMean, shorten } from "./wording.ts";

export const vmSizeUnknown: DiagnosticRule<{
  readonly pool: string;
  readonly vmSize: string;
  /** Sizes of the catalog. */
  readonly candidates: readonly string[];
}> = {
  code: "EST-500",
  name: "vm-size-unknown",
  severity: "error",
  message: ({ pool, vmSize }) =>
    `vmSize of pool ${shorten(pool)} is "${shorten(vmSize)}", which the catalog does not know, so its nodes have neither capacity nor price.`,
  hint: ({ vmSize, candidates }) =>
    `${didYouMean(vmSize, candidates)} Sizes are written as Azure does, such as Standard_D4s_v5.`,
};

export const regionUnknown: DiagnosticRule<{ readonly region: string; readonly candidates: readonly string[] }> = {
  code: "EST-501",
  name: "region-unknown",
  severity: "warning",
  message: ({ region }) =>
    `Region "${shorten(region)}" is not known to the catalog, so nothing in it has a price: the bill leaves it out.`,
  hint: ({ region, candidates }) =>
    `${didYouMean(region, candidates)} Regions are written as Azure does, such as westeurope.`,
};

export const regionWithoutPrices: DiagnosticRule<{ readonly region: string }> = {
  code: "EST-502",
  name: "region-without-prices",
  severity: "warning",
  message: ({ region }) =>
    `The catalog has no prices of virtual machines for region "${shorten(region)}": the bill leaves its nodes out.`,
  hint: () => "Where only the order of size matters, assess the estate with a priced region near it.",
};

/** Every rule of names that only the catalog knows, for the catalogue of diagnostics. */
export const catalogDiagnosticRules = [vmSizeUnknown, regionUnknown, regionWithoutPrices] as const;
