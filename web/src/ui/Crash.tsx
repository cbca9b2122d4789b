import { Component, type ReactNode } from "react";
import { t } from "../words/words";

/** Catches what no page expected. Answers are kept outside of React, so a reload loses nothing. */
export class Crash extends Component<{ children: ReactNode }, { message: string | null }> {
  override state: { message: string | null } = { message: null };

  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <main className="page narrow stack">
        <h1>{t("This page broke")}</h1>
        <p>{t("That is a fault of Tagwerk. Your answers are kept; reload to go on.")}</p>
        <p>
          <code>{this.state.message}</code>
        </p>
        <p>
          <button type="button" className="primary" onClick={() => location.reload()}>
            {t("Reload")}
          </button>
        </p>
      </main>
    );
  }
}
