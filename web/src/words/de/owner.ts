import type { Sentences } from "../catalogue";
import { create } from "./create";
import keys from "./keys";
import { labels } from "./labels";
import { project } from "./project";
import { review } from "./review";
import { service } from "./service";
import { settings } from "./settings";

/** What owners and reviewers read, beside what labelers do. */
const sentences: Sentences = { ...project, ...create, ...labels, ...review, ...settings, ...service, ...keys };

export default sentences;
