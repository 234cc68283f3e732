import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import table from "./tables/platform-product.json" with { type: "json" };

export const platformProductSources: SourceTable = table.sources;

/** Who does a thing: the vendor, the team of an application, or the team of a platform product. */
type CapabilityOwner = "Microsoft" | "team" | "platform";

/** Something that a cluster needs somebody for. */
export interface Capability {
  readonly id: string;
  readonly name: string;
  readonly rawOwner: CapabilityOwner;
  readonly productOwner: CapabilityOwner;
  /** What the team of an application still sees to on a platform product. */
  readonly leftToTeam: string;
  /** Hours of work a month on one cluster; guesses, which the assumption that carries them says. */
  readonly rawHours: number;
  readonly productHours: number;
}

/** What an application gets by naming a class. */
export interface ApplicationClass {
  readonly name: string;
  readonly for: string;
  readonly isolation: string;
  readonly subnet: string;
  readonly ingress: string;
  readonly egress: string;
  readonly keys: string;
  readonly policies: string;
}

/** Each capability with the source that says whose it is on raw AKS. */
export const capabilities: readonly Fact<Capability>[] = table.capabilities.map(({ source, ...capability }) => ({
  name: capability.name,
  value: {
    ...capability,
    rawOwner: ownerOf(capability.rawOwner),
    productOwner: ownerOf(capability.productOwner),
  },
  unit: "owner",
  ...citation(platformProductSources, source),
  verified: source !== "platform-practice",
}));

/** Application classes of a platform product, from the widest sharing to the narrowest. */
export const applicationClasses: readonly Fact<ApplicationClass>[] = table.classes.map(({ source, ...value }) => ({
  name: value.name,
  value,
  unit: "class",
  ...citation(platformProductSources, source),
  verified: false,
}));

function ownerOf(text: string): CapabilityOwner {
  if (text === "Microsoft" || text === "team" || text === "platform") return text;
  throw new Error(`the table of the platform product has no owner ${text}`);
}
