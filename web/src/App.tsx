import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { Problem } from "./api/problem";
import { hasStoredSignIn } from "./auth/session";
import { SignedIn } from "./auth/SignedIn";
import { SignIn } from "./auth/SignIn";
import { SignInEnded } from "./auth/SignInEnded";
import { WithPerson } from "./shell/WithPerson";
import { NotFound } from "./shell/NotFound";
import { PageSkeleton } from "./ui/PageSkeleton";
import { lazily } from "./words/lazily";

const ProjectsPage = lazily("owner", () => import("./projects/ProjectsPage"));
const LabelPage = lazy(() => import("./label/LabelPage"));
const CreatePage = lazily("owner", () => import("./projects/create/CreatePage"));
const ProjectPage = lazily("owner", () => import("./dashboard/ProjectPage"));
const DoubtsPage = lazily("owner", () => import("./doubts/DoubtsPage"));
const BackupsPage = lazily("owner", () => import("./backups/BackupsPage"));
const CostPage = lazily("owner", () => import("./costs/CostPage"));
const ItemsPage = lazily("owner", () => import("./items/ItemsPage"));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2000,
      retry: (failures, error) => failures < 2 && error instanceof Problem && error.transient,
    },
  },
});

function Pages() {
  return (
    <WithPerson>
      <SignInEnded />
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          <Route path="/" component={ProjectsPage} />
          <Route path="/backups" component={BackupsPage} />
          <Route path="/cost" component={CostPage} />
          <Route path="/projects/new" component={CreatePage} />
          <Route path="/projects/:project/label">{({ project }) => <LabelPage key={project} id={project} />}</Route>
          <Route path="/projects/:project/items">{({ project }) => <ItemsPage id={project} />}</Route>
          <Route path="/projects/:project/doubts">{({ project }) => <DoubtsPage key={project} id={project} />}</Route>
          <Route path="/projects/:project/:part?">{({ project, part }) => <ProjectPage id={project} part={part ?? ""} />}</Route>
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </WithPerson>
  );
}

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Switch>
        <Route path="/signed-in" component={SignedIn} />
        <Route>{hasStoredSignIn() ? <Pages /> : <SignIn />}</Route>
      </Switch>
    </QueryClientProvider>
  );
}
