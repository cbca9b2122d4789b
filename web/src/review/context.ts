import { createContext, useContext } from "react";
import type { Item, Project } from "../api/types";
import { useStore } from "../ui/store";
import type { People } from "./people";
import type { ReviewSession, ReviewState } from "./session";

/** What the parts of the review side share. */
export interface Review {
  readonly session: ReviewSession;
  readonly project: Project;
  readonly people: People;
  /** Colours by label path. */
  readonly colors: ReadonlyMap<string, string>;
  /** The word for one item. */
  readonly word: string;
}

export const ReviewContext = createContext<Review | null>(null);

export function useReview(): Review {
  const review = useContext(ReviewContext);
  if (review === null) throw new Error("useReview needs a ReviewContext around it");
  return review;
}

/** The items as they are shown; apart from the rest, because they change with every action. */
export const ItemsContext = createContext<readonly Item[]>([]);

export function useItemsShown(): readonly Item[] {
  return useContext(ItemsContext);
}

export function useReviewState(): ReviewState {
  return useStore(useReview().session.state);
}
