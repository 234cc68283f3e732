/** What is known of a budget when the policy is asked. */
export interface BudgetState {
  /** Undefined where nothing is measured. */
  readonly spentShare: number | undefined;
  /** Share of the budget that the costliest incident took. */
  readonly worstIncidentShare: number | undefined;
  /** Undefined when it lasts. */
  readonly exhaustedInSeconds: number | undefined;
  /** Of exhausting the budget within a window, by the model; undefined where it is not evaluable. */
  readonly exhaustionProbability: number | undefined;
}

export interface PolicyRule {
  readonly when: string;
  readonly action: string;
  readonly holds: boolean | "notEvaluable";
}

/** Shares as the SRE workbook's example of an error budget policy has them. */
const postmortemShare = 0.2;
const riskyProbability = 0.1;

/** The error budget policy with what of it holds now. */
export function budgetPolicy(state: BudgetState): readonly PolicyRule[] {
  const { spentShare, worstIncidentShare, exhaustionProbability } = state;
  const isMeasured = spentShare !== undefined;
  return [
    {
      when: "the budget of the window is spent",
      action: "Release nothing but fixes of reliability and security until the service is within its budget again.",
      holds: isMeasured ? spentShare >= 1 : "notEvaluable",
    },
    {
      when: "the budget will be spent within a window at the rate of the last day",
      action: "Release in smaller steps with longer watching, and postpone drills.",
      holds: isMeasured ? spentShare < 1 && state.exhaustedInSeconds !== undefined : "notEvaluable",
    },
    {
      when: "one incident took more than 20 % of the budget",
      action: "Write a postmortem with at least one action of highest priority that removes the cause.",
      holds: isMeasured ? (worstIncidentShare ?? 0) > postmortemShare : "notEvaluable",
    },
    {
      when: "outages as the model expects them spend it with more than 10 % probability",
      action: "Remove the largest single point of failure, or agree on an objective that the structure can hold.",
      holds: exhaustionProbability === undefined ? "notEvaluable" : exhaustionProbability > riskyProbability,
    },
  ];
}
