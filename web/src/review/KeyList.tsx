import { lazy, Suspense } from "react";
import { t } from "../words/words";

const KeyDialog = lazy(() => import("../keymap/KeyDialog"));

export function KeyList({ onClose }: { onClose: () => void }) {
  return (
    <Suspense>
      <KeyDialog modes={["review", "item"]} item={t("item")} labels={null} onClose={onClose} />
    </Suspense>
  );
}
