import { expect, test } from "vitest";
import openapi from "../../openapi.json";
import { ASSIST_DEFAULTS, assistDraft, assistErrors, assistOf, assistRefusals } from "./assist";

const DRAFT = assistDraft(ASSIST_DEFAULTS);

test("settings come through the form as they were", () => {
  expect(assistOf(DRAFT)).toEqual(ASSIST_DEFAULTS);
  const other = {
    enabled: true, target: 0.995, strict: true, unsure: "hide" as const, accept: true, audit_rate: 0.125, order: "uncertain" as const, base: { project: "p", run: "r" },
    training: { first: 60, labels: 3, per_label: 7, growth: 1.25 }, monthly_budget: 12.5,
  };
  expect(assistOf(assistDraft(other))).toEqual(other);
  expect(assistOf(assistDraft({ ...other, base: "azureml:scans:2" })).base).toBe("azureml:scans:2");
});

test("the defaults are the API's", () => {
  const { properties } = openapi.components.schemas.Assist;
  const told = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, "default" in value ? value.default : undefined]));
  expect({ ...told, base: null, monthly_budget: null, training: { first: null, ...(told.training as object) } }).toEqual(ASSIST_DEFAULTS);
});

test("says beside each field what is wrong", () => {
  expect(assistErrors(DRAFT)).toEqual({});
  const wrong = { ...DRAFT, target: "49", audit: "", starts: "named" as const, first: "1", labels: "0", perLabel: "1.5", growth: "1", budget: "-1" };
  expect(Object.keys(assistErrors(wrong)).sort()).toEqual(["audit", "base", "budget", "first", "growth", "labels", "perLabel", "target"]);
  expect(Object.keys(assistErrors({ ...DRAFT, accept: true, audit: "0", starts: "run" })).sort()).toEqual(["audit", "base"]);
});

test("what the server refuses is said where it was typed", () => {
  expect(assistRefusals({ "assist.training.per_label": "Too many.", "assist.audit_rate": "No.", name: "Taken." })).toEqual({ perLabel: "Too many.", audit: "No." });
});
