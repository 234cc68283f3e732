import { referenceUnread } from "../diagnostics/reference-diagnostics.ts";
import { entryOf } from "../kubernetes/map-entry.ts";
import type { ServiceEndpoint, Workload } from "../kubernetes/workload.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import type { BoundApplication } from "./bind-applications.ts";
import type { BindingLog } from "./binding-log.ts";
import { parseWorkloadReference } from "./written-reference.ts";

/** Looks up what written references `namespace/Kind/name` stand for in an environment. */
export class WorkloadDirectory {
  /** Ids by environment and written reference, one for each cluster. */
  private readonly ids = new Map<string, string[]>();
  private readonly written = new Set<string>();
  private readonly byId: ReadonlyMap<string, Workload>;
  private readonly servicesById: ReadonlyMap<string, ServiceEndpoint>;

  constructor(workloads: readonly Workload[], services: readonly ServiceEndpoint[]) {
    this.byId = new Map(workloads.map((workload) => [workload.id, workload]));
    this.servicesById = new Map(services.map((service) => [service.id, service]));
    for (const { id, environment, namespace, kind, name } of workloads)
      this.add(environment, `${namespace}/${kind}/${name}`, id);
    for (const { id, environment, namespace, name } of services)
      this.add(environment, `${namespace}/Service/${name}`, id);
  }

  workload(id: string): Workload | undefined {
    return this.byId.get(id);
  }

  service(id: string): ServiceEndpoint | undefined {
    return this.servicesById.get(id);
  }

  /** Ids of a reference in an environment, one for each cluster that has it. */
  find(environment: string, reference: string): readonly string[] {
    return this.ids.get(`${environment}\n${reference}`) ?? [];
  }

  /** True when the reference stands for something in some environment. */
  knows(reference: string): boolean {
    return this.written.has(reference);
  }

  /** References in the same namespace or of the same name: what may have been meant. */
  near(reference: string): readonly string[] {
    const wanted = parseWorkloadReference(reference);
    const isNear = (candidate: string): boolean =>
      candidate.startsWith(`${wanted?.namespace}/`) || candidate.endsWith(`/${wanted?.name}`);
    const near = [...this.written].filter(isNear);
    return (near.length > 0 ? near : [...this.written]).toSorted().slice(0, 1000);
  }

  /**
   * Ids of a reference that an Application makes, on the clusters where it runs in an environment, or else on those of
   * others. What stands for nothing is reported and marks the Application.
   */
  resolve(
    application: BoundApplication,
    environment: string,
    reference: string,
    path: FieldPath,
    log: BindingLog,
  ): readonly string[] {
    const found = this.find(environment, reference);
    const own = application.clusters.get(environment) ?? [];
    const near = found.filter((id) => own.includes(this.clusterOf(id) ?? ""));
    if (near.length > 0) return near;
    if (found.length > 0) return found;
    this.reportDangling(application, environment, reference, path, log);
    return [];
  }

  private clusterOf(id: string): string | undefined {
    return this.byId.get(id)?.cluster ?? this.servicesById.get(id)?.cluster;
  }

  private reportDangling(
    application: BoundApplication,
    environment: string,
    reference: string,
    path: FieldPath,
    log: BindingLog,
  ): void {
    const { document, broken } = application;
    const inOtherEnvironment = this.knows(reference);
    const mark = inOtherEnvironment ? `${reference} in ${environment}` : reference;
    // One line for a reference that stands for nothing anywhere, not one for each environment.
    if (broken.has(mark)) return;
    broken.add(mark);
    const context = { place: document.locate(path), affects: [document.id] };
    const unread = [...application.needs.unread];
    if (!inOtherEnvironment && unread.length > 0) {
      log.report(referenceUnread, { field: document.id, what: "workload", target: reference, unread }, context);
      return;
    }
    const parameters = {
      field: inOtherEnvironment ? `${document.id} in ${environment}` : document.id,
      what: "workload",
      target: reference,
      candidates: inOtherEnvironment ? [] : this.near(reference),
    };
    log.dangling(parameters, context);
  }

  private add(environment: string, reference: string, id: string): void {
    this.written.add(reference);
    entryOf(this.ids, `${environment}\n${reference}`, (): string[] => []).push(id);
  }
}
