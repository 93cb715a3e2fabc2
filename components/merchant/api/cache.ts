import { type InvalidateOptions, type InvalidateQueryFilters, QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./problem.ts";

const staleMs = 5_000;
const mostRetries = 2;

/** What the pages know of the API. */
export class ApiCache extends QueryClient {
  constructor() {
    super({
      defaultOptions: {
        queries: {
          staleTime: staleMs,
          // A refusal will be the same the second time; a lost connection may not.
          retry: (count, error) => count < mostRetries && !(error instanceof ApiProblem && error.status < 500),
        },
      },
    });
  }

  /** A list's first answer that is still under way may be of before the change: it is asked for anew, as later ones are. */
  override async invalidateQueries(filters?: InvalidateQueryFilters, options?: InvalidateOptions): Promise<void> {
    const { predicate = () => true } = filters ?? {};
    await this.cancelQueries({ ...filters, predicate: (query) => query.state.data === undefined && predicate(query) });
    return super.invalidateQueries(filters, options);
  }
}
