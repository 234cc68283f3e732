import { yamlText } from "../repository/yaml-text.ts";
import type { RepositoryShape } from "./repository-shape.ts";

interface Field {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly options?: readonly string[];
  readonly long?: true;
}

/** What the platform has to know of a new application. */
export function onboardingFormText({ estate }: RepositoryShape): string {
  return formText({
    name: "New application",
    description: "Bring an application onto the platform",
    label: "onboarding",
    fields: [
      {
        id: "application",
        label: "Name",
        description: "Lower-case letters, digits and hyphens; it names the namespace too",
      },
      { id: "tenant", label: "Tenant", options: estate.tenants.map(({ name }) => name) },
      { id: "classification", label: "Classification of its data", options: estate.classifications },
      { id: "environments", label: "First environment", options: estate.environments.map(({ name }) => name) },
      { id: "entry", label: "Ways in", description: "Host names, and whether the public may use them" },
      { id: "needs", label: "Data stores, services and hosts that it needs", long: true },
      { id: "load", label: "Load at its peak, and what one replica serves" },
      { id: "recovery", label: "How long it may be down, and how much data may be lost" },
    ],
  });
}

/** A rule that shall not be held against something, for a time. */
export function exemptionFormText({ estate }: RepositoryShape): string {
  return formText({
    name: "Exemption",
    description: "Ask that a rule is not held against something, for a time",
    label: "exemption",
    fields: [
      { id: "rule", label: "Rule", description: "Such as TEN-008, as scantling audit prints it" },
      { id: "tenant", label: "Tenant", options: estate.tenants.map(({ name }) => name) },
      { id: "selector", label: "Namespace, kind and name" },
      { id: "reason", label: "Reason, and what is done instead", long: true },
      { id: "owner", label: "Who answers for it" },
      { id: "until", label: "Last day (YYYY-MM-DD)" },
    ],
  });
}

interface Form {
  readonly name: string;
  readonly description: string;
  readonly label: string;
  readonly fields: readonly Field[];
}

function formText({ name, description, label, fields }: Form): string {
  return yamlText({ name, description, labels: [label], body: fields.map(formField) });
}

function formField({ id, label, description, options, long }: Field): unknown {
  const attributes = { label, ...(description === undefined ? {} : { description }) };
  const validations = { required: true };
  if (options !== undefined && options.length > 0) {
    return { type: "dropdown", id, attributes: { ...attributes, options: [...new Set(options)] }, validations };
  }
  return { type: long === true ? "textarea" : "input", id, attributes, validations };
}
