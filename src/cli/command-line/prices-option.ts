import { Option } from "commander";
import { parseList } from "./option-values.ts";

/** `--prices`, for every command that prices something. */
export function pricesOption(): Option {
  return new Option(
    "--prices <files>",
    "price layers over the prices that ship, as cost prices --refresh writes them (default: the variable SCANTLING_PRICES)",
  ).argParser(parseList);
}
