import * as z from "zod";
import type { Figure, Reason } from "../../estate/figures/figure.ts";
import type { Place } from "../../estate/sources/place.ts";

/** A type with every field required and every optional one open to undefined, so that two types compare field by field. */
type Comparable<Type> = Type extends string | number | boolean | undefined | null
  ? Type
  : Type extends readonly unknown[]
    ? { readonly [Index in keyof Type]: Comparable<Type[Index]> }
    : {
        readonly [Field in keyof Type]-?: undefined extends Type[Field]
          ? Comparable<Exclude<Type[Field], undefined>> | undefined
          : Comparable<Type[Field]>;
      };

/** True when a schema describes exactly the fields of a type; anything else does not compile against `true`. */
export type Matches<Schema extends z.ZodType, Type> = [Comparable<z.infer<Schema>>] extends [Comparable<Type>]
  ? [Comparable<Type>] extends [Comparable<z.infer<Schema>>]
    ? true
    : "the type has a field that the schema lacks"
  : "the schema has a field that the type lacks";

export const PlaceSchema = z
  .strictObject({
    precision: z.enum(["exact", "file", "rendered"]).describe("How exactly the place is known."),
    source: z.string().describe("File, - for standard input."),
    line: z.int().positive().exactOptional().describe("Line, from 1."),
    column: z.int().positive().exactOptional().describe("Column, from 1."),
  })
  .meta({ id: "Place", description: "Where something was read." });

const FigureResultSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("exact").describe("Computed without approximation."),
      value: z.number().describe("The value."),
    }),
    z.strictObject({
      kind: z.literal("range").describe("Low, likely and high under the stated assumptions."),
      low: z.number().describe("Low value."),
      likely: z.number().describe("Likely value."),
      high: z.number().describe("High value."),
    }),
    z.strictObject({
      kind: z.literal("bounds").describe("Certainly inside."),
      lower: z.number().describe("Lower bound."),
      upper: z.number().describe("Upper bound."),
      method: z.string().describe("How the bounds were found."),
    }),
    z.strictObject({
      kind: z.literal("interval").describe("Simulated."),
      lower: z.number().describe("Lower end."),
      median: z.number().describe("Median."),
      upper: z.number().describe("Upper end."),
      coverage: z.number().describe("Share of runs inside."),
    }),
    z.strictObject({
      kind: z.literal("notEvaluable").describe("Inputs are missing."),
      missing: z.array(z.string()).describe("What is missing."),
    }),
  ])
  .meta({ id: "FigureResult", description: "What is known of a number." });

const value = z.union([z.number(), z.string()]);

const leafReasons = [
  z.strictObject({
    kind: z.literal("formula").describe("How it is computed."),
    text: z.string().describe("The formula."),
    source: z.string().exactOptional().describe("Where the formula comes from."),
  }),
  z.strictObject({
    kind: z.literal("fact").describe("A dated fact of the catalog."),
    name: z.string().describe("Name of the fact."),
    value: value.describe("Value of the fact."),
    unit: z.string().exactOptional().describe("Unit of the value."),
    source: z.string().describe("Where it comes from."),
    asOf: z.string().describe("Date of the source."),
    verified: z.boolean().describe("False: recalled or inferred."),
  }),
  z.strictObject({
    kind: z.literal("declared").describe("Declared in the input."),
    name: z.string().describe("What is declared."),
    value: value.describe("The declared value."),
    unit: z.string().exactOptional().describe("Unit of the value."),
    place: PlaceSchema.exactOptional().describe("Where it is declared."),
  }),
  z.strictObject({
    kind: z.literal("assumption").describe("An assumption."),
    id: z.string().describe("Id of the assumption's rule."),
    text: z.string().describe("What is assumed."),
    value: z.string().exactOptional().describe("The assumed value."),
  }),
  z.strictObject({
    kind: z.literal("measurement").describe("A measurement."),
    name: z.string().describe("What was measured."),
    value: value.describe("The measured value."),
    unit: z.string().exactOptional().describe("Unit of the value."),
    source: z.string().describe("Where it was measured."),
    window: z.string().describe("Over which time."),
  }),
] as const;
const LeafReasonSchema = z.discriminatedUnion("kind", leafReasons);

/** One reason of a figure or of a verdict. */
export const ReasonSchema: z.ZodType<Reason> = z
  .discriminatedUnion("kind", [
    ...leafReasons,
    z.strictObject({
      kind: z.literal("figure").describe("Another figure."),
      figure: z.lazy(() => FigureSchema).describe("The figure."),
    }),
  ])
  .meta({ id: "Reason", description: "One thing that a figure stands on." });

/** A number with its unit and the tree of reasons it stands on. */
export const FigureSchema: z.ZodType<Figure> = z
  .strictObject({
    id: z.string().describe("Path by which explain finds it."),
    label: z.string().describe("What it is."),
    unit: z.string().describe("Its unit."),
    result: FigureResultSchema.describe("What is known of it."),
    reasons: z.array(z.lazy(() => ReasonSchema)).describe("What it stands on."),
  })
  .meta({ id: "Figure", description: "A number that explains itself." });

/** The parts of a figure, compared with their types; the figure as a whole refers to itself. */
export const figureMatches: readonly [
  place: Matches<typeof PlaceSchema, Place>,
  result: Matches<typeof FigureResultSchema, Figure["result"]>,
  reason: Matches<typeof LeafReasonSchema, Exclude<Reason, { readonly kind: "figure" }>>,
] = [true, true, true];
