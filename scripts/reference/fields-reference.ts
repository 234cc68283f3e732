import { documentKindNames } from "../../src/estate/kinds/document-kinds.ts";
import { fieldDescriptions } from "../../src/estate/kinds/schema-fields.ts";

/** `docs/reference/fields.md`: every field of every kind, from the schemas. */
export function fieldsReference(): string {
  const sections = documentKindNames.map((kind) => {
    const rows = fieldDescriptions(kind).map(({ path, description, allowed, required }) => {
      const values = allowed.map((value) => `\`${value}\``).join(", ");
      const closed = allowed.length === 0 ? "" : ` ${allowed.length === 1 ? "Always" : "One of"} ${values}.`;
      const meaning = `${description}${closed}`.replaceAll("|", "\\|");
      return `| \`${path}\` | ${meaning}${required ? " **Required.**" : ""} |`;
    });
    return [`## ${kind}`, "", "| field | meaning |", "| --- | --- |", ...rows].join("\n");
  });
  return [
    "# Fields of the documents",
    "",
    "Generated from the schemas in `schemas/`. `[]` stands for the items of a list, `*` for any key. `scantling explain Kind.field` prints the same.",
    "",
    sections.join("\n\n"),
    "",
  ].join("\n");
}
