import { expect, test } from "vitest";
import type { Happened } from "../api/types";
import openapi from "../../openapi.json";
import { actorOf, byDay, sentenceOf, topicOf, type Words } from "./sentences";

const WORDS: Words = { names: new Map([["ben", "Ben"]]), item: "image" };

test.each<[Happened, Record<string, string | number | boolean | null>, string]>([
  ["project_paused", {}, "paused the project"],
  ["project_edited", { fields: "lease_minutes, refresh" }, "changed how long a page is held and whether new data is taken in"],
  ["member_added", { member: "ben", role: "labeler", limit: 40, vendor: true }, "added Ben as labeler of the vendor, 40 images at most"],
  ["member_removed", { member: "cleo" }, "removed cleo"],
  ["invitation_accepted", { email: "b@e.org", role: "customer_qa" }, "came by invitation, as customer QA"],
  ["labels_changed", { version: 2, mode: "restart", added: 1, moved: 2, retired: 0 }, "changed the labels: 1 added, 2 moved; everything is labeled again"],
  ["labels_changed", { version: 3, mode: "continue", added: 0, moved: 0, retired: 0 }, "changed the labels"],
  ["labels_change_finished", { changed: 1204 }, "brought the answers to the new labels: 1,204 images changed"],
  ["items_reviewed", { action: "reject", items: 1 }, "rejected 1 image"],
  ["export_finished", { format: "coco", status: "done", written: 1000, refused: 2 }, "exported (COCO): 1,000 written, 2 refused"],
  ["import_finished", { format: "csv", status: "failed", written: 0, refused: 0 }, "imported (CSV), which failed"],
  ["refreshed", { added: 3, missing: 1, returned: 0, changed: 2 }, "looked for new data: 3 new images, 1 missing, 2 changed"],
  ["webhook_changed", { enabled: false, reason: "It is gone." }, "switched a webhook off: It is gone."],
  ["run_started", { stage: "train", labeled: 1200, attempt: 1 }, "began training a model on 1,200 answers"],
  ["run_started", { stage: "embed", labeled: 0, attempt: 2 }, "began looking for images that look alike, once more"],
  ["run_finished", { stage: "predict", labeled: 3 }, "finished predicting with an earlier model"],
  ["run_failed", { stage: "train", labeled: 1, error: "It ran out of memory.\nprogress 0.5" }, "failed at training a model on 1 answer: It ran out of memory."],
  ["run_canceled", { stage: "train", labeled: 30 }, "canceled training a model on 30 answers"],
  ["threshold_changed", { old: 0.9, new: 0.9312, why: "audit" }, "raised the threshold of trust from 90 % to 93.12 %, because blind answers showed too many errors"],
  ["threshold_changed", { old: 0.9, new: null, why: "settings" }, "trusts no suggestion any more, because the settings ask for it"],
  ["threshold_changed", { old: null, new: 0.8, why: "settings" }, "trusts suggestions from 80 % confidence on, because the settings ask for it"],
  ["model_registered", { asset: "azureml:scans:1" }, "registered a model in Azure ML: azureml:scans:1"],
  ["agreement_measured", { items: 2, mean: 0.8333, alpha: null }, "measured agreement over 2 images: 0.83"],
])("%s %j reads: %s", (what, details, said) => {
  expect(sentenceOf({ what, details }, WORDS)).toBe(said);
});

test("everything that can happen has a sentence and a topic", () => {
  for (const what of openapi.components.schemas.Happened.enum as Happened[]) {
    expect(sentenceOf({ what, details: {} }, WORDS)).not.toContain("undefined");
    expect(topicOf(what)).toBeDefined();
  }
});

test("what nobody did, Tagwerk did", () => {
  expect([actorOf({ user: "", name: null }), actorOf({ user: "x", name: null }), actorOf({ user: "ana", name: "Ana" })]).toEqual(["Tagwerk", "x", "Ana"]);
});

test("days are groups in order", () => {
  const entries = ["2026-03-02T10", "2026-03-02T09", "2026-03-01T23"].map((at) => ({ at }));
  expect(byDay(entries, (at) => at.slice(0, 10)).map(({ day, entries: some }) => [day, some.length])).toEqual([["2026-03-02", 2], ["2026-03-01", 1]]);
});
