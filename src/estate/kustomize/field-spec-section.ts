import type { FieldSpec } from "./field-spec.ts";
import type { Section } from "./section.ts";

/** Reads a list of field specs: `path`, `create`, and the type they apply to. */
export function readFieldSpecs(section: Section, name: string): readonly FieldSpec[] {
  return section.sections(name).map((entry) => {
    entry.expectOnly(["group", "version", "kind", "path", "create"]);
    return {
      group: entry.text("group"),
      version: entry.text("version"),
      kind: entry.text("kind"),
      path: entry.text("path") ?? "",
      create: entry.flag("create") ?? false,
    };
  });
}
