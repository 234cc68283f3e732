import type { Application } from "../../estate/model/application.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";

/** What users do on a cluster that has an availability objective: names of journeys and objectives. */
export function objectivesOn(estate: Estate, cluster: Cluster): readonly string[] {
  const here = new Set(applicationsOn(estate, cluster).map(({ name }) => name));
  const journeys = estate.journeys.filter(
    ({ application, environment, objective }) =>
      objective !== undefined && here.has(application) && cluster.environments.includes(environment),
  );
  return journeys.map(({ application, name, objective }) => `${application}/${name} (${objective ?? ""})`);
}

/** Applications that run on a cluster in any environment. */
export function applicationsOn({ applications }: Estate, cluster: Cluster): readonly Application[] {
  return applications.filter(({ clusters }) =>
    cluster.environments.some((environment) => clusters.get(environment)?.includes(cluster.name) === true),
  );
}
