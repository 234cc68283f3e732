import { defaultCatalog } from "../../../src/catalog/default-catalog.ts";
import type { Estate, LoadProfile } from "../../../src/estate/model/estate.ts";
import { simulateEstateLoad } from "../../../src/operations/simulation/simulate-load.ts";
import type { LoadAnswer, LoadRequest } from "./load-request.ts";

/** The same as the command line takes by default: equal questions have equal answers there and here. */
const seed = 1;

/** Simulates what is asked for; `today` is `YYYY-MM-DD`. */
export function answerLoad(
  estate: Estate,
  texts: { readonly [path: string]: string },
  today: string,
  { environment, entryPoint, days, strategies }: LoadRequest,
): LoadAnswer {
  return simulateEstateLoad(estate, defaultCatalog, {
    environment,
    entryPoint,
    days,
    ...(strategies === undefined ? {} : { strategies }),
    seed,
    today,
    textOf: (profile, file) => textBeside(texts, profile, file),
  });
}

/** The text of a file that a profile names, relative to its document. */
export function textBeside(texts: { readonly [path: string]: string }, { place }: LoadProfile, file: string) {
  const encoded = (path: string) => path.split("/").map(encodeURIComponent).join("/");
  const url = new URL(encoded(file), `file:///${encoded(place?.source ?? "")}`);
  return texts[decodeURIComponent(url.pathname.slice(1))];
}
