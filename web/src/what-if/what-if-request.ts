import type { WhatIfAvailability } from "../../../src/operations/what-if/compare-availability.ts";
import type { OfferSubject, WhatIfOffer } from "../../../src/operations/what-if/offer-changes.ts";
import type { QuickWhatIf } from "../../../src/operations/what-if/what-if.ts";
import type { WhatIfChange } from "../../../src/operations/what-if/what-if-change.ts";

/** What the strip asks for. */
export type WhatIfRequest =
  /** What can be changed of a thing. */
  | { readonly what: "offers"; readonly changes: readonly WhatIfChange[]; readonly subject: OfferSubject }
  /** Cost and isolation with changes made. */
  | { readonly what: "quick"; readonly changes: readonly WhatIfChange[] }
  /** Availability with them, which takes longer. */
  | { readonly what: "availability"; readonly changes: readonly WhatIfChange[] };

export interface WhatIfAnswers {
  readonly offers: readonly WhatIfOffer[];
  readonly quick: QuickWhatIf;
  readonly availability: WhatIfAvailability;
}
