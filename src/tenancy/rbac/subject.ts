/** Who may be granted something. */
export type Subject =
  | { readonly kind: "User"; readonly name: string }
  | { readonly kind: "Group"; readonly name: string }
  | { readonly kind: "ServiceAccount"; readonly namespace: string; readonly name: string };

const serviceAccountUser = "system:serviceaccount:";
const everyServiceAccount = "system:serviceaccounts";
const everybodyKnown = "system:authenticated";
const everybodyUnknown = "system:unauthenticated";

/** `User/kim`, `Group/owners`, `ServiceAccount/shop/web`: one text for each subject. */
export function subjectKey(subject: Subject): string {
  return subject.kind === "ServiceAccount"
    ? `ServiceAccount/${subject.namespace}/${subject.name}`
    : `${subject.kind}/${subject.name}`;
}

/** As people say it: `service account shop/web`, `group owners`, `user kim`. */
export function subjectInWords(subject: Subject): string {
  switch (subject.kind) {
    case "User":
      return `user ${subject.name}`;
    case "Group":
      return `group ${subject.name}`;
    case "ServiceAccount":
      return `service account ${subject.namespace}/${subject.name}`;
  }
}

/** The user; a service account where the user is the name that service accounts log in under. */
export function userSubject(name: string): Subject {
  const [namespace, account, ...more] = name.startsWith(serviceAccountUser)
    ? name.slice(serviceAccountUser.length).split(":")
    : [];
  if (namespace === undefined || account === undefined || more.length > 0) return { kind: "User", name };
  return { kind: "ServiceAccount", namespace, name: account };
}

/** Groups that a subject is in by nature; for a group, those that its members are in. */
export function impliedGroups(subject: Subject): readonly string[] {
  switch (subject.kind) {
    case "ServiceAccount":
      return [everyServiceAccount, `${everyServiceAccount}:${subject.namespace}`, everybodyKnown];
    case "User":
      return [subject.name === "system:anonymous" ? everybodyUnknown : everybodyKnown];
    case "Group":
      if (subject.name === everybodyUnknown || subject.name === everybodyKnown) return [];
      return subject.name.startsWith(`${everyServiceAccount}:`)
        ? [everyServiceAccount, everybodyKnown]
        : [everybodyKnown];
  }
}

/** Groups that hold people or workloads of every tenant, whoever made the binding. */
export function isBroadGroup(subject: Subject): boolean {
  return subject.kind === "Group" && [everybodyKnown, everybodyUnknown, everyServiceAccount].includes(subject.name);
}
