/** What an admission check looks at. `pods` are judged after defaults of LimitRanges; `podTemplates` where they are written. */
export type AdmissionSubject =
  | "pods"
  | "podTemplates"
  | "services"
  | "secrets"
  | "cronJobs"
  | "jobs"
  | "disruptionBudgets";

/** A sub-verdict of a rule that one object decides alone, as the API server can check it. Data only. */
export interface AdmissionCheck {
  /** Sub-verdict, where the rule has several. */
  readonly part?: string;
  readonly on: AdmissionSubject;
  /**
   * CEL that is true where the object may be admitted. It sees `object` and, for pods and templates, `variables.podSpec`
   * and `variables.containers` (main and init containers).
   */
  readonly expression: string;
  /** Said to whoever is turned away; one sentence. */
  readonly message: string;
}
