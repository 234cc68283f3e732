/** The library: read an estate, assess it, unfold its figures. */
export { defaultCatalog } from "./catalog/default-catalog.ts";
export { type AssessOptions, assess } from "./operations/assess.ts";
export type { Assessment } from "./operations/assessment/assessment.ts";
export { indexFigures } from "./operations/explanation/explain-figure.ts";
export type { ChartRenderer, SourceReader } from "./operations/ports.ts";
export { type EstateReading, type ReadEstate, readEstate } from "./operations/read-estate.ts";
