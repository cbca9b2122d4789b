import { expect, test } from "vitest";
import openapi from "../../openapi.json";
import { ALL_EVENTS, deliveryState } from "./events";

test("every event has words", () => {
  expect([...ALL_EVENTS].sort()).toEqual([...openapi.components.schemas.Happened.enum].sort());
});

test("a message is taken, waits for its next attempt, or is given up", () => {
  const soon = "2026-03-02T10:00:00Z";
  expect([
    deliveryState({ status: 204, next_attempt: null }),
    deliveryState({ status: null, next_attempt: soon }),
    deliveryState({ status: 500, next_attempt: soon }),
    deliveryState({ status: 404, next_attempt: null }),
  ]).toEqual(["taken", "waiting", "waiting", "failed"]);
});
