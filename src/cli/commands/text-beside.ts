import type { LoadProfile } from "../../estate/model/estate.ts";
import type { SourceSet } from "../../estate/sources/source-set.ts";

/** The text of a file that a load profile names, relative to its document; undefined where it was not read. */
export function textBeside({ texts }: SourceSet, { place }: LoadProfile, file: string): string | undefined {
  const source = place?.source ?? "";
  const parts: string[] = [];
  for (const part of `${source.slice(0, source.lastIndexOf("/") + 1)}${file}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return texts.get(parts.join("/"));
}
