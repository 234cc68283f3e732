import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import { compareDiagnostics } from "../../estate/diagnostics/catalogue.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { nothingToDeliver } from "../../estate/diagnostics/gitops-diagnostics.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { addApplicationObjects } from "./add-application-objects.ts";
import { addPlatformObjects } from "./add-platform-objects.ts";
import { addStorageWalls } from "./add-storage-walls.ts";
import { checkNames } from "./check-names.ts";
import type { DeliveryInputs } from "./delivery-inputs.ts";
import { type DeliveryLog, gatheredDiagnostics } from "./delivery-log.ts";
import type { DeliveryUnit } from "./delivery-unit.ts";
import { EstateIndex } from "./estate-index.ts";
import { deliveryPlaces } from "./place.ts";
import { plainSecrets } from "./plain-secrets.ts";
import { type UnitAddress, UnitDrafts } from "./unit-drafts.ts";

/** Everything that has to be delivered, with what was assumed and what is wrong. */
export interface DeliveryPlan {
  readonly units: readonly DeliveryUnit[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What has to be where: the objects of the estate as they are, and beside them what the platform gives each tenant and
 * what an application lacks. Nothing that the manifests define is written twice or changed, but for replica counts that
 * an autoscaler decides, and labels that a namespace gains.
 */
export function deliveryUnits(estate: Estate, inputs: DeliveryInputs): DeliveryPlan {
  const index = new EstateIndex(estate);
  const places = deliveryPlaces(estate);
  const drafts = new UnitDrafts();
  const log: DeliveryLog = {
    assumptions: new Map(),
    diagnostics: [],
    missingFacts: new Map(),
    missingControllers: new Map(),
    rolloutRemarks: new Map(),
  };
  for (const place of places) {
    addApplicationObjects({ index, place, drafts, inputs, log });
    addPlatformObjects({ index, place, drafts, inputs, log });
  }
  addStorageWalls({ index, places, drafts, inputs, log });
  const units = drafts.units(places, (address) => dependenciesOf(address, drafts));
  if (units.length === 0) log.diagnostics.push(diagnose(nothingToDeliver, undefined));
  log.diagnostics.push(...checkNames(estate), ...plainSecrets(estate), ...gatheredDiagnostics(log));
  return {
    units,
    assumptions: [...log.assumptions.values()].toSorted(compareAssumptions),
    diagnostics: log.diagnostics.toSorted(compareDiagnostics),
  };
}

/** What all clusters need goes first, then what the platform gives a tenant, then its applications. */
function dependenciesOf({ tree, name, tenant }: UnitAddress, drafts: UnitDrafts): readonly string[] {
  const wanted = tree === "apps" ? ["cluster", tenant] : ["cluster"];
  return wanted
    .filter((platform) => drafts.has("platform", platform) && !(tree === "platform" && platform === name))
    .map((platform) => `platform/${platform}`);
}
