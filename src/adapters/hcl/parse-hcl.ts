import { asObject } from "../../estate/kubernetes/json-value.ts";
import type { HclParser } from "../../operations/gitops/verify-cloud.ts";

/** A file of Terraform as the parser of HashiCorp reads it; undefined where it is not installed, as without devDependencies. */
export const parseHcl: HclParser = async (path, text) => {
  const parser = await import("@cdktn/hcl2json").catch(() => undefined);
  return parser === undefined ? undefined : asObject(await parser.parse(path, text));
};
