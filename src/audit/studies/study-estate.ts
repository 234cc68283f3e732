import type { AvailabilityReport } from "../../availability/availability-report.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Placement } from "../../scheduling/placement.ts";
import { DowntimeStudy } from "./downtime-study.ts";
import type { EstateStudies, UsageStudy } from "./estate-studies.ts";
import { MoneyStudy } from "./money-study.ts";

/** Makes the studies of an estate; a function, so that an audit without declared clusters loads no engine for them. */
export type StudyEstate = (estate: Estate, placement: Placement, catalog: Catalog) => EstateStudies;

/**
 * The studies of an estate by the prices of a day, `YYYY-MM-DD`. Where its availability was reported before, findings have
 * the downtime that this tells; what changes of the structure would take away is not worked out then, as it takes longer.
 */
export function estateStudies(today: string, usage?: UsageStudy, availability?: AvailabilityReport): StudyEstate {
  return (estate, placement, catalog) => ({
    money: new MoneyStudy(estate, placement, catalog, today),
    downtime: new DowntimeStudy(estate, placement, catalog, availability),
    usage,
  });
}
