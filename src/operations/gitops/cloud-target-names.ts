/** Languages that the cloud side can be written in, by the names that `Estate.spec.delivery.cloudTarget` has for them. */
export const cloudTargetNames = ["bicep", "terraform", "pulumi", "serviceOperator"] as const;

export type CloudTarget = (typeof cloudTargetNames)[number];
