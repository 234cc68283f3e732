import { defaultCatalog } from "../../../src/catalog/default-catalog.ts";
import type { Estate } from "../../../src/estate/model/estate.ts";
import { offerChanges } from "../../../src/operations/what-if/offer-changes.ts";
import { studyWhatIf, type WhatIfStudy } from "../../../src/operations/what-if/what-if.ts";
import type { WhatIfAnswers, WhatIfRequest } from "./what-if-request.ts";

/** The estate as it is, placed, priced and solved once for all that is tried. */
const studies = new WeakMap<Estate, WhatIfStudy>();

/** Answers the what-if strip; `today` is `YYYY-MM-DD`. */
export function answerWhatIf(
  estate: Estate,
  today: string,
  request: WhatIfRequest,
): WhatIfAnswers[WhatIfRequest["what"]] {
  const study = studies.get(estate) ?? studyWhatIf(estate, defaultCatalog, today);
  studies.set(estate, study);
  switch (request.what) {
    case "offers":
      return offerChanges(estate, study.apply(request.changes).estate, defaultCatalog, request.subject);
    case "quick":
      return study.quick(request.changes);
    case "availability":
      return study.availability(request.changes);
  }
}
