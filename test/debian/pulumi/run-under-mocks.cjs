"use strict";
/**
 * Runs a compiled Pulumi program without an engine, and prints what it registers as JSON. What is known only once a
 * resource is there stands as a mark that names the resource and the output.
 *
 * Arguments: the compiled index.js, and a JSON file with the configuration and the outputs by resource type.
 */
const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");

const [, , program, settings] = process.argv;
const { config, outputs } = JSON.parse(readFileSync(settings, "utf8"));
const registrations = [];

const mark = (index, output) => `\u27e6${index}|${output}\u27e7`;

function stateOf(index, { type, inputs }) {
  const state = { ...inputs };
  for (const path of outputs[type] ?? []) {
    const steps = path.split(".");
    let at = state;
    for (const [depth, step] of steps.entries()) {
      if (depth === steps.length - 1) at[step] = mark(index, path);
      else at[step] = Array.isArray(at[step]) ? [...at[step]] : { ...at[step] };
      at = at[step];
    }
  }
  return { ...state, name: mark(index, "name") };
}

pulumi.runtime.setMocks(
  {
    newResource: (registration) => {
      const index = registrations.length;
      registrations.push({
        type: registration.type,
        name: registration.name,
        inputs: registration.inputs,
        provider: registration.provider ?? "",
      });
      return { id: mark(index, ""), state: stateOf(index, registration) };
    },
    call: () => ({}),
  },
  "estate",
  "prod",
  false,
);
pulumi.runtime.setAllConfig(config);
require(program);
pulumi.runtime.waitForRPCs?.();
setTimeout(() => process.stdout.write(JSON.stringify(registrations)), 3000);
