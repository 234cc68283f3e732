import type { Rule } from "../rule.ts";
import { imagePinned } from "./GIT-001/rule.ts";
import { servedApiVersions } from "./GIT-002/rule.ts";
import { schemaValid } from "./GIT-003/rule.ts";
import { noPlainSecrets } from "./GIT-005/rule.ts";
import { liveConfiguration } from "./GIT-006/rule.ts";
import { deliveryObjects } from "./GIT-007/rule.ts";
import { environmentsAlike } from "./GIT-008/rule.ts";
import { replicasOwnedOnce } from "./GIT-009/rule.ts";
import { overlaysDoNotRepeat } from "./GIT-010/rule.ts";

/** GIT: what is true of the repository, in order of id. */
export const gitopsRules: readonly Rule[] = [
  imagePinned,
  servedApiVersions,
  schemaValid,
  noPlainSecrets,
  liveConfiguration,
  deliveryObjects,
  environmentsAlike,
  replicasOwnedOnce,
  overlaysDoNotRepeat,
];
