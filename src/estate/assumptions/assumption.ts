import type { Place } from "../sources/place.ts";

/** A gap in the input that a named rule filled. Rules are declared once, in `catalogue.ts`. */
export interface Assumption {
  /** `ASM-nnn`, never reused. */
  readonly id: string;
  /** The rule's name, kebab-case, such as `default-cluster`. */
  readonly name: string;
  /** What was filled: `Cluster/default`, `prod/weu/shop/Deployment/web`, or `Estate`. */
  readonly subject: string;
  /** One sentence: what was assumed and why. */
  readonly text: string;
  /** The value that was filled in, as shown to people. */
  readonly value: string;
  /** Document and field by which the user replaces it, such as `Cluster.spec.region`. */
  readonly replaceBy: string;
  /** Where the gap is, when there is a document that could have said it. */
  readonly place?: Place;
}
